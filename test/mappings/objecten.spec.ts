import { expect } from 'chai';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { isObject, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { type Edit, mappingCopy } from '../kit/mapping-copy.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { objecten } from '../stand-ins/objecten.ts';

const folder = path.resolve(import.meta.dirname, '../../mappings/objecten');
const demo = readFileSync(path.resolve(folder, '../demo-crm/mapping.yaml'), 'utf8');
const zaak = 'https://zaken.example/api/v1/zaken/a__b,c|d';
const otherZaak = 'https://zaken.example/api/v1/zaken/a_%5F_b,c|d';

/** The demonstration's set without the relations of contactmomenten and without a trail: those come from the addition. */
function withoutRelations(text: string): string {
  return text
    .split(/\n(?= {2}[a-z]+(?:\.[a-z-]+)?:\n)/)
    .filter((part) => !/^ {2}(?:klantcontactmoment|objectcontactmoment|audittrail)[.:]/.test(part))
    .join('\n');
}

/** How the ids of contactmomenten look in the CRM, and what becomes of one in an object. */
const forms: Readonly<
  Record<string, { edits: Record<string, Edit>; id: string; kept: unknown; key: string }>
> = {
  'a number': { edits: {}, id: '{ field: ACTNR, form: integer }', kept: 500001, key: '500001' },
  'two parts': {
    edits: {
      'contactmoment.read.jsonata': '{ "path": ["activiteiten", id[0]] }',
      'contactmoment.stamp.jsonata': '{ "path": ["activiteiten", id[0]] }',
      'contactmoment.successors.jsonata': '{ "path": ["activiteiten"], "query": { "VORIGNR": "0" } }',
    },
    id: '{ field: ACTNR, form: integer, and: { field: MUTNR, form: integer } }',
    kept: [500001, 1],
    key: '500001 1',
  },
};

for (const [form, { edits, id, kept, key }] of Object.entries(forms)) {
  describe(`mappings/objecten beside a CRM of which an id is ${form}`, () => {
    const main = mappingCopy({
      ...edits,
      'mapping.yaml': withoutRelations(demo).replace(/(\n {2}contactmoment:\n.*\n {4}id: ).*/, `$1${id}`),
    });
    const store = runningStandIn(objecten());
    const gateway = runningGateway({
      config: () => ({
        mapping: { folder: main.folder, with: [folder] },
        backends: {
          objecten: {
            baseUrl: store.url,
            credentials: { header: { name: 'Authorization', value: '${OBJECTEN}' } },
          },
        },
        rules: { 'cm-005': 'off', 'cm-006': 'off' },
      }),
    });
    const relate = (body: JsonObject) => gateway.create('contactmomenten', 'objectcontactmomenten', body);
    const found = async (query: string) =>
      results(await gateway.list('contactmomenten', `objectcontactmomenten?${query}`));
    let contactmoment = '';
    let other = '';

    before(async () => {
      const [first, second] = results(await gateway.list('contactmomenten', 'contactmomenten')).map(
        ({ url }) => scalarText(url),
      );
      contactmoment = first ?? '';
      other = second ?? '';
    });

    it('keeps a relation, and finds it by each of its ends', async () => {
      const made = await relate({ contactmoment, object: zaak, objectType: 'zaak' });
      expect(made.status, made.text).to.equal(201);
      await relate({ contactmoment: other, object: zaak, objectType: 'zaak' });
      await relate({ contactmoment, object: otherZaak, objectType: 'zaak' });

      const { data } = await stored(urlIn(made));
      expect(data).to.deep.include({ contactmoment: kept, contactmomentKey: key, object: zaak });
      const byBoth = new URLSearchParams({ contactmoment, object: zaak });
      expect(await found(byBoth.toString())).to.deep.equal([made.body]);
      expect(await found(new URLSearchParams({ contactmoment }).toString())).to.have.length(2);
      expect(await found(new URLSearchParams({ object: zaak }).toString())).to.have.length(2);
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
    });

    it('removes it', async () => {
      const [relation] = await found(new URLSearchParams({ contactmoment: other }).toString());
      const url = scalarText(relation?.url) ?? '';
      expect((await gateway.delete(url)).status).to.equal(204);
      expect((await gateway.get(url)).status).to.equal(404);
    });

    /** The record of an object as the store itself has it. */
    async function stored(url: string): Promise<JsonObject> {
      const place = `${store.url}/objects/${url.slice(-36)}`;
      const response = await fetch(place, { headers: { Authorization: 'Token objecten-token' } });
      const record = valueAt(await response.json(), 'record');
      return isObject(record) ? record : {};
    }
  });
}

describe('mappings/objecten', () => {
  const main = mappingCopy({ 'mapping.yaml': withoutRelations(demo) });
  const store = runningStandIn(objecten());
  const gateway = runningGateway({
    config: () => ({
      mapping: { folder: main.folder, with: [folder] },
      backends: {
        objecten: {
          baseUrl: store.url,
          credentials: { header: { name: 'Authorization', value: '${OBJECTEN}' } },
        },
      },
    }),
  });
  /** Asks the store itself. */
  async function inStore(place: string, body?: JsonObject): Promise<JsonObject> {
    const response = await fetch(`${store.url}/${place}`, {
      method: body ? 'POST' : 'GET',
      headers: { Authorization: 'Token objecten-token', 'Content-Crs': 'EPSG:4326' },
      body: body ? JSON.stringify(body) : null,
    });
    const parsed: unknown = await response.json();
    return isObject(parsed) ? parsed : {};
  }
  const objectOf = (url: string) => inStore(`objects/${url.slice(-36)}`);
  const dataIn = (object: JsonObject): JsonObject => {
    const data = valueAt(object, 'record.data');
    return isObject(data) ? data : {};
  };
  const trailOf = async (url: string) =>
    JSON.parse((await gateway.get(`${url}/audittrail`)).text) as JsonObject[];

  it('keeps a trail, with what was before and after as it was', async () => {
    const url = urlIn(
      await gateway.post({ ...leastKlant, websiteUrl: 'https://a.example', telefoonnummer: '007' }),
    );
    const before = (await gateway.get(url)).body;
    const after = (await gateway.patch(url, { telefoonnummer: "O'Brien & 🌷" })).body;
    const trail = await trailOf(url);
    expect(trail.map(({ actie }) => actie)).to.deep.equal(['create', 'partial_update']);
    expect(trail[1]?.wijzigingen).to.deep.equal({ oud: before, nieuw: after });
  });

  it('counts and makes pages of more than one page of the store', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    const [contactmoment] = results(await gateway.list('contactmomenten', 'contactmomenten'));
    const body = { contactmoment: contactmoment?.url ?? '', klant, rol: 'belanghebbende' };
    const made = await gateway.create('contactmomenten', 'klantcontactmomenten', body);
    const object = await objectOf(urlIn(made));
    for (let number = 1; number <= 100; number += 1) {
      const data = { ...dataIn(object), contactmoment: 900_000 + number };
      await inStore('objects', {
        type: object.type ?? '',
        record: { typeVersion: 1, startAt: '2024-01-01', data },
      });
    }
    const page = (number: number) =>
      gateway.list('contactmomenten', `klantcontactmomenten?klant=${klant}&page=${number}`);
    const [first, second] = [await page(1), await page(2)];
    expect([first.body.count, results(first).length, results(second).length]).to.deep.equal([101, 100, 1]);
    const beyond = await page(3);
    expect([beyond.status, beyond.body.code]).to.deep.equal([404, 'not_found']);
    const seen = [...results(first), ...results(second)].map(({ contactmoment }) => contactmoment);
    expect(new Set(seen)).to.have.property('size', 101);
  });

  it('lets no relation be made twice, though the Objecten API would', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    const [contactmoment] = results(await gateway.list('contactmomenten', 'contactmomenten'));
    const body = { contactmoment: contactmoment?.url ?? '', klant, rol: 'gesprekspartner' };
    const relate = () => gateway.create('contactmomenten', 'klantcontactmomenten', body);
    expect([(await relate()).status, (await relate()).status]).to.deep.equal([201, 400]);
  });

  it('does not take an object of another type for one of these, whatever is in it', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    const [contactmoment] = results(await gateway.list('contactmomenten', 'contactmomenten'));
    const body = { contactmoment: contactmoment?.url ?? '', klant, rol: 'gesprekspartner' };
    const made = await gateway.create('contactmomenten', 'klantcontactmomenten', body);
    const { type, record } = await objectOf(urlIn(made));
    const otherType = (scalarText(type) ?? '').replace(/.{12}$/, '000000000000');
    const { uuid } = await inStore('objects', { type: otherType, record: record ?? {} });
    const place = `//contactmomenten/api/v1/klantcontactmomenten/${scalarText(uuid) ?? ''}`;
    expect((await gateway.get(place)).status).to.equal(502);
    expect((await gateway.delete(place)).status).to.equal(502);
    expect((await inStore(`objects/${scalarText(uuid) ?? ''}`)).uuid).to.equal(uuid);
  });

  it('makes no change without its entry', async () => {
    store.fault({ does: { status: 403, body: { detail: 'No.' } }, method: 'POST', path: '/objects' });
    expect((await gateway.post({ ...leastKlant, klantnummer: 'TRAILLES' })).status).to.equal(502);
    expect(results(await gateway.get('/klanten?klantnummer=TRAILLES'))).to.deep.equal([]);
  });
});

import path from 'node:path';
import { expect } from 'chai';
import { isObject, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { textUuid } from '../../src/mapping/text-ids.ts';
import { complaints, leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { until } from '../kit/until.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { objecten } from '../stand-ins/objecten.ts';
import { textKeys, textKeySet } from '../stand-ins/text-keys.ts';

const folder = path.resolve(import.meta.dirname, '../../mappings/objecten');

const leastContactmoment = { bronorganisatie: '123456782', medewerkerIdentificatie: { identificatie: '1' } };

describe('a CRM whose ids are looked up in mappings/objecten', () => {
  const crm = runningStandIn(textKeys());
  const store = runningStandIn(objecten());
  const main = mappingCopy(textKeySet);
  const config = (): JsonObject => ({
    mapping: { folder: main.folder, with: [folder] },
    backends: {
      crm: { baseUrl: crm.url },
      objecten: {
        baseUrl: store.url,
        credentials: { header: { name: 'Authorization', value: '${OBJECTEN}' } },
        breaker: { minimumCalls: 1000 },
      },
    },
    rules: { 'cm-003': 'off' },
  });
  const gateway = runningGateway({ config });
  /** Another process on the same systems, or the same one after a restart: it remembers nothing of the first. */
  const other = runningGateway({ config });
  const contactmomentUrl = (uuid: string) =>
    gateway.urlOf(`//contactmomenten/api/v1/contactmomenten/${uuid}`);
  const newContactmoment = (body: JsonObject = {}) =>
    gateway.create('contactmomenten', 'contactmomenten', { ...leastContactmoment, ...body });

  /** What was asked of the store to look ids up, and to keep them. */
  function asked(): { finds: number; keeps: number } {
    const ofIds = store.requests.filter(
      ({ method, path: place, query, body }) =>
        place === '/objects' &&
        (method === 'POST'
          ? body?.includes('"key"') === true
          : (query.get('data_attr') ?? '').startsWith('uuid__in__')),
    );
    const keeps = ofIds.filter(({ method }) => method === 'POST').length;
    return { finds: ofIds.length - keeps, keeps };
  }

  /** Puts a klant in the CRM behind our back. */
  async function inCrm(name: string): Promise<string> {
    const response = await fetch(`${crm.url}/klanten`, {
      method: 'POST',
      body: JSON.stringify({ ...leastKlant, klantnummer: name, achternaam: 'Jansen' }),
    });
    return scalarText(valueAt(await response.json(), 'sleutel')) ?? '';
  }

  async function storedIds(): Promise<JsonObject[]> {
    const response = await fetch(`${store.url}/objects?pageSize=500`, {
      headers: { Authorization: 'Token objecten-token' },
    });
    const found = valueAt(await response.json(), 'results');
    const data = (Array.isArray(found) ? found : []).map((object) => valueAt(object, 'record.data'));
    return data.filter(isObject).filter(({ key }) => key !== undefined);
  }

  it('makes, reads, changes and removes a record by its URL, in any process', async () => {
    const made = await gateway.post({ ...leastKlant, achternaam: "O'Brien", klantnummer: 'FIRST' });
    expect(made.status, made.text).to.equal(201);
    const url = urlIn(made);
    expect(url).to.match(/\/7[0-9a-f]{7}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab]/);
    expect((await other.get(url)).body).to.deep.equal(made.body);
    expect((await other.patch(url, { achternaam: 'Jansen' })).body.achternaam).to.equal('Jansen');
    expect((await gateway.get(url.toUpperCase().replace(/.*\/KLANTEN\//, '/klanten/'))).status).to.equal(200);
    expect((await other.get(`${url}/audittrail`)).text).to.include('partial_update');
    expect((await other.delete(url)).status).to.equal(204);
    expect((await gateway.get(url)).status).to.equal(404);
    expect((await gateway.patch(url, { achternaam: 'x' })).status).to.equal(404);
    expect((await gateway.delete(url)).status).to.equal(404);
  });

  it('keeps the id as it is, once, with the UUID that follows from it', async () => {
    const key = await inCrm('KEPT');
    const [klant] = results(await gateway.get('/klanten?klantnummer=KEPT'));
    const uuid = textUuid(key, 'klant');
    expect(scalarText(klant?.url)).to.match(new RegExp(`${uuid}$`));
    await other.get('/klanten?klantnummer=KEPT');
    const kept = (await storedIds()).filter((id) => id.uuid === uuid);
    expect(kept).to.deep.equal([{ resource: 'klant', uuid, key }]);
  });

  it('looks up a UUID that nobody was shown, and finds nothing; of another kind it asks nobody', async () => {
    for (const uuid of [textUuid('nobody', 'klant'), '6f1c2b9e-0000-4000-8000-000000000042']) {
      expect((await gateway.get(`/klanten/${uuid}`)).status, uuid).to.equal(404);
      expect(asked(), uuid).to.deep.equal({ finds: uuid.startsWith('7') ? 1 : 0, keeps: 0 });
      store.forget();
    }
    expect(crm.requests).to.deep.equal([]);
  });

  it('does not take the UUID of a contactmoment for that of a klant', async () => {
    const uuid = urlIn(await newContactmoment()).slice(-36);
    expect((await gateway.get(`/klanten/${uuid}`)).status).to.equal(404);
    expect((await other.get(`/klanten/${uuid}`)).status).to.equal(404);
  });

  describe('links', () => {
    it('lead to such records, both ways, in any process', async () => {
      const first = await newContactmoment();
      const second = await other.create('contactmomenten', 'contactmomenten', {
        ...leastContactmoment,
        vorigContactmoment: urlIn(first),
      });
      expect(second.status, second.text).to.equal(201);
      expect(second.body.vorigContactmoment).to.equal(urlIn(first));
      const before = await gateway.get(urlIn(first));
      expect(before.body.volgendContactmoment).to.equal(urlIn(second));
      for (const one of [gateway, other]) {
        const query = new URLSearchParams({ vorigContactmoment: urlIn(first) });
        const found = await one.list('contactmomenten', `contactmomenten?${query.toString()}`);
        expect(results(found).map(({ url }) => url)).to.deep.equal([urlIn(second)]);
      }
    });

    it('to nothing are refused in a body, and find nothing in a filter', async () => {
      const nobody = contactmomentUrl(textUuid('nobody', 'contactmoment')).replace(
        /^http:\/\/[^/]+/,
        'http://klantbrug.test',
      );
      const made = await newContactmoment({ vorigContactmoment: nobody });
      expect([made.status, complaints(made)]).to.deep.equal([400, ['vorigContactmoment does_not_exist']]);
      const found = await gateway.list('contactmomenten', `contactmomenten?vorigContactmoment=${nobody}`);
      expect([found.status, found.body.count]).to.deep.equal([200, 0]);
    });

    it('of relations elsewhere are kept by the id of the CRM', async () => {
      const klant = urlIn(await gateway.post(leastKlant));
      const contactmoment = urlIn(await newContactmoment());
      const relation = { klant, contactmoment, rol: 'gesprekspartner' };
      const made = await other.create('contactmomenten', 'klantcontactmomenten', relation);
      expect(made.status, made.text).to.equal(201);
      const found = await gateway.list('contactmomenten', `klantcontactmomenten?klant=${klant}`);
      expect(results(found)).to.deep.equal([made.body]);
    });
  });

  it('asks for a whole page at once, and remembers it', async () => {
    for (let number = 1; number <= 100; number++) await inCrm(`PAGE-${number}`);
    const page = () => gateway.get('/klanten?page=1');
    const first = await page();
    expect(results(first), JSON.stringify(gateway.events.slice(-5))).to.have.length(100);
    const { finds, keeps } = asked();
    expect(finds).to.be.at.most(1);
    expect(keeps).to.be.within(80, 100);
    store.forget();
    expect((await page()).body).to.deep.equal(first.body);
    expect(asked()).to.deep.equal({ finds: 0, keeps: 0 });
    expect((await other.get('/klanten?page=1')).status).to.equal(200);
    expect(asked()).to.deep.equal({ finds: 1, keeps: 0 });
  });

  it('shows the same to two who see a record first', async () => {
    await inCrm('AT-ONCE');
    const seen = await Promise.all(
      [gateway, other, gateway, other].map((one) => one.get('/klanten?klantnummer=AT-ONCE')),
    );
    const urls = new Set(seen.map((answer) => results(answer)[0]?.url));
    expect(urls.size).to.equal(1);
    const url = scalarText([...urls][0]) ?? '';
    for (const one of [gateway, other]) expect((await one.get(url)).body.klantnummer).to.equal('AT-ONCE');
  });

  describe('when ids cannot be looked up', () => {
    const down = () => {
      store.fault({ does: { status: 503, body: { detail: 'No.' } }, times: 1000 });
    };

    it('tells that it is so, and never that there is nothing', async () => {
      const url = urlIn(await gateway.post(leastKlant));
      const made = urlIn(await newContactmoment());
      down();
      expect((await other.get(url)).status).to.be.oneOf([502, 503]);
      expect((await other.patch(url, { achternaam: 'x' })).status).to.be.oneOf([502, 503]);
      expect((await other.delete(url)).status).to.be.oneOf([502, 503]);
      const query = new URLSearchParams({ vorigContactmoment: made });
      const found = await other.list('contactmomenten', `contactmomenten?${query.toString()}`);
      expect(found.status).to.be.oneOf([502, 503]);
      // What was remembered needs no asking.
      expect((await gateway.get(url)).status).to.equal(200);
    });

    it('shows no UUID that is not kept', async () => {
      const key = await inCrm('NOT-KEPT');
      store.fault({ does: { status: 403, body: { detail: 'No.' } }, method: 'POST', path: '/objects' });
      const refused = await gateway.get('/klanten?klantnummer=NOT-KEPT');
      expect(refused.status).to.equal(502);
      expect(refused.text).not.to.include(textUuid(key, 'klant'));
      store.calm();
      expect(results(await gateway.get('/klanten?klantnummer=NOT-KEPT'))).to.have.length(1);
    });

    it('finishes a create whose id is kept later', async () => {
      store.fault({
        does: { status: 503, body: { detail: 'No.' } },
        method: 'POST',
        path: '/objects',
        times: 1,
      });
      const made = await newContactmoment({ tekst: 'late' });
      expect(made.status).to.be.oneOf([502, 503]);
      await until('it is settled', () =>
        gateway.events.some(({ event, ...rest }) => event === 'write-settled' && 'outcome' in rest),
      );
      expect(gateway.events.filter(({ event }) => event === 'write-settled').at(-1)).to.include({
        outcome: 'done',
      });
      const all = results(await other.list('contactmomenten', 'contactmomenten?page=last'));
      const late = all.filter(({ tekst }) => tekst === 'late');
      expect(late).to.have.length(1);
      const trail = await other.get(`${scalarText(late[0]?.url) ?? ''}/audittrail`);
      expect(trail.text).to.include('"create"');
    });
  });

  it('keeps ids out of the log', async () => {
    const key = await inCrm('LOG');
    await gateway.get('/klanten?klantnummer=LOG');
    expect(JSON.stringify([gateway.events, other.events])).not.to.include(JSON.stringify(key).slice(1, 20));
  });
});

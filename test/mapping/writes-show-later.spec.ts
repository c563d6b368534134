import { expect } from 'chai';
import { bodyOf } from '../backend/asking.ts';
import { isObject, type JsonObject } from '../../src/json.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { type Edit, mappingCopy } from '../kit/mapping-copy.ts';
import { foundRelations, relation, sendJson } from '../kit/scripted-crm.ts';
import { until } from '../kit/until.ts';
import { webHost } from '../kit/web-host.ts';
import { mistakesIn, soundSet } from './set.ts';

/** A CRM that takes writes in, and carries each out after it was asked for a record so many times. */
function lateCrm() {
  const records = new Map<number, JsonObject>();
  let waiting: { reads: number; carryOut: () => void }[] = [];
  let behind: number[] = [];
  let reads = 0;
  let last = 0;
  let keep = (columns: JsonObject): JsonObject => columns;

  const carryOut = (reads: number): void => {
    for (const one of waiting.filter((write) => write.reads <= reads)) one.carryOut();
    waiting = waiting.filter((write) => write.reads > reads);
  };
  const takeIn = (write: () => void): void => {
    const after = behind.shift() ?? 0;
    if (after === 0) write();
    else waiting.push({ reads: after, carryOut: write });
  };
  const host = webHost((request, response) => {
    void bodyOf(request).then((text) => {
      const body: unknown = text === '' ? {} : JSON.parse(text);
      const columns = keep(isObject(body) && isObject(body.RELATIE) ? body.RELATIE : {});
      const number = Number(/\/relaties\/(\d+)$/.exec(request.url ?? '')?.[1]);
      const { method } = request;
      if (method === 'POST') {
        last += 1;
        const made = last;
        takeIn(() => records.set(made, { ...relation(made, { ANAAM: '' }), ...columns }));
        sendJson(response, { RELNR: made });
      } else if (method === 'PUT') {
        takeIn(() => records.set(number, { ...records.get(number), ...columns }));
        sendJson(response, { STATUS: 'OK' });
      } else if (method === 'DELETE') {
        takeIn(() => records.delete(number));
        sendJson(response, { STATUS: 'OK' });
      } else if (Number.isNaN(number)) {
        sendJson(response, foundRelations([...records.values()], records.size));
      } else {
        reads += 1;
        const record = records.get(number);
        sendJson(response, record ? { STATUS: 'OK', RELATIE: record } : { FOUT: { CODE: 'REL404' } });
        waiting = waiting.map((one) => ({ ...one, reads: one.reads - 1 }));
        carryOut(0);
      }
    });
  });
  afterEach(() => {
    carryOut(Infinity);
    behind = [];
    keep = (columns) => columns;
  });
  return {
    host,
    /** The next writes show after so many reads. */
    shows: (...after: number[]) => {
      behind = after;
      reads = 0;
    },
    /** What it makes of columns that it is given. */
    keeps: (what: (columns: JsonObject) => JsonObject) => {
      keep = what;
    },
    /** Carries out all that waits. */
    release: () => {
      carryOut(Infinity);
    },
    get reads() {
      return reads;
    },
  };
}

const shownWithin = (withinMs: number) =>
  [
    'delete: [{ request: klant.delete.jsonata }]',
    `delete: [{ request: klant.delete.jsonata }]\n    writesShow: { withinMs: ${withinMs} }`,
  ] as const;

/** A gateway whose set knows that writes show later. */
function lateGateway(withinMs: number, edits: Readonly<Record<string, Edit>> = {}) {
  const crm = lateCrm();
  const more = edits['mapping.yaml'];
  const mapping = mappingCopy({
    ...edits,
    'mapping.yaml': [shownWithin(withinMs), ...(typeof more === 'object' ? more : [])],
  });
  const gateway = runningGateway({
    get config() {
      return {
        mapping: { folder: mapping.folder },
        limits: { requestMs: 60_000 },
        backends: { crm: { baseUrl: crm.host.origin } },
      };
    },
  });
  beforeEach(() => {
    gateway.events.length = 0;
  });
  const happened = (...names: string[]) => gateway.events.filter(({ event }) => names.includes(event));
  return { crm, gateway, happened };
}

const klant = { ...leastKlant, achternaam: 'Jansen' };

describe('A CRM in which a write shows later', () => {
  const { crm, gateway, happened } = lateGateway(60_000);

  it('is asked until a new record is there', async () => {
    crm.shows(3);
    const made = await gateway.post(klant);
    expect([made.status, made.body.achternaam], made.text).to.deep.equal([201, 'Jansen']);
    expect(crm.reads).to.equal(4);
    expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
    expect(happened('write-settled', 'values-not-kept', 'backend-failed')).to.deep.equal([]);
  });

  it('is asked until a change shows', async () => {
    const url = urlIn(await gateway.post(klant));
    crm.shows(3);
    const changed = await gateway.patch(url, { achternaam: 'Bakker', voornaam: 'Jan' });
    expect(changed.status).to.equal(200);
    expect(changed.body).to.include({ achternaam: 'Bakker', voornaam: 'Jan' });
    // Once before it, for what is stored.
    expect(crm.reads).to.equal(5);
    expect((await gateway.get(url)).body).to.deep.equal(changed.body);
    expect(happened('write-settled', 'values-not-kept')).to.deep.equal([]);
  });

  it('is asked until a record is gone', async () => {
    const url = urlIn(await gateway.post(klant));
    crm.shows(3);
    expect((await gateway.delete(url)).status).to.equal(204);
    expect((await gateway.get(url)).status).to.equal(404);
  });

  it('is asked no more than once when nothing changes', async () => {
    const made = await gateway.post(klant);
    crm.shows();
    expect((await gateway.patch(urlIn(made), { achternaam: 'Jansen' })).body).to.deep.equal(made.body);
    expect(crm.reads).to.equal(2);
  });

  it('is not asked for ever when it keeps something else', async () => {
    const url = urlIn(await gateway.post(klant));
    crm.keeps(({ ANAAM = '', ...others }) => ({ ...others, ANAAM: `${ANAAM as string}!`, FUNC: '' }));
    crm.shows(1);
    const changed = await gateway.patch(url, { achternaam: 'Bakker', functie: 'baas' });
    expect(changed.body).to.include({ achternaam: 'Bakker!', functie: '' });
    expect(happened('values-not-kept')).to.deep.include.members([
      {
        event: 'values-not-kept',
        resource: 'klant',
        id: url.split('/').at(-1),
        fields: ['functie', 'achternaam'],
      },
    ]);
  });
});

describe('A CRM in which two requests of one write show one after the other', () => {
  const put = (column: string) =>
    `$exists(changes.${column}) ? { "method": "PUT", "path": ["relaties", id], "body": { "RELATIE": { "${column}": changes.${column} } } }`;
  const { crm, gateway, happened } = lateGateway(60_000, {
    'mapping.yaml': [
      [
        'update: [{ request: klant.update.jsonata }]',
        'update: [{ request: one.jsonata, undo: one.jsonata }, { request: two.jsonata }]',
      ],
    ],
    'one.jsonata': put('ANAAM'),
    'two.jsonata': put('VNAAM'),
  });

  it('is asked until both show', async () => {
    const url = urlIn(await gateway.post(klant));
    crm.shows(1, 4);
    const changed = await gateway.patch(url, { achternaam: 'Bakker', voornaam: 'Jan' });
    expect(changed.body).to.include({ achternaam: 'Bakker', voornaam: 'Jan' });
    expect(crm.reads).to.equal(6);
    expect(happened('values-not-kept')).to.deep.equal([]);
  });
});

describe('A CRM in which a write does not show in time', () => {
  const { crm, gateway, happened } = lateGateway(50);
  const never = Number.MAX_SAFE_INTEGER;

  /** What comes of the write once it was carried out after all. */
  async function settled(operation: string): Promise<void> {
    expect(happened('write-settled')).to.deep.equal([]);
    crm.release();
    await until('it is settled', () => happened('write-settled', 'write-outcome-unknown').length > 0);
    expect(happened('write-settled')).to.deep.equal([
      { event: 'write-settled', resource: 'klant', operation, outcome: 'done' },
    ]);
  }

  it('leaves open whether a record was made, until it shows', async () => {
    crm.shows(never);
    expect((await gateway.post({ ...klant, functie: 'later' })).status).to.equal(504);
    await settled('create');
    expect((await gateway.get('/klanten?functie=later')).body.count).to.equal(1);
  });

  it('leaves open whether a record was changed, until it shows', async () => {
    const url = urlIn(await gateway.post(klant));
    crm.shows(never);
    expect((await gateway.patch(url, { achternaam: 'Bakker' })).status).to.equal(504);
    expect(happened('values-not-kept')).to.deep.equal([]);
    await settled('partial_update');
    expect((await gateway.get(url)).body.achternaam).to.equal('Bakker');
  });

  it('leaves open whether a record was removed, until it is gone', async () => {
    const url = urlIn(await gateway.post(klant));
    crm.shows(never);
    expect((await gateway.delete(url)).status).to.equal(504);
    expect((await gateway.get(url)).status).to.equal(200);
    await settled('delete');
    expect((await gateway.get(url)).status).to.equal(404);
  });
});

describe('writesShow', () => {
  const yaml = soundSet['mapping.yaml'];
  const mistakes = async (text: string) =>
    (await mistakesIn({ ...soundSet, 'mapping.yaml': text })).map(({ path }) => path);

  it('is for what is written, and for some time', async () => {
    const late = yaml.replace('    deviations:', '    writesShow: { withinMs: 500 }\n    deviations:');
    expect(await mistakes(late)).to.deep.equal([]);
    expect(await mistakes(late.replace('500', '0'))).to.deep.equal(['resources.klant.writesShow.withinMs']);
    expect(await mistakes(late.replaceAll(/^ {4}(create|update|delete): .*\n/gm, ''))).to.deep.equal([
      'resources.klant.writesShow',
    ]);
  });
});

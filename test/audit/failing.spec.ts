import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { scalarText } from '../../src/json.ts';
import { storesOf } from '../gateway/deletes.ts';
import { shortLimits } from '../gateway/strike.ts';
import { eventsSince } from '../kit/events-since.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { allLogLines } from '../kit/log.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { personalDataInLog } from '../kit/personal-data.ts';
import { until } from '../kit/until.ts';
import { trailsOf } from './trail.ts';

const table = '/bijregister/tabellen/audittrail';
const shortStore = { bijregister: { limits: shortLimits } };
const short = { crm: { limits: shortLimits }, ...shortStore };

let count = 0;

/** A klant that can be found again by its klantnummer. */
const newBody = () => ({ ...leastKlant, klantnummer: `AF${++count}`, achternaam: 'Jansen' });

/** What a gateway and the systems behind it hold of some klanten. */
function klantenOf(gateway: ReturnType<typeof runningGateway>) {
  const trails = trailsOf(gateway);
  const crmRows = storesOf(gateway).crmRows;
  return {
    inCrm: (klantnummer: string) => crmRows('relaties', `ZOEKNR=${klantnummer}`),
    async created() {
      const answer = await gateway.post(newBody());
      expect(answer.status, answer.text).to.equal(201);
      return urlIn(answer);
    },
    name: async (url: string) => (await gateway.get(url)).body.achternaam,
    acties: async (url: string) => (await trails.kept(url)).map(({ actie }) => actie),
    entries: async () => {
      const { tabellen } = await gateway.around.arrived();
      const { audittrail = [] } = (tabellen ?? {}) as { audittrail?: JsonObject[] };
      return audittrail;
    },
  };
}

describe('an audit trail that cannot be kept', () => {
  const gateway = runningGateway({ config: { backends: shortStore } });
  const klanten = klantenOf(gateway);
  const since = eventsSince(gateway.events);

  for (const [soort, status] of [
    ['fout', 502],
    ['html', 502],
    ['verbreek', 502],
    ['verboden', 502],
    ['traag', 504],
  ] as const) {
    describe(`(${soort}) is ${status}`, () => {
      const fault = () => gateway.around.fault({ pad: table, soort, ms: 5000 });
      const quiet = () => {
        expect(since('undo-failed')).to.deep.equal([]);
        expect(since('audit-entry-lost')).to.deep.equal([]);
      };

      it('to a create, and leaves no record', async () => {
        const body = newBody();
        await fault();
        expect((await gateway.post(body)).status).to.equal(status);
        expect(await klanten.inCrm(body.klantnummer)).to.deep.equal([]);
        quiet();
      });

      it('to an update, and leaves the record as it was', async () => {
        const url = await klanten.created();
        await fault();
        expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(status);
        await gateway.around.calm();
        expect(await klanten.name(url)).to.equal('Jansen');
        expect(await klanten.acties(url)).to.deep.equal(['create']);
        quiet();
      });

      it('to a delete, and leaves the record', async () => {
        const url = await klanten.created();
        await fault();
        expect((await gateway.delete(url)).status).to.equal(status);
        await gateway.around.calm();
        expect((await gateway.get(url)).status).to.equal(200);
        expect(await klanten.acties(url)).to.deep.equal(['create']);
        quiet();
      });
    });
  }

  it('is there after all when a look shows it', async () => {
    const url = await klanten.created();
    await gateway.around.fault({ pad: table, soort: 'verbreek', moment: 'na', methode: 'POST', aantal: 1 });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(200);
    expect(await klanten.acties(url)).to.deep.equal(['create', 'partial_update']);
  });

  it('is withdrawn when it shows later, of a write that was refused by then', async () => {
    const url = await klanten.created();
    await gateway.around.fault({ pad: table, soort: 'verbreek', moment: 'na', methode: 'POST', aantal: 1 });
    await gateway.around.fault({ pad: table, soort: 'fout', methode: 'GET' });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(502);
    expect(await klanten.acties(url), 'nobody could look').to.have.length(2);
    await gateway.around.calm();
    await until('no entry is left', async () => (await klanten.acties(url)).length === 1);
    expect(await klanten.name(url)).to.equal('Jansen');
    expect(since('undo-failed')).to.deep.equal([]);
  });
});

describe('an entry that may still show while the gateway stops', () => {
  const gateway = runningGateway({ config: { backends: shortStore, limits: { drainMs: 60_000 } } });
  const klanten = klantenOf(gateway);
  const since = eventsSince(gateway.events);

  it('is withdrawn before it has stopped', async () => {
    const url = await klanten.created();
    await gateway.around.fault({ pad: table, soort: 'verbreek', moment: 'na', methode: 'POST', aantal: 1 });
    await gateway.around.fault({ pad: table, soort: 'fout', methode: 'GET' });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(502);
    const stopping = gateway.stop();
    expect(await klanten.acties(url), 'nobody could look').to.have.length(2);
    await gateway.around.calm();
    await stopping;
    expect(await klanten.acties(url)).to.deep.equal(['create']);
    expect(since('undo-failed')).to.deep.equal([]);
  });
});

describe('the entry of a write that fails', () => {
  const gateway = runningGateway({ config: { backends: short } });
  const klanten = klantenOf(gateway);
  const since = eventsSince(gateway.events);
  const relaties = '/relbeheer/relaties';

  it('is withdrawn when the CRM refuses the update', async () => {
    const url = await klanten.created();
    await gateway.crm.fault({ pad: relaties, soort: 'sleutel', methode: 'PUT' });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(502);
    expect(await klanten.acties(url)).to.deep.equal(['create']);
  });

  it('is withdrawn when the CRM refuses the delete', async () => {
    const url = await klanten.created();
    await gateway.crm.fault({ pad: relaties, soort: 'sleutel', methode: 'DELETE' });
    expect((await gateway.delete(url)).status).to.equal(502);
    expect(await klanten.acties(url)).to.deep.equal(['create']);
  });

  it('is an event when it cannot be withdrawn, and nothing else', async () => {
    const url = await klanten.created();
    await gateway.crm.fault({ pad: relaties, soort: 'sleutel', methode: 'PUT' });
    await gateway.around.fault({ pad: table, soort: 'verboden', methode: 'DELETE' });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(502);
    const [, entry] = await trailsOf(gateway).kept(url);
    expect(since('undo-failed')).to.deep.equal([
      { event: 'undo-failed', resource: 'audittrail', id: entry?.id, operation: 'create' },
    ]);
  });

  it('is kept while nobody knows, and withdrawn when nothing was done', async () => {
    const url = await klanten.created();
    await gateway.crm.fault({ pad: relaties, soort: 'verbreek', methode: 'PUT' });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(502);
    expect(await klanten.acties(url)).to.deep.equal(['create', 'partial_update']);
    await until('it is settled', () => since('write-settled').length > 0);
    await until('the entry is withdrawn', async () => (await klanten.acties(url)).length === 1);
    expect(since('write-settled')).to.deep.equal([
      { event: 'write-settled', resource: 'klant', operation: 'partial_update', outcome: 'not-done' },
    ]);
  });

  it('stays when the update turns out to be done', async () => {
    const url = await klanten.created();
    await gateway.crm.fault({ pad: relaties, soort: 'verbreek', moment: 'na', methode: 'PUT' });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(502);
    await until('it is settled', () => since('write-settled').length > 0);
    await gateway.patch(url, { achternaam: 'Smit' });
    expect(await klanten.acties(url)).to.deep.equal(['create', 'partial_update', 'partial_update']);
  });

  it('is written when a create turns out to be done', async () => {
    const body = newBody();
    await gateway.crm.fault({ pad: relaties, soort: 'verbreek', moment: 'na', methode: 'POST' });
    expect((await gateway.post(body)).status).to.equal(502);
    const weergave = `123456782 - ${body.klantnummer}`;
    await until('the entry is there', async () =>
      (await klanten.entries()).some(({ resourceWeergave }) => resourceWeergave === weergave),
    );
    expect(await klanten.inCrm(body.klantnummer)).to.have.length(1);
  });
});

describe('an audit trail with strict notifications that fail', () => {
  const gateway = runningGateway({ config: { notifications: { strict: true }, backends: short } });
  const klanten = klantenOf(gateway);
  const since = eventsSince(gateway.events);
  const silence = () => gateway.around.fault({ pad: '/notificaties', soort: 'fout' });

  it('has no entry of a create', async () => {
    const before = (await klanten.entries()).length;
    const body = newBody();
    await silence();
    expect((await gateway.post(body)).status).to.equal(503);
    expect(await klanten.inCrm(body.klantnummer)).to.deep.equal([]);
    expect(await klanten.entries()).to.have.length(before);
  });

  it('has no entry of an update', async () => {
    const url = await klanten.created();
    await silence();
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(503);
    expect(await klanten.name(url)).to.equal('Jansen');
    expect(await klanten.acties(url)).to.deep.equal(['create']);
  });

  it('has no entry of an update that turned out to be done only later', async () => {
    const url = await klanten.created();
    await silence();
    await gateway.crm.fault({
      pad: '/relbeheer',
      soort: 'verbreek',
      moment: 'na',
      methode: 'PUT',
      aantal: 1,
    });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(502);
    await until('the update is taken back', async () => (await klanten.name(url)) === 'Jansen');
    await until('the entry is withdrawn', async () => (await klanten.acties(url)).length === 1);
  });

  it('keeps the entry of an update that cannot be taken back', async () => {
    const url = await klanten.created();
    await silence();
    await gateway.crm.fault({ pad: '/relbeheer/relaties', soort: 'sleutel', methode: 'PUT', vanaf: 2 });
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(503);
    await gateway.crm.calm();
    expect(await klanten.name(url)).to.equal('Pietersen');
    expect(await klanten.acties(url)).to.deep.equal(['create', 'partial_update']);
    expect(since('undo-failed').map(({ resource }) => resource)).to.deep.equal(['klant']);
  });

  it('keeps the entry of a create that cannot be taken back', async () => {
    const body = newBody();
    await silence();
    await gateway.crm.fault({ pad: '/relbeheer/relaties', soort: 'sleutel', methode: 'DELETE' });
    expect((await gateway.post(body)).status).to.equal(503);
    expect(await klanten.inCrm(body.klantnummer)).to.have.length(1);
    const weergaven = (await klanten.entries()).map(({ resourceWeergave }) => resourceWeergave);
    expect(weergaven).to.include(`123456782 - ${body.klantnummer}`);
  });
});

describe('audit: best-effort', () => {
  const gateway = runningGateway({ config: { audit: 'best-effort', backends: shortStore } });
  const klanten = klantenOf(gateway);
  const since = eventsSince(gateway.events);
  let lines = 0;

  beforeEach(() => {
    lines = allLogLines.length;
  });

  for (const soort of ['fout', 'html', 'verbreek', 'verboden', 'traag']) {
    it(`writes without an entry, with one event each (${soort})`, async () => {
      await gateway.around.fault({ pad: table, soort, ms: 5000 });
      const url = await klanten.created();
      expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(200);
      expect(await klanten.name(url)).to.equal('Pietersen');
      expect((await gateway.delete(url)).status).to.equal(204);
      const id = url.split('/').at(-1) ?? '';
      expect(since('audit-entry-lost')).to.deep.equal(
        ['create', 'partial_update', 'delete'].map((operation) => {
          return { event: 'audit-entry-lost', resource: 'klant', id, operation };
        }),
      );
      expect(personalDataInLog(allLogLines.slice(lines))).to.deep.equal([]);
    });
  }

  it('keeps entries when it can', async () => {
    const url = await klanten.created();
    expect((await gateway.patch(url, { achternaam: 'Pietersen' })).status).to.equal(200);
    expect(await klanten.acties(url)).to.deep.equal(['create', 'partial_update']);
    expect(since('audit-entry-lost')).to.deep.equal([]);
  });
});

describe('an update that comes out otherwise than it was asked for', () => {
  const copy = mappingCopy({ 'klant.to-crm.jsonata': [['"VVGSL": voorvoegselAchternaam,', '']] });
  const gateway = runningGateway({
    config: {
      get mapping() {
        return { folder: copy.folder };
      },
    },
  });
  const trails = trailsOf(gateway);
  const klanten = klantenOf(gateway);
  const since = eventsSince(gateway.events);

  it('has an entry that says what is stored', async () => {
    const url = await klanten.created();
    const { body } = await gateway.patch(url, { achternaam: 'Berg', voorvoegselAchternaam: 'van den' });
    expect(body).to.include({ achternaam: 'Berg', voorvoegselAchternaam: '' });
    const [, entry] = await trails.read(url);
    expect(entry).to.have.nested.property('wijzigingen.nieuw').that.deep.equals(body);
    expect(entry).to.have.nested.property('wijzigingen.oud.achternaam', 'Jansen');
  });

  it('is an event when the entry cannot be made to say so', async () => {
    const url = await klanten.created();
    await gateway.around.fault({ pad: table, soort: 'verboden', methode: 'PATCH' });
    expect((await gateway.patch(url, { voorvoegselAchternaam: 'van den' })).status).to.equal(200);
    const [, entry] = await trails.read(url);
    expect(since('values-not-kept').filter(({ resource }) => resource === 'audittrail')).to.deep.equal([
      {
        event: 'values-not-kept',
        resource: 'audittrail',
        id: scalarText(entry?.uuid),
        fields: ['wijzigingen.nieuw'],
      },
    ]);
  });
});

import { expect } from 'chai';
import { scalarText } from '../../src/json.ts';
import { results, runningGateway } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { foundRelations, relation, scriptedCrm, sendJson } from '../kit/scripted-crm.ts';

const search = 'GET /relbeheer/relaties';
const maxRecords = 100;

describe('A search that would look at more than the bound', () => {
  const mapping = mappingCopy({ 'mapping.yaml': [['maxRecords: 2000', `maxRecords: ${maxRecords}`]] });
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: mapping.folder } };
    },
  });

  beforeEach(async () => {
    gateway.events.length = 0;
    await gateway.crm.forget();
  });

  const tooWide: readonly (readonly [query: string, ...filters: string[]])[] = [
    ['functie=wethouder', 'functie'],
    ['bronorganisatie=123456782', 'bronorganisatie'],
    ['adres__landcode=6030', 'adres__landcode'],
    ['subject=https%3A%2F%2Fbrp.example%2F1', 'subject'],
    ['telefoonnummer=onbekend', 'telefoonnummer'],
    ['subjectType=natuurlijk_persoon', 'subjectType'],
    ['functie=wethouder&adres__landcode=6030', 'functie', 'adres__landcode'],
  ];
  for (const [query, ...filters] of tooWide) {
    it(`is a 501 that names the filters: ${filters.join(' and ')}`, async () => {
      const answer = await gateway.get(`/klanten?${query}`);
      expect(answer.status).to.equal(501);
      expect(answer.body).to.include({ code: 'not_implemented', status: 501 });
      for (const filter of filters) expect(answer.body.detail).to.contain(filter);
      // Beside the `instance`, a random UUID, which may hold any four digits.
      const { instance, ...told } = answer.body;
      expect(instance).to.be.a('string');
      expect(JSON.stringify(told)).not.to.match(/wethouder|123456782|6030|brp\.example/);
      expect(gateway.events).to.deep.include({
        event: 'bound-passed',
        resource: 'klant',
        filters,
        maxRecords,
      });
      expect(await gateway.crm.counts()).to.deep.equal({ [search]: 1 });
    });
  }

  it('is answered when another filter narrows it down', async () => {
    const [first] = results(await gateway.get('/klanten'));
    const query = `klantnummer=${scalarText(first?.klantnummer) ?? ''}&bronorganisatie=${scalarText(first?.bronorganisatie) ?? ''}`;
    const answer = await gateway.get(`/klanten?${query}`);
    expect(answer.status).to.equal(200);
    expect(results(answer).map(({ url }) => url)).to.deep.equal([first?.url]);
    const other = await gateway.get(`/klanten?${query.replace(/[^=]+$/, '000000012')}`);
    expect(results(other)).to.deep.equal([]);
  });

  it('does not keep a list without filters from being read to its end', async () => {
    expect((await gateway.get('/klanten?page=last')).status).to.equal(200);
  });
});

describe('The bound', () => {
  const crm = scriptedCrm();
  const mapping = mappingCopy({ 'mapping.yaml': [['maxRecords: 2000', `maxRecords: ${maxRecords}`]] });
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: mapping.folder }, backends: { crm: { baseUrl: crm.url } } };
    },
  });

  const holds = (totals: readonly number[]) => {
    crm.answers(({ query }, response) => {
      const total = totals[crm.calls.length - 1] ?? totals.at(-1) ?? 0;
      const offset = Number(query.get('VANAF'));
      const size = Math.min(Number(query.get('AANTAL')), Math.max(0, total - offset));
      const records = Array.from({ length: size }, (_, index) =>
        relation(offset + index + 1, { FUNC: 'bode' }),
      );
      sendJson(response, foundRelations(records, total));
    });
  };

  it('is itself allowed', async () => {
    holds([maxRecords]);
    const answer = await gateway.get('/klanten?functie=bode');
    expect(answer.status).to.equal(200);
    expect(answer.body.count).to.equal(maxRecords);
  });

  it('is passed by one more', async () => {
    holds([maxRecords + 1]);
    expect((await gateway.get('/klanten?functie=bode')).status).to.equal(501);
  });

  it('also counts when the list grows past it while it is read again', async () => {
    holds([maxRecords, maxRecords - 1, maxRecords + 1]);
    expect((await gateway.get('/klanten?functie=bode')).status).to.equal(501);
  });
});

describe('A filter that the mapping calls exact', () => {
  const mapping = mappingCopy({
    'mapping.yaml': [
      ['achternaam: narrows', 'achternaam: exact'],
      ['subjectType: narrows', 'subjectType: exact'],
      ['klantnummer: narrows', 'klantnummer: exact\n        functie: absent'],
      ['maxRecords: 2000', `maxRecords: ${maxRecords}`],
    ],
  });
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: mapping.folder } };
    },
  });

  beforeEach(() => {
    gateway.events.length = 0;
  });

  it('is believed, and costs the CRM no more than the page', async () => {
    const [first] = results(await gateway.get('/klanten'));
    await gateway.crm.forget();
    const answer = await gateway.get(`/klanten?klantnummer=${scalarText(first?.klantnummer) ?? ''}`);
    expect(results(answer).map(({ url }) => url)).to.deep.equal([first?.url]);
    expect(await gateway.crm.counts()).to.deep.equal({ [search]: 1 });
  });

  it('is a 502 and an event when it is not exact: no filter is ever ignored', async () => {
    // The CRM finds Müller as well.
    const answer = await gateway.get('/klanten?achternaam=Muller');
    expect(answer.status).to.equal(502);
    expect(gateway.events).to.deep.include({
      event: 'translation-failed',
      file: 'mapping.yaml list.filters.achternaam',
      code: 'not-exact',
    });
  });

  it('is not named in the 501 of a filter that the CRM does not know', async () => {
    const answer = await gateway.get('/klanten?subjectType=natuurlijk_persoon&adres__landcode=6030');
    expect(answer.status).to.equal(501);
    expect(answer.body.detail).to.contain('adres__landcode');
    expect(answer.body.detail).not.to.contain('subjectType');
    expect(gateway.events).to.deep.include({
      event: 'bound-passed',
      resource: 'klant',
      filters: ['adres__landcode'],
      maxRecords,
    });
  });

  it('of which the CRM has no field finds nothing, and asks nothing', async () => {
    await gateway.crm.forget();
    const answer = await gateway.get('/klanten?functie=bode');
    expect(answer.body).to.deep.equal({ count: 0, next: null, previous: null, results: [] });
    expect(await gateway.crm.total()).to.equal(0);
  });
});

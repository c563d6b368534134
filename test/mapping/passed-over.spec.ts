import { expect } from 'chai';
import { results, runningGateway } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { foundRelations, relation, scriptedCrm, sendJson } from '../kit/scripted-crm.ts';

describe('A list of which the mapping passes over some items', () => {
  const mapping = mappingCopy({
    'mapping.yaml': [
      [
        '      records: RELATIES',
        '      each: { request: klant.each.jsonata, record: RELATIE }\n      records: RELATIES',
      ],
    ],
    'klant.each.jsonata': 'SOORT = "VERVALLEN" ? null : { "path": ["relaties", RELNR] }',
  });
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: mapping.folder }, backends: { crm: { baseUrl: crm.url } } };
    },
  });
  const total = 240;
  const isExpired = (number: number) => number % 4 === 0;

  beforeEach(() => {
    crm.answers(({ path, query }, response) => {
      const number = Number(path.split('/').at(-1));
      if (number > 0) {
        sendJson(response, { STATUS: 'OK', RELATIE: relation(number, { KLANTNR: String(number) }) });
        return;
      }
      const [from, limit] = [Number(query.get('VANAF')), Number(query.get('AANTAL'))];
      const items = Array.from({ length: Math.min(limit, total - from) }, (_, index) => ({
        RELNR: from + index + 1,
        SOORT: isExpired(from + index + 1) ? 'VERVALLEN' : 'KLANT',
      }));
      sendJson(response, foundRelations(items, total));
    });
  });

  it('has the others, counts those, and makes whole pages of them', async () => {
    const pages = [await gateway.get('/klanten'), await gateway.get('/klanten?page=2')];
    const shown = pages.flatMap((page) => results(page).map(({ klantnummer }) => Number(klantnummer)));
    const all = Array.from({ length: total }, (_, index) => index + 1);
    expect(shown).to.deep.equal(all.filter((number) => !isExpired(number)));
    expect(pages.map(({ body }) => body.count)).to.deep.equal([180, 180]);
    expect((await gateway.get('/klanten?page=3')).status).to.equal(404);
  });

  it('asks nothing for an item that is passed over', async () => {
    await gateway.get('/klanten');
    const asked = crm.calls.map(({ path }) => Number(path.split('/').at(-1))).filter((number) => number > 0);
    expect(asked.filter(isExpired)).to.deep.equal([]);
    expect(asked).to.have.length(180);
  });
});

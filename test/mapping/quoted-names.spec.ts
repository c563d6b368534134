import { expect } from 'chai';
import { readXml } from '../../src/backend/encoding/xml-read.ts';
import { results, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { relation, scriptedCrm, sendJson } from '../kit/scripted-crm.ts';
import { mistakesIn, soundSet } from './set.ts';

describe('Names with a dot in them, in the paths of mapping.yaml', () => {
  const mapping = mappingCopy({
    'mapping.yaml': [
      [
        '    errors:\n',
        `    errors:\n      - { when: { field: '"odata.error".code', is: 7 }, means: not-found }\n`,
      ],
      ['id: { field: RELNR, form: integer }', `id: { field: '"rel.nr"', form: integer }`],
      ['record: RELATIE\n', `record: '"de relatie".0'\n`],
      ['records: RELATIES', `records: '"de \\"lijst\\"".value'`],
      ['total: TOTAAL', `total: '"@odata.count"'`],
      ['paging: { by: offset, size: 50 }', `paging: { by: cursor, size: 50, next: '"@odata.nextLink"' }`],
    ],
    'klant.list.jsonata': '{ "path": ["relaties"], "query": $merge([filters, { "cursor": cursor }]) }',
  });
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: mapping.folder }, backends: { crm: { baseUrl: crm.url } } };
    },
  });
  const record = (number: number) => relation(0, { 'rel.nr': number, KLANTNR: String(number) });

  it('are reached in lists: the records, the count and the next page', async () => {
    crm.answers(({ query }, response) => {
      const from = query.has('cursor') ? 51 : 1;
      sendJson(response, {
        '@odata.count': 70,
        ...(from === 1 ? { '@odata.nextLink': 'verder' } : {}),
        'de "lijst"': {
          value: Array.from({ length: from === 1 ? 50 : 20 }, (_, index) => record(from + index)),
        },
      });
    });
    const answer = await gateway.get('/klanten');
    expect(answer.status, answer.text).to.equal(200);
    expect([answer.body.count, results(answer).length]).to.deep.equal([70, 70]);
    expect(results(answer).at(-1)?.url).to.contain(klantPath(70));
    expect(crm.calls.map(({ query }) => query.get('cursor'))).to.deep.equal([null, 'verder']);
  });

  it('are reached in one record, its id, and an error', async () => {
    crm.answers((_, response) => {
      sendJson(response, { 'de relatie': [record(3)] });
    });
    expect((await gateway.get(klantPath(3))).status).to.equal(200);
    expect((await gateway.get(klantPath(4))).status).to.equal(502);
    crm.answers((_, response) => {
      sendJson(response, { 'de relatie': [] });
    });
    expect((await gateway.get(klantPath(3))).status).to.equal(404);
    crm.answers((_, response) => {
      sendJson(response, { 'odata.error': { code: '7' } });
    });
    expect((await gateway.get(klantPath(3))).status).to.equal(404);
  });

  it('may be lists in XML', () => {
    const read = (lists: string[]) =>
      readXml('<a><inp.b><c.d>1</c.d></inp.b><b>2</b></a>', { lists, within: 'a' });
    expect(read(['"inp.b"."c.d"'])).to.deep.equal({ a: { 'inp.b': { 'c.d': ['1'] }, b: '2' } });
    expect(read(['b', '"inp.b"'])).to.deep.equal({ a: { 'inp.b': [{ 'c.d': '1' }], b: ['2'] } });
  });

  for (const path of ['"a', 'a"b"', '"a"b', 'a..b', '"a".', '"a\\n"', '.']) {
    it(`that are written wrongly are a mistake of mapping.yaml: ${path}`, async () => {
      const yaml = soundSet['mapping.yaml'].replace('total: TOTAL', `total: '${path}'`);
      const mistakes = await mistakesIn({ ...soundSet, 'mapping.yaml': yaml });
      expect(mistakes.map((mistake) => mistake.path)).to.deep.equal(['resources.klant.list.total']);
    });
  }
});

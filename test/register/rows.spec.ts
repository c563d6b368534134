import { expect } from 'chai';
import fc from 'fast-check';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { registersOf, statusOf, stretchOf } from './backends.ts';

const files = {
  'mapping.yaml': `klantbrug: 1
title: A CRM with several products in one column
resources:
  verzoek:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: request.jsonata }
    read: { request: read.jsonata }
    list: { request: list.jsonata, records: items, total: total, paging: { by: offset, size: 50 } }
    inverse: { intrekkendeVerzoek: { by: field }, aanvullendeVerzoek: { by: field } }
  verzoekproduct:
    backend: crm
    view: true
    id: { field: NR, form: integer, and: { field: CODE, form: ascii } }
    rows: rows.jsonata
    record: { from: product.jsonata }
    read: { request: read.jsonata }
    list:
      request: list.jsonata
      records: items
      total: total
      paging: { by: offset, size: 50 }
      filters: { verzoek: exact }
      maxRecords: 300
`,
  'request.jsonata':
    '{ "identificatie": $string(NR), "bronorganisatie": "123456782", "registratiedatum": "2024-01-01T00:00:00Z", "status": "ontvangen" }',
  'product.jsonata': '{ "verzoek": NR, "productIdentificatie": { "code": CODE } }',
  'rows.jsonata': '$map(CODES, function($code) { { "NR": NR, "CODE": $code } })',
  'read.jsonata': '{ "path": ["requests", $type(id) = "array" ? id[0] : id] }',
  'list.jsonata':
    '{ "path": ["requests"], "query": { "offset": offset, "limit": limit, "nr": filters.verzoek } }',
};

/** Requests with these products each. */
async function products(codes: readonly (readonly string[])[]) {
  const requests = codes.map((CODES, index): JsonObject => ({ NR: index + 1, CODES: [...CODES] }));
  const opened = await registersOf(files, (asked) => {
    if (asked.path !== '/requests')
      return requests[Number(asked.path.slice('/requests/'.length)) - 1] ?? { status: 404 };
    const { nr } = asked.query;
    return stretchOf(nr === undefined ? requests : requests.filter(({ NR }) => scalarText(NR) === nr), asked);
  });
  const register = opened.register('verzoekproduct');
  return {
    ...opened,
    page: (page: number | 'last', filters = {}) =>
      register.list({ filters, ordering: [], page }, opened.work()),
    read: (id: readonly [number, string]) =>
      register.readFresh(
        opened.links.uuidOf('verzoekproduct', opened.links.urlOf('verzoekproduct', id) ?? '') ?? '',
        opened.work(),
      ),
  };
}

const idsIn = ({ items }: { items: readonly { id: unknown }[] }): unknown[] => items.map(({ id }) => id);
const idsOf = (codes: readonly (readonly string[])[]) =>
  codes.flatMap((some, index) => some.map((code) => [index + 1, code]));

const code = fc.string({ unit: fc.constantFrom('A', 'b', '7', '-'), minLength: 1, maxLength: 5 });
const anyCodes = fc.array(fc.uniqueArray(code, { maxLength: 4 }), { maxLength: 60 });

describe('several rows in one record', () => {
  it('are a list of all of them, records without any included, with the right count', async () => {
    await fc.assert(
      fc.asyncProperty(anyCodes, async (codes) => {
        const { page } = await products(codes);
        const expected = idsOf(codes);
        const first = await page(1);
        expect(first.count).to.equal(expected.length);
        expect(idsIn(first)).to.deep.equal(expected.slice(0, 100));
        if (expected.length > 100) expect(idsIn(await page(2))).to.deep.equal(expected.slice(100, 200));
      }),
      { numRuns: 12 },
    );
  });

  it('are one, none or several of a record that is filtered on', async () => {
    const { page, links } = await products([['A', 'B'], [], ['C']]);
    const of = (verzoek: number) => page(1, { verzoek: links.urlOf('verzoek', verzoek) ?? '' });
    expect(idsIn(await of(1))).to.deep.equal([
      [1, 'A'],
      [1, 'B'],
    ]);
    expect(idsIn(await of(2))).to.deep.equal([]);
    expect(idsIn(await of(3))).to.deep.equal([[3, 'C']]);
  });

  it('are read one by one, by both halves of the id', async () => {
    const { read } = await products([['A', 'B'], ['C']]);
    expect((await read([1, 'B']))?.representation.productIdentificatie).to.deep.equal({ code: 'B' });
    expect(await read([1, 'C'])).to.equal(undefined);
    expect(await read([2, 'B'])).to.equal(undefined);
    expect(await read([9, 'A'])).to.equal(undefined);
  });

  it('that cannot have an id fail the list', async () => {
    const { page } = await products([['A', 'much too long']]);
    expect(await statusOf(page(1))).to.equal(502);
  });

  it('go with the record that they are in', async () => {
    const { register } = await products([['A']]);
    expect(register('verzoekproduct').goesWithMain({ part: '' })).to.equal(true);
    expect(register('verzoek').goesWithMain({ part: '' })).to.equal(false);
  });

  it('are looked at all together, so too many records are refused', async () => {
    const { page } = await products(Array.from({ length: 301 }, () => ['A']));
    expect(await statusOf(page(1))).to.equal(501);
  });
});

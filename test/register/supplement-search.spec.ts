import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/json.ts';
import { type Asked, registersOf, statusOf } from './backends.ts';

const mapping = `klantbrug: 1
title: A CRM of which another backend knows some numbers
resources:
  klant:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata }
    supplements:
      more:
        { backend: side, request: more.jsonata, search: search.jsonata, records: rows, own: NR, theirs: nr }
    read: { request: read.jsonata }
    list:
      request: list.jsonata
      records: items
      total: total
      paging: { by: offset, size: 100 }
      filters: { klantnummer: narrows }
      maxRecords: 250
`;

const files = {
  'mapping.yaml': mapping,
  'from.jsonata': `{
    "bronorganisatie": "123456782", "websiteUrl": "https://a.test", "klantnummer": more.number ?: NUMBER
  }`,
  'read.jsonata': '{ "path": ["people", id] }',
  'list.jsonata':
    '{ "path": ["people"], "query": { "offset": offset, "limit": limit, "number": filters.klantnummer } }',
  'more.jsonata': '{ "path": ["rows"], "query": { "keys": $join(keys, ",") } }',
  'search.jsonata': `filters.klantnummer
    ? { "path": ["found"], "query": { "number": filters.klantnummer, "page": page, "limit": limit, "offset": offset } }`,
};

/** Numbers of people, from NR 1 on: as the CRM knows them, and as the other backend does instead. */
interface Numbers {
  readonly crm: readonly string[];
  readonly side: Readonly<Record<string, string>>;
}

async function people({ crm, side }: Numbers, instead?: (asked: Asked) => Json | undefined) {
  const persons = crm.map((NUMBER, index): JsonObject => ({ NR: index + 1, NUMBER }));
  const rows = Object.entries(side).map(([nr, number]) => ({ nr: Number(nr), number }));
  const answer = (asked: Asked) => {
    const { path: place, query } = asked;
    if (place === '/people') {
      const items = persons.filter(({ NUMBER }) => query.number === undefined || NUMBER === query.number);
      return { total: items.length, items };
    }
    if (place === '/rows')
      return { rows: rows.filter(({ nr }) => (query.keys ?? '').split(',').includes(String(nr))) };
    if (place === '/found') {
      const found = rows.filter(({ number }) => number === query.number);
      return { rows: found.slice(Number(query.offset), Number(query.offset) + Number(query.limit)) };
    }
    return persons[Number(place.slice('/people/'.length)) - 1] ?? { status: 404 };
  };
  const opened = await registersOf(files, (asked) => instead?.(asked) ?? answer(asked));
  const list = (filters = {}) =>
    opened.register('klant').list({ filters, ordering: [], page: 1 }, opened.work());
  const askedFor = (place: string) => opened.asked.filter(({ path }) => path === place);
  return { ...opened, list, askedFor };
}

describe('a search by what another backend keeps', () => {
  it('finds records beside those that the CRM finds, each once, and those are filtered like the others', async () => {
    const { list } = await people({ crm: ['A', 'B', 'A', 'C'], side: { 2: 'A', 3: 'A', 4: 'X', 1: 'Y' } });
    const { items, count } = await list({ klantnummer: 'A' });
    expect(items.map(({ id }) => id)).to.deep.equal([3, 2]);
    expect(count).to.equal(2);
  });

  it('is left out when it is not about the filters', async () => {
    const { list, askedFor } = await people({ crm: ['A', 'B'], side: { 1: 'X' } });
    expect((await list()).count).to.equal(2);
    expect((await list({ functie: 'x' })).count).to.equal(0);
    expect(askedFor('/found')).to.deep.equal([]);
  });

  it('reads all pages of rows, and each record once', async () => {
    const side = Object.fromEntries(Array.from({ length: 230 }, (_, index) => [String(index + 1), 'X']));
    const { list, askedFor, asked } = await people({ crm: Array<string>(230).fill('A'), side });
    expect((await list({ klantnummer: 'X' })).count).to.equal(230);
    expect(askedFor('/found').map(({ query }) => [query.page, query.offset])).to.deep.equal([
      ['1', '0'],
      ['2', '100'],
      ['3', '200'],
    ]);
    expect(asked.filter(({ path }) => path.startsWith('/people/'))).to.have.length(230);
  });

  it('ends in 501 when there are more rows than may be looked at', async () => {
    const side = Object.fromEntries(Array.from({ length: 251 }, (_, index) => [String(index + 1), 'X']));
    const { list } = await people({ crm: [], side });
    expect(await statusOf(list({ klantnummer: 'X' }))).to.equal(501);
  });

  it('passes over a row of which the record is gone', async () => {
    const { list } = await people({ crm: ['A'], side: { 1: 'X', 9: 'X' } }, ({ path: place }) =>
      place === '/found' ? { rows: [{ nr: 9 }, { nr: 1 }] } : undefined,
    );
    expect((await list({ klantnummer: 'X' })).items.map(({ id }) => id)).to.deep.equal([1]);
  });

  for (const row of [{ nr: '' }, { nr: 'no number' }, {}])
    it(`fails the list of a row that no record goes with: ${JSON.stringify(row)}`, async () => {
      const { list, events } = await people({ crm: ['A'], side: { 1: 'X' } }, ({ path: place }) =>
        place === '/found' ? { rows: [{ nr: 1 }, row] } : undefined,
      );
      expect(await statusOf(list({ klantnummer: 'X' }))).to.equal(502);
      expect(events).to.deep.include({
        event: 'record-unrenderable',
        resource: 'klant',
        id: 'none',
        field: 'more.nr',
        code: 'id',
      });
    });

  for (const status of [500, 400])
    it(`fails the list when the other backend does (${status})`, async () => {
      const { list } = await people({ crm: ['A'], side: {} }, ({ path: place }) =>
        place === '/found' ? { status } : undefined,
      );
      expect(await statusOf(list({ klantnummer: 'X' }))).to.equal(502);
    });
});

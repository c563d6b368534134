import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { type Asked, registersOf, statusOf } from './backends.ts';

const mapping = `klantbrug: 1
title: A CRM that can only be asked for one person
resources:
  klant:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata }
    supplements:
      more: { backend: side, request: rows.jsonata, search: search.jsonata, records: rows, own: NR, theirs: nr }
    read: { request: read.jsonata }
    list:
      request: list.jsonata
      records: items
      paging: { by: none }
      maxRecords: 120
      filters: { functie: supplement, klantnummer: supplement, emailadres: absent }
`;

const files = {
  'mapping.yaml': mapping,
  'from.jsonata': `{
    "bronorganisatie": "123456782", "klantnummer": $string(NR), "websiteUrl": "https://a.test", "functie": more.job,
    "achternaam": NAME
  }`,
  'read.jsonata': '{ "path": ["people", id] }',
  'list.jsonata': 'null',
  'rows.jsonata': '{ "path": ["rows"], "query": { "nrs": $join(keys, ",") } }',
  // It knows jobs only.
  'search.jsonata':
    'filters.functie ? { "path": ["rows"], "query": { "job": filters.functie, "page": page, "limit": limit } }',
};

/** A CRM with people 1 to `there`, and a side of which all those up to `count` are bakers. */
async function bakers(count: number, there = count, job = 'baker') {
  const nrs = Array.from({ length: count }, (_, index) => String(index + 1));
  const row = (nr: string): JsonObject => ({ nr, job });
  const side = ({ query: { nrs: keys, page, limit } }: Asked): JsonObject => {
    if (keys !== undefined) return { rows: keys.split(',').map(row) };
    const from = (Number(page) - 1) * Number(limit);
    return { rows: nrs.slice(from, from + Number(limit)).map(row) };
  };
  const opened = await registersOf(files, (asked) => {
    if (asked.backend === 'side') return side(asked);
    const nr = Number(asked.path.slice('/people/'.length));
    return nr <= there ? { NR: nr, NAME: nr % 2 === 1 ? 'Oneven' : 'Even' } : { status: 404 };
  });
  return {
    ...opened,
    list: (filters: Readonly<Record<string, string>>, page = 1) =>
      opened.register('klant').list({ filters, ordering: [], page }, opened.work()),
  };
}

describe('a filter that only a supplement can look for', () => {
  it('finds the rows, and reads the record of each', async () => {
    const { list, asked } = await bakers(3);
    const { items, count } = await list({ functie: 'baker' });
    expect(count).to.equal(3);
    expect(items.map(({ id }) => id)).to.deep.equal([1, 2, 3]);
    const crm = asked.filter(({ backend }) => backend === 'crm').map(({ path }) => path);
    expect(crm).to.have.members(['/people/1', '/people/2', '/people/3']);
  });

  it('finds them over several pages of the supplement, and shows pages of the standard', async () => {
    const { list } = await bakers(110);
    const second = await list({ functie: 'baker' }, 2);
    expect([second.count, second.items.length]).to.deep.equal([110, 10]);
  });

  it('is filtered again, with all other filters', async () => {
    const { list } = await bakers(4);
    const { items } = await list({ functie: 'baker', achternaam: 'Even' });
    expect(items.map(({ id }) => id)).to.deep.equal([2, 4]);
    const other = await bakers(4, 4, 'Baker');
    expect((await other.list({ functie: 'baker' })).count).to.equal(0);
  });

  it('leaves out what is no longer in the CRM', async () => {
    const { list } = await bakers(4, 2);
    expect((await list({ functie: 'baker' })).count).to.equal(2);
  });

  it('is 501 for more rows than may be looked at, and never a short list', async () => {
    const { list, asked } = await bakers(121);
    expect(await statusOf(list({ functie: 'baker' }))).to.equal(501);
    expect(asked.filter(({ backend }) => backend === 'crm')).to.be.empty;
  });

  it('is 501, and never an empty list, when the search file does not know it', async () => {
    const { list, asked } = await bakers(1);
    expect(await statusOf(list({ klantnummer: '1' }))).to.equal(501);
    expect(asked).to.be.empty;
  });

  it('leaves alone what the CRM itself has to find', async () => {
    const { list } = await bakers(1);
    expect(await statusOf(list({ achternaam: 'Oneven' }))).to.equal(501);
  });

  it('asks nobody when another filter can find nothing', async () => {
    const { list, asked } = await bakers(1);
    expect((await list({ functie: 'baker', emailadres: 'a@b.test' })).count).to.equal(0);
    expect(asked).to.be.empty;
  });
});

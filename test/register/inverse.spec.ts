import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { type Asked, registersOf, statusOf, stretchOf } from './backends.ts';

const mapping = (inverse: string, more = '') => `klantbrug: 1
title: A CRM in which an activity points at the one before it
resources:
  contactmoment:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata }
    read: { request: read.jsonata }
    list:
      request: list.jsonata
      records: items
      total: total
      paging: { by: offset, size: 50 }
      filters: { vorigContactmoment: exact }
    inverse: { volgendContactmoment: ${inverse} }${more}
`;

const files = {
  'from.jsonata': `{
    "bronorganisatie": "123456782", "registratiedatum": "2024-01-01T00:00:00Z",
    "vorigContactmoment": PREVIOUS, "volgendContactmoment": NEXT, "voorkeurstaal": more.language
  }`,
  'read.jsonata': '{ "path": ["acts", id] }',
  'list.jsonata':
    '{ "path": ["acts"], "query": { "offset": offset, "limit": limit, "previous": filters.vorigContactmoment } }',
  'many.jsonata':
    '{ "path": ["acts"], "query": { "offset": offset, "limit": limit, "previous": $join([ids.$string($)], ",") } }',
  'more.jsonata': '{ "path": ["more"], "query": { "keys": $join(keys, ",") } }',
};

const supplement = `
    supplements:
      more: { backend: side, request: more.jsonata, records: rows, own: NR, theirs: nr }`;

/** Activities in a CRM whose filter `previous` takes a list of numbers; so many of its answers are under way at once. */
async function activities(set: string, rows: readonly JsonObject[]) {
  const search = { underWay: 0, most: 0 };
  const answering = async (asked: Asked): Promise<JsonObject> => {
    if (asked.backend === 'side') return { rows: [] };
    if (asked.path !== '/acts')
      return rows.find(({ NR }) => `/acts/${scalarText(NR) ?? ''}` === asked.path) ?? { status: 404 };
    search.underWay += 1;
    search.most = Math.max(search.most, search.underWay);
    await setImmediate();
    await setImmediate();
    search.underWay -= 1;
    const wanted = asked.query.previous?.split(',');
    return stretchOf(
      wanted ? rows.filter(({ PREVIOUS }) => wanted.includes(scalarText(PREVIOUS) ?? '')) : rows,
      asked,
    );
  };
  const opened = await registersOf({ 'mapping.yaml': set, ...files }, answering);
  const register = opened.register('contactmoment');
  const urlOf = (id: number): string => opened.links.urlOf('contactmoment', id) ?? '';
  return {
    search,
    asked: opened.asked,
    urlOf,
    /** The number of what follows each item of the first page; undefined when nothing does. */
    following: async (filters = {}) => {
      const { items } = await register.list({ filters, ordering: [], page: 1 }, opened.work());
      return Object.fromEntries(
        items.map(({ id, representation: { volgendContactmoment: next } }) => [
          String(id),
          typeof next === 'string' ? opened.links.idOf('contactmoment', next) : undefined,
        ]),
      );
    },
    list: (filters = {}) => register.list({ filters, ordering: [], page: 1 }, opened.work()),
    read: (id: number) =>
      register.readFresh(opened.links.uuidOf('contactmoment', urlOf(id)) ?? '', opened.work()),
    searches: () => opened.asked.filter(({ query }) => query.previous !== undefined),
  };
}

const chain = [{ NR: 1 }, { NR: 2, PREVIOUS: 1 }, { NR: 3, PREVIOUS: 2 }, { NR: 4 }];
const follows = { '1': 2, '2': 3, '3': undefined, '4': undefined };

describe('a derived link', () => {
  it('by field is what the record itself says, without a search', async () => {
    const rows = [
      { NR: 1, NEXT: 2 },
      { NR: 2, PREVIOUS: 1 },
    ];
    const { following, asked } = await activities(mapping('{ by: field }'), rows);
    expect(await following()).to.deep.equal({ '1': 2, '2': undefined });
    expect(asked).to.have.length(1);
  });

  it('by search is one search for each record', async () => {
    const { following, searches } = await activities(mapping('{ by: search }'), chain);
    expect(await following()).to.deep.equal(follows);
    expect(searches().map(({ query }) => query.previous)).to.have.members(['1', '2', '3', '4']);
  });

  it('by search has four of them under way at most', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ NR: index + 1 }));
    const { following, search } = await activities(mapping('{ by: search }'), many);
    await following();
    expect(search.most).to.equal(4);
  });

  it('by searchMany is one search for a whole page', async () => {
    const set = mapping('{ by: searchMany, request: many.jsonata }');
    const { following, searches } = await activities(set, chain);
    expect(await following()).to.deep.equal(follows);
    expect(searches().map(({ query }) => query.previous)).to.deep.equal(['1,2,3,4']);
  });

  it('by searchMany reads every page of what the CRM finds', async () => {
    const first = Array.from({ length: 90 }, (_, index) => ({ NR: index + 1 }));
    const second = first.map(({ NR }) => ({ NR: NR + 1000, PREVIOUS: NR }));
    const set = mapping('{ by: searchMany, request: many.jsonata }');
    const { following, searches } = await activities(set, [...first, ...second]);
    const found = await following();
    expect(Object.entries(found).slice(0, 90)).to.deep.equal(first.map(({ NR }) => [String(NR), NR + 1000]));
    expect(searches().map(({ query }) => query.offset)).to.deep.equal(['0', '50']);
  });

  it('by searchMany asks a supplement for all that it finds together', async () => {
    const set = mapping('{ by: searchMany, request: many.jsonata }', supplement);
    const { following, asked } = await activities(set, chain);
    await following();
    const keys = asked.filter(({ backend }) => backend === 'side').map(({ query }) => query.keys);
    expect(keys).to.deep.equal(['1,2,3,4', '2,3']);
  });

  for (const inverse of ['{ by: search }', '{ by: searchMany, request: many.jsonata }']) {
    describe(inverse, () => {
      it('is the first of several that point at a record', async () => {
        const rows = [{ NR: 1 }, { NR: 2, PREVIOUS: 1 }, { NR: 3, PREVIOUS: 1 }];
        const { following } = await activities(mapping(inverse), rows);
        expect((await following())['1']).to.equal(2);
      });

      it('is there when one record is read', async () => {
        const { read, urlOf } = await activities(mapping(inverse), chain);
        expect((await read(1))?.representation.volgendContactmoment).to.equal(urlOf(2));
        expect((await read(4))?.representation.volgendContactmoment).to.equal(null);
      });

      it('is what a filter on it finds', async () => {
        const { following, urlOf } = await activities(mapping(inverse), chain);
        expect(await following({ volgendContactmoment: urlOf(3) })).to.deep.equal({ '2': 3 });
        expect(await following({ volgendContactmoment: urlOf(1) })).to.deep.equal({});
        expect(await following({ volgendContactmoment: urlOf(99) })).to.deep.equal({});
      });

      it('is not searched for nothing', async () => {
        const { following, searches } = await activities(mapping(inverse), []);
        expect(await following()).to.deep.equal({});
        expect(searches()).to.be.empty;
      });

      it('that cannot be searched fails the list', async () => {
        const opened = await registersOf({ 'mapping.yaml': mapping(inverse), ...files }, (asked) =>
          asked.query.previous === undefined ? stretchOf(chain, asked) : { status: 500 },
        );
        const list = opened
          .register('contactmoment')
          .list({ filters: {}, ordering: [], page: 1 }, opened.work());
        expect(await statusOf(list)).to.equal(502);
      });
    });
  }
});

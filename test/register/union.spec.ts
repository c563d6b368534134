import { expect } from 'chai';
import fc from 'fast-check';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { registersOf, statusOf, stretchOf } from './backends.ts';

/** A list that the CRM can cut, or one that it cannot: then Klantbrug looks at all of it. */
type Kind = 'exact' | 'narrows';

const part = (name: string, kind: Kind): string => `
  klantcontactmoment.${name}:
    backend: ${name}
    id: { field: NR, form: integer }
    record: { from: link.jsonata }
    read: { request: read.jsonata }
    list:
      request: list.jsonata
      records: items
      total: total
      paging: { by: offset, size: 40 }
      filters: { rol: ${kind} }`;

const main = (name: string, inverse = ''): string => `
  ${name}:
    backend: one
    id: { field: NR, form: integer }
    record: { from: link.jsonata }
    read: { request: read.jsonata }
    list: { request: list.jsonata, records: items, total: total, paging: { by: offset, size: 40 } }${inverse}`;

const files = (kinds: readonly [Kind, Kind, Kind]) => ({
  'mapping.yaml': `klantbrug: 1
title: A relation that is kept in three places
resources:${main('contactmoment', '\n    inverse: { volgendContactmoment: { by: field } }')}${part('one', kinds[0])}${part('two', kinds[1])}${part('three', kinds[2])}
`,
  'link.jsonata': '{ "contactmoment": 1, "klant": "https://klanten.test/" & KEY, "rol": ROL }',
  'read.jsonata': '{ "path": ["links", id] }',
  'list.jsonata': '{ "path": ["links"], "query": { "offset": offset, "limit": limit, "rol": filters.rol } }',
});

type Sizes = readonly [number, number, number];

const backends = ['one', 'two', 'three'] as const;

/** Rows with a key that says where they are from; every third is a belanghebbende. */
function rowsOf(backend: string, size: number): JsonObject[] {
  return Array.from({ length: size }, (_, index) => ({
    NR: index + 1,
    KEY: `${backend}-${index}`,
    ROL: index % 3 === 0 ? 'belanghebbende' : 'gesprekspartner',
  }));
}

async function union(kinds: readonly [Kind, Kind, Kind], sizes: Sizes) {
  const opened = await registersOf(files(kinds), (asked) => {
    const rows = rowsOf(asked.backend, sizes[backends.findIndex((name) => name === asked.backend)] ?? 0);
    const { rol } = asked.query;
    return stretchOf(rol === undefined ? rows : rows.filter((row) => row.ROL === rol), asked);
  });
  const register = opened.register('klantcontactmoment');
  return {
    asked: opened.asked,
    register,
    page: (page: number | 'last', filters = {}) =>
      register.list({ filters, ordering: [], page }, opened.work()),
  };
}

const keysIn = ({ items }: { items: readonly { representation: JsonObject }[] }): string[] =>
  items.map(({ representation }) =>
    (scalarText(representation.klant) ?? '').replace('https://klanten.test/', ''),
  );

const whole = (sizes: Sizes, rol?: string): string[] =>
  backends
    .flatMap((backend, index) => rowsOf(backend, sizes[index] ?? 0))
    .filter((row) => rol === undefined || row.ROL === rol)
    .map((row) => scalarText(row.KEY) ?? '');

const size = fc.oneof(fc.constantFrom(0, 1, 99, 100, 101), fc.nat({ max: 130 }));
const anySizes = fc.tuple(size, size, size);
const kind = fc.constantFrom<Kind>('exact', 'narrows');

describe('a resource that is kept in several places', () => {
  it('has one list: all pages together are all that there is, once each, and every page has the right count', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySizes,
        fc.tuple(kind, kind, kind),
        fc.constantFrom(undefined, 'belanghebbende'),
        async (sizes, kinds, rol) => {
          const { page } = await union(kinds, sizes);
          const filters = rol === undefined ? {} : { rol };
          const expected = whole(sizes, rol);
          const pages = Math.max(1, Math.ceil(expected.length / 100));
          const seen: string[] = [];
          for (let number = 1; number <= pages; number += 1) {
            const found = await page(number, filters);
            expect(found.count).to.equal(expected.length);
            expect(found.items.length).to.equal(Math.min(100, expected.length - (number - 1) * 100));
            seen.push(...keysIn(found));
          }
          expect(seen).to.deep.equal(expected);
          expect(keysIn(await page('last', filters))).to.deep.equal(expected.slice((pages - 1) * 100));
          expect(await statusOf(page(pages + 1, filters))).to.equal(404);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('cuts a page out of the places that it is in, and asks the others how many they have', async () => {
    const { page, asked } = await union(['exact', 'exact', 'exact'], [150, 30, 80]);
    const found = await page(2);
    expect(found.count).to.equal(260);
    expect(keysIn(found)).to.deep.equal(whole([150, 30, 80]).slice(100, 200));
    expect(
      asked.map(({ backend, query }) => `${backend} ${query.offset ?? ''}+${query.limit ?? ''}`),
    ).to.deep.equal(['one 100+40', 'one 140+10', 'two 0+40', 'three 0+20']);
  });

  it('tells the places apart, though their numbers are the same', async () => {
    const { page } = await union(['exact', 'exact', 'exact'], [3, 3, 3]);
    const { items } = await page(1);
    expect(items.map(({ id }) => id)).to.deep.equal([1, 2, 3, 1, 2, 3, 1, 2, 3]);
    expect(new Set(items.map(({ uuid }) => uuid)).size).to.equal(9);
  });

  it('has no list when one of the places does not answer', async () => {
    const opened = await registersOf(files(['exact', 'exact', 'exact']), (asked) =>
      asked.backend === 'three' ? { status: 500 } : stretchOf([], asked),
    );
    const list = opened
      .register('klantcontactmoment')
      .list({ filters: {}, ordering: [], page: 1 }, opened.work());
    expect(await statusOf(list)).to.equal(502);
  });
});

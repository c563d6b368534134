import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import { type Answering, registersOf, statusOf, stretchOf } from './backends.ts';

const mapping = `klantbrug: 1
title: A CRM that knows no e-mail addresses
resources:
  klant:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata }
    supplements:
      mail: { backend: side, request: mail.jsonata, records: rows, own: KEYS.MAIL, theirs: key, atOnce: 10 }
    read: { request: read.jsonata }
    list: { request: list.jsonata, records: items, total: total, paging: { by: offset, size: 100 } }
`;

const files = {
  'mapping.yaml': mapping,
  'from.jsonata': `{
    "bronorganisatie": "123456782", "klantnummer": $string(NR), "websiteUrl": "https://a.test", "emailadres": mail.address
  }`,
  'read.jsonata': '{ "path": ["people", id] }',
  'list.jsonata': '{ "path": ["people"], "query": { "offset": offset, "limit": limit } }',
  'mail.jsonata': '{ "path": ["mail"], "query": { "keys": $join(keys, ",") } }',
};

const key = (index: number): string => `m${index}`;

/** People of whom each has a key; `rows` are what the other backend has for some keys. */
async function people(keys: readonly (string | null)[], mail: Answering) {
  const persons = keys.map((MAIL, index): JsonObject => ({ NR: index + 1, KEYS: { MAIL } }));
  const opened = await registersOf(files, (asked) => {
    if (asked.backend === 'side') return mail(asked);
    if (asked.path === '/people') return stretchOf(persons, asked);
    return persons[Number(asked.path.slice('/people/'.length)) - 1] ?? { status: 404 };
  });
  const list = (filters = {}) =>
    opened.register('klant').list({ filters, ordering: [], page: 1 }, opened.work());
  const keysAsked = () =>
    opened.asked
      .filter(({ backend }) => backend === 'side')
      .map(({ query }) => (query.keys ?? '').split(','));
  return { ...opened, list, keysAsked };
}

const rowsFor: Answering = ({ query }) => ({
  rows: (query.keys ?? '').split(',').map((wanted) => ({ key: wanted, address: `${wanted}@a.test` })),
});

const range = (count: number): string[] => Array.from({ length: count }, (_, index) => key(index));

describe('columns that another backend keeps', () => {
  it('are joined to every record of a list, whatever the order in which they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 45 }), fc.boolean(), async (count, reversed) => {
        const { list, keysAsked } = await people(range(count), (asked) => {
          const { rows } = rowsFor(asked) as { rows: JsonObject[] };
          return { rows: reversed ? [...rows].reverse() : rows };
        });
        const { items } = await list();
        expect(items.map(({ representation }) => representation.emailadres)).to.deep.equal(
          range(count).map((one) => `${one}@a.test`),
        );
        expect(keysAsked().every((keys) => keys.length <= 10)).to.equal(true);
        expect(keysAsked().flat()).to.have.members(range(count));
      }),
      { numRuns: 10 },
    );
  });

  it('are asked for in batches of as many keys as the set says', async () => {
    const { list, keysAsked } = await people(range(25), rowsFor);
    await list();
    expect(keysAsked().map(({ length }) => length)).to.deep.equal([10, 10, 5]);
  });

  it('are asked for in two batches at the same time at most', async () => {
    let underWay = 0;
    let most = 0;
    const { list } = await people(range(60), async (asked) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await setImmediate();
      await setImmediate();
      underWay -= 1;
      return rowsFor(asked);
    });
    await list();
    expect(most).to.equal(2);
  });

  it('are asked for once for several records with the same key', async () => {
    const { list, keysAsked } = await people(['m1', 'm2', 'm1'], rowsFor);
    const { items } = await list();
    expect(keysAsked()).to.deep.equal([['m1', 'm2']]);
    expect(items.map(({ representation }) => representation.emailadres)).to.deep.equal([
      'm1@a.test',
      'm2@a.test',
      'm1@a.test',
    ]);
  });

  it('are absent of a record without a row, and of one without a key', async () => {
    const { list, keysAsked } = await people(['m1', 'm2', null, ''], () => ({
      rows: [
        { key: 'm2', address: 'two@a.test' },
        { key: 'other', address: 'other@a.test' },
      ],
    }));
    const { items } = await list();
    expect(items.map(({ representation }) => representation.emailadres)).to.deep.equal([
      '',
      'two@a.test',
      '',
      '',
    ]);
    expect(keysAsked()).to.deep.equal([['m1', 'm2']]);
  });

  it('are not asked for when the list has nothing to join them to', async () => {
    const { list, keysAsked } = await people([], rowsFor);
    expect((await list()).count).to.equal(0);
    expect(keysAsked()).to.be.empty;
  });

  it('count in a filter on what they hold', async () => {
    const { list } = await people(range(12), rowsFor);
    const { items, count } = await list({ emailadres: 'm11@a.test' });
    expect(count).to.equal(1);
    expect(items[0]?.id).to.equal(12);
  });

  for (const status of [500, 503, 404, 400]) {
    it(`that cannot be had (${status}) fail the list, and the record`, async () => {
      const { list, register, links, work } = await people(range(3), () => ({ status }));
      expect(await statusOf(list())).to.equal(502);
      const uuid = links.uuidOf('klant', links.urlOf('klant', 1) ?? '') ?? '';
      expect(await statusOf(register('klant').readFresh(uuid, work()))).to.equal(502);
    });
  }

  it('are joined to a single record too', async () => {
    const { register, links, work } = await people(range(3), rowsFor);
    const uuid = links.uuidOf('klant', links.urlOf('klant', 2) ?? '') ?? '';
    const stored = await register('klant').readFresh(uuid, work());
    expect(stored?.representation.emailadres).to.equal('m1@a.test');
  });
});

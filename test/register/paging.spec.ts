import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import { type Answering, type Asked, registersOf, statusOf } from './backends.ts';

const files = {
  'from.jsonata':
    '{ "bronorganisatie": "123456782", "klantnummer": $string(NR), "websiteUrl": "https://a.test", "achternaam": NAME }',
  'read.jsonata': '{ "path": ["people", id] }',
  'list.jsonata': `{ "path": ["people"], "query": {
    "offset": offset, "limit": limit, "page": page, "cursor": cursor, "achternaam": filters.achternaam } }`,
  'count.jsonata': '{ "path": ["count"], "query": { "achternaam": filters.achternaam } }',
};

/** A set on a CRM that makes pages and counts in these ways. */
const mapping = (paging: string, total: string, maxRecords = 2000) => `klantbrug: 1
title: A CRM with its own way of making pages
backends:
  crm: { errors: [{ when: { field: nobody }, means: nothing }, { when: { field: many }, means: too-much }] }
resources:
  klant:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata }
    read: { request: read.jsonata, record: PERSON }
    list:
      request: list.jsonata
      records: items
      ${total}
      paging: ${paging}
      filters: { achternaam: exact }
      maxRecords: ${maxRecords}
`;

const people = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({
    NR: index + 1,
    NAME: index % 2 === 0 ? 'Jansen' : 'de Vries',
  }));

const pagings = {
  offset: (size: number) => `{ by: offset, size: ${size} }`,
  page: (size: number) => `{ by: page, size: ${size} }`,
  cursor: (size: number) => `{ by: cursor, size: ${size}, next: links.next }`,
  none: () => '{ by: none }',
} as const;

type Paging = keyof typeof pagings;

const totals = {
  answer: 'total: found.total',
  request: 'total: { request: count.jsonata, at: result }',
  plain: 'total: { request: count.jsonata }',
  nowhere: '',
} as const;

type Total = keyof typeof totals;

/** A CRM that answers with a page as it is asked for it, and with what it says of the whole. */
function crm(records: readonly JsonObject[], paging: Paging, total: Total, size: number): Answering {
  return ({ path, query }) => {
    const found = records.filter(({ NAME }) => query.achternaam === undefined || NAME === query.achternaam);
    if (path === '/count') return total === 'plain' ? found.length : { result: found.length };
    const from = begin(paging, query, size);
    const end = paging === 'none' ? found.length : from + Math.min(size, Number(query.limit));
    return {
      items: found.slice(from, end),
      ...(total === 'answer' ? { found: { total: found.length } } : {}),
      links: { next: end < found.length ? `after-${end}` : null },
    };
  };
}

function begin(paging: Paging, query: Asked['query'], size: number): number {
  if (paging === 'offset') return Number(query.offset);
  if (paging === 'page') return (Number(query.page) - 1) * size;
  return paging === 'cursor' ? Number((query.cursor ?? 'after-0').replace('after-', '')) : 0;
}

/** One that says in another way that there is nothing. */
function crmThatSaysNobody(...given: Parameters<typeof crm>): Answering {
  const answering = crm(...given);
  return async (asked) => {
    const answer = (await answering(asked)) as JsonObject | number;
    if (typeof answer === 'number') return answer === 0 ? { nobody: true } : answer;
    const isNothing = answer.result === 0 || (Array.isArray(answer.items) && answer.items.length === 0);
    return isNothing ? { nobody: true } : answer;
  };
}

async function opened(yaml: string, answering: Answering) {
  const crm = await registersOf({ 'mapping.yaml': yaml, ...files }, answering);
  const list = (page = 1, filters = {}) =>
    crm.register('klant').list({ filters, ordering: [], page }, crm.work());
  return { ...crm, list };
}

const waysOf = (total: readonly Total[]) =>
  (Object.keys(pagings) as Paging[]).flatMap((paging) => total.map((one) => [paging, one] as const));

describe('a list, however the CRM makes pages and counts', () => {
  for (const [paging, total] of waysOf(['answer', 'request', 'plain', 'nowhere'])) {
    it(`is whole and in order, page by page: ${paging}, counted ${total}`, async () => {
      const size = { min: 1, max: 60 };
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 230 }),
          fc.integer(size),
          fc.boolean(),
          async (count, most, some) => {
            const records = people(count);
            const wanted = records
              .filter(({ NAME }) => !some || NAME === 'Jansen')
              .map(({ NR }) => String(Number(NR)));
            const yaml = mapping(pagings[paging](most), totals[total]);
            const { list } = await opened(yaml, crm(records, paging, total, most));
            const seen: unknown[] = [];
            for (let page = 1; page <= Math.max(1, Math.ceil(wanted.length / 100)); page += 1) {
              const { items, count: counted } = await list(page, some ? { achternaam: 'Jansen' } : {});
              expect(counted).to.equal(wanted.length);
              seen.push(...items.map(({ representation }) => representation.klantnummer));
            }
            expect(seen).to.deep.equal(wanted);
          },
        ),
        { numRuns: 12 },
      );
    });
  }

  for (const [paging, total] of waysOf(['answer', 'request', 'plain', 'nowhere'])) {
    it(`ends where the CRM says by an error that there is nothing: ${paging}, counted ${total}`, async () => {
      for (const count of [0, 1, 20, 100, 120]) {
        const { list } = await opened(
          mapping(pagings[paging](20), totals[total]),
          crmThatSaysNobody(people(count), paging, total, 20),
        );
        const { items, count: counted } = await list(1);
        expect([items.length, counted]).to.deep.equal([Math.min(100, count), count]);
        expect(await statusOf(list(3))).to.equal(404);
      }
    });

    it(`is a 501 where the CRM says that it is too much: ${paging}, counted ${total}`, async () => {
      const { list, events } = await opened(mapping(pagings[paging](20), totals[total]), () => ({
        many: true,
      }));
      expect(await statusOf(list(1, { achternaam: 'Jansen' }))).to.equal(501);
      expect(events).to.deep.include({ event: 'bound-passed', resource: 'klant', filters: ['achternaam'] });
    });
  }

  it('is asked no more of than its page needs, where pages have numbers', async () => {
    const { list, asked } = await opened(
      mapping(pagings.page(50), totals.answer),
      crm(people(500), 'page', 'answer', 50),
    );
    await list(2);
    expect(asked.map(({ query }) => query.page)).to.deep.equal(['3', '4']);
  });

  it('is read up to its page, where only the next page is named', async () => {
    const { list, asked } = await opened(
      mapping(pagings.cursor(50), totals.answer),
      crm(people(500), 'cursor', 'answer', 50),
    );
    await list(2);
    expect(asked.map(({ query }) => query.cursor)).to.deep.equal([
      undefined,
      'after-50',
      'after-100',
      'after-150',
    ]);
  });
});

describe('a list that is more than may be looked at is a 501, and no short list', () => {
  for (const [paging, total] of waysOf(['nowhere'])) {
    it(`where nobody counts: ${paging}`, async () => {
      const { list, events } = await opened(
        mapping(pagings[paging](20), totals[total], 100),
        crm(people(101), paging, total, 20),
      );
      expect(await statusOf(list())).to.equal(501);
      expect(events.map(({ event }) => event)).to.include('bound-passed');
    });

    it(`and one that just fits is a list: ${paging}`, async () => {
      const { list } = await opened(
        mapping(pagings[paging](20), totals[total], 100),
        crm(people(100), paging, total, 20),
      );
      expect((await list()).count).to.equal(100);
    });
  }

  it('where only the next page is named: its first pages are still there', async () => {
    const { list } = await opened(
      mapping(pagings.cursor(50), totals.answer, 150),
      crm(people(500), 'cursor', 'answer', 50),
    );
    expect((await list(1)).count).to.equal(500);
    expect(await statusOf(list(3))).to.equal(501);
  });

  it('where only the next page is named: a page that is beyond the end too is a 404', async () => {
    const { list } = await opened(
      mapping(pagings.cursor(50), totals.answer, 150),
      crm(people(120), 'cursor', 'answer', 50),
    );
    expect((await list(2)).count).to.equal(120);
    expect(await statusOf(list(3))).to.equal(404);
  });
});

describe('a list to which somebody adds while it is read', () => {
  it('is read again where only the next page is named: nobody is shown twice or left out', async () => {
    const records = people(50);
    const answering = crm(records, 'cursor', 'answer', 20);
    let pages = 0;
    const { list } = await opened(mapping(pagings.cursor(20), totals.answer), (asked) => {
      // The newest comes first, so that the last of a page is on the next one as well.
      if (++pages === 2) records.unshift({ NR: 51, NAME: 'Bakker' });
      return answering(asked);
    });
    const { count, items } = await list();
    expect(count).to.equal(51);
    expect(new Set(items.map(({ representation }) => representation.klantnummer))).to.have.lengthOf(51);
  });
});

describe('what is no whole list of the CRM is a 502', () => {
  /** Lists with a CRM that does something else than it should. */
  async function statusWith(paging: Paging, total: Total, answering: (right: Answering) => Answering) {
    const { list, events } = await opened(
      mapping(pagings[paging](20), totals[total]),
      answering(crm(people(50), paging, total, 20)),
    );
    const status = await statusOf(list());
    return [status, ...events.flatMap((event) => ('code' in event ? [event.code] : []))];
  }

  it('pages that are smaller than the set says', async () => {
    for (const paging of ['page', 'offset'] as const) {
      const smaller = crm(people(50), paging, 'nowhere', paging === 'page' ? 20 : 7);
      const answering: Answering = (asked) => {
        const answer = smaller(asked) as JsonObject;
        return paging === 'page' ? { ...answer, items: (answer.items as JsonObject[]).slice(0, 15) } : answer;
      };
      expect(await statusWith(paging, 'nowhere', () => answering)).to.deep.equal([502, 'incomplete-list']);
    }
  });

  it('pages that are larger than the set says', async () => {
    const larger = crm(people(50), 'cursor', 'nowhere', 30);
    const answering: Answering = (asked) => larger({ ...asked, query: { ...asked.query, limit: '30' } });
    expect(await statusWith('cursor', 'nowhere', () => answering)).to.deep.equal([502, 'incomplete-list']);
  });

  it('a next page that was there before', async () => {
    const answering =
      (right: Answering): Answering =>
      async (asked) => ({ ...((await right(asked)) as JsonObject), links: { next: 'after-20' } });
    expect(await statusWith('cursor', 'nowhere', answering)).to.deep.equal([502, 'endless-list']);
  });

  it('an end before all that were counted', async () => {
    const answering =
      (right: Answering): Answering =>
      async (asked) => ({ ...((await right(asked)) as JsonObject), links: { next: null } });
    expect(await statusWith('cursor', 'answer', answering)).to.deep.equal([502, 'incomplete-list']);
  });

  for (const paging of Object.keys(pagings) as Paging[]) {
    it(`a count that is not so, however often it is asked for: ${paging}`, async () => {
      // By offset no more is asked for than was counted, so a count that is too low cannot be seen.
      for (const wrong of paging === 'offset' ? [51] : [49, 51]) {
        const answering =
          (right: Answering): Answering =>
          (asked) =>
            asked.path === '/count' ? { result: wrong } : right(asked);
        expect(await statusWith(paging, 'request', answering)).to.deep.equal([502, 'list-keeps-changing']);
      }
    });

    it(`not when the count was so a moment later: ${paging}`, async () => {
      let counts = 0;
      const answering =
        (right: Answering): Answering =>
        (asked) => {
          if (asked.path !== '/count') return right(asked);
          counts += 1;
          return { result: counts === 1 ? 51 : 50 };
        };
      expect(await statusWith(paging, 'request', answering)).to.deep.equal([0]);
      expect(counts).to.equal(2);
    });
  }

  it('a count that is none', async () => {
    const answering =
      (right: Answering): Answering =>
      (asked) =>
        asked.path === '/count' ? { result: 'veel' } : right(asked);
    expect(await statusWith('offset', 'request', answering)).to.deep.equal([502, 'no-count']);
  });
});

describe('a list in an order', () => {
  const ordered = (orderings: string) => `klantbrug: 1
title: A CRM that orders
resources:
  contactmoment:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata }
    inverse: { volgendContactmoment: { by: field } }
    read: { request: read.jsonata, record: PERSON }
    list:
      request: list.jsonata
      records: items
      total: total
      paging: { by: offset, size: 10 }
      ${orderings}
`;

  const orderedFiles = {
    'from.jsonata':
      '{ "bronorganisatie": "123456782", "registratiedatum": AT, "kanaal": NAME, "tekst": $string(NR) }',
    'read.jsonata': '{ "path": ["people", id] }',
    'list.jsonata': `{ "path": ["people"], "query": {
      "offset": offset, "limit": limit, "order": $join(ordering.((descending ? "-" : "") & field), ",") } }`,
  };

  /** A CRM that orders by the time of its records when it is asked to, last one first. */
  const answering: Answering = ({ query }) => {
    const rows = people(250).map((row) => ({ ...row, AT: new Date(Number(row.NR) * 1000).toISOString() }));
    const inOrder = query.order === '-registratiedatum' ? rows.toReversed() : rows;
    const offset = Number(query.offset);
    return { total: rows.length, items: inOrder.slice(offset, offset + Number(query.limit)) };
  };

  async function firstPage(orderings: string, field: string) {
    const files = { 'mapping.yaml': ordered(orderings), ...orderedFiles };
    const { register, work, asked } = await registersOf(files, answering);
    const ordering = [{ field, descending: true }];
    const { items } = await register('contactmoment').list({ filters: {}, ordering, page: 1 }, work());
    return { texts: items.map(({ representation }) => representation.tekst), asked };
  }

  const lastFirst = people(250)
    .map(({ NR }) => String(Number(NR)))
    .toReversed()
    .slice(0, 100);

  it('that the CRM can make costs no more than its page', async () => {
    const { texts, asked } = await firstPage('orderings: [registratiedatum]', 'registratiedatum');
    expect(texts).to.deep.equal(lastFirst);
    expect(asked).to.have.length(10);
    expect(new Set(asked.map(({ query }) => query.order))).to.deep.equal(new Set(['-registratiedatum']));
  });

  it('that the CRM cannot make is made of the whole list', async () => {
    const { texts, asked } = await firstPage('', 'registratiedatum');
    expect(texts).to.deep.equal(lastFirst);
    expect(asked).to.have.length(25);
    expect(new Set(asked.map(({ query }) => query.order ?? ''))).to.deep.equal(new Set(['']));
  });

  it('that is none costs no more than its page either', async () => {
    const { asked } = await firstPage('', '');
    expect(asked).to.have.length(10);
  });
});

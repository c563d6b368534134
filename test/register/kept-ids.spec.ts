import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { textUuid } from '../../src/mapping/text-ids.ts';
import type { Write } from '../../src/register/plan.ts';
import { until } from '../kit/until.ts';
import { type Asked, registersOf, statusOf, stretchOf } from './backends.ts';

const set = {
  'mapping.yaml': `klantbrug: 1
title: A CRM of which ids are looked up
backends:
  store: { errors: [{ when: { status: 409 }, means: duplicate }] }
keptIds:
  { backend: store, find: find.jsonata, records: rows, resource: of, uuid: uuid, key: key, keep: keep.jsonata, atOnce: 3 }
resources:
  klant:
    backend: crm
    id: { field: KEY, form: text }
    record: { from: from.jsonata, to: to.jsonata }
    read: { request: read.jsonata, record: items.0 }
    list:
      request: list.jsonata
      records: items
      total: total
      paging: { by: offset, size: 50 }
    create: [{ request: create.jsonata, id: made }, { request: note.jsonata }]
`,
  'from.jsonata': `{ "bronorganisatie": "999990019", "klantnummer": "1", "achternaam": KEY, "websiteUrl": "https://gemeente.example" }`,
  'to.jsonata': '{ "KEY": achternaam }',
  'read.jsonata': '{ "path": ["find"], "query": { "key": id } }',
  'list.jsonata': '{ "path": ["people"], "query": { "offset": offset, "limit": limit } }',
  'create.jsonata': '{ "method": "POST", "path": ["make"], "query": columns }',
  'note.jsonata': '{ "method": "POST", "path": ["note"] }',
  'find.jsonata': '{ "path": ["ids"], "query": { "of": resource, "uuids": $join([uuids], " ") } }',
  'keep.jsonata':
    '{ "method": "POST", "path": ["keep"], "query": { "of": resource, "uuid": uuid, "key": key } }',
};

interface Row extends JsonObject {
  readonly of: string;
  readonly uuid: string;
  readonly key: string;
}

/** A CRM with these keys, and a store of ids of which a page has room for so many. */
function systemsWith(keys: readonly string[], pageSize = 100) {
  const rows: Row[] = [];
  const answering = ({ path, query }: Asked) => {
    switch (path) {
      case '/ids': {
        const wanted = (query.uuids ?? '').split(' ');
        return { rows: rows.filter(({ uuid }) => wanted.includes(uuid)).slice(0, pageSize) };
      }
      case '/keep':
        rows.push({ of: query.of ?? '', uuid: query.uuid ?? '', key: query.key ?? '' });
        return {};
      case '/make':
        return { made: query.KEY ?? '' };
      case '/find':
        return { items: [...keys, 'new'].filter((key) => key === query.key).map((KEY) => ({ KEY })) };
      default:
        return stretchOf(
          keys.map((KEY) => ({ KEY })),
          { path, query, backend: 'crm' },
        );
    }
  };
  return { rows, answering };
}

const rowOf = (key: string): Row => ({ of: 'klant', uuid: textUuid(key, 'klant'), key });
const query = { filters: {}, ordering: [], page: 1 } as const;
const keys = ['one', 'two', 'three', 'four', 'five'];

function write(achternaam: string): Write {
  const klant = { achternaam, bronorganisatie: '999990019', websiteUrl: 'https://gemeente.example' };
  return { stored: undefined, change: klant, merged: klant, extra: {} };
}

describe('ids that are looked up', () => {
  it('are looked up some at a time, and kept one by one where they are not', async () => {
    const { rows, answering } = systemsWith(keys);
    rows.push(rowOf('two'));
    const { register, work, asked } = await registersOf(set, answering);
    const { items } = await register('klant').list(query, work());
    expect(items.map(({ uuid, id }) => [uuid, id])).to.deep.equal(
      keys.map((key) => [textUuid(key, 'klant'), key]),
    );
    const sizes = asked
      .filter(({ path }) => path === '/ids')
      .map(({ query: { uuids = '' } }) => uuids.split(' ').length);
    expect(sizes).to.deep.equal([3, 2]);
    expect(asked.filter(({ path }) => path === '/keep').map(({ query: { key } }) => key)).to.have.members(
      keys.filter((key) => key !== 'two'),
    );
    await register('klant').list(query, work());
    expect(asked.filter(({ backend }) => backend === 'store')).to.have.length(6);
  });

  it('may be kept several times: no answer is short of others because of it', async () => {
    const { rows, answering } = systemsWith(keys, 3);
    for (const key of ['one', 'one', 'one', 'two', 'two', 'two', 'three']) rows.push(rowOf(key));
    const { register, work, asked } = await registersOf(set, answering);
    await register('klant').list(query, work());
    const kept = asked.filter(({ path }) => path === '/keep').map(({ query: { key } }) => key);
    expect(kept).to.have.members(['four', 'five']);
  });

  it('are kept once by two that come at the same time in one process', async () => {
    const { rows, answering } = systemsWith(keys);
    let looks = 0;
    const { register, work } = await registersOf(set, async (one) => {
      looks += one.path === '/ids' ? 1 : 0;
      // Nothing is kept until both have seen that nothing is.
      if (one.path === '/keep') await until('both have looked', () => looks === 4);
      return answering(one);
    });
    const klanten = [register('klant'), register('klant')];
    await Promise.all(klanten.map((klant) => klant.list(query, work())));
    expect(rows).to.have.deep.members(keys.map(rowOf));
    expect(rows).to.have.length(keys.length);
  });

  it('are the same for two processes that keep them at the same time', async () => {
    const { rows, answering } = systemsWith(keys);
    const processes = await Promise.all([1, 2].map(() => registersOf(set, answering)));
    const lists = await Promise.all(
      processes.map(({ register, work }) => register('klant').list(query, work())),
    );
    const [one, other] = lists.map(({ items }) => items.map(({ uuid }) => uuid));
    expect(one).to.deep.equal(other);
    expect(new Set(rows.map(({ uuid }) => uuid)).size).to.equal(keys.length);
    const { register, work } = await registersOf(set, answering);
    const found = await register('klant').read(textUuid('four', 'klant'), work());
    expect(found?.representation.achternaam).to.equal('four');
  });

  it('that somebody else kept just before are found to be kept', async () => {
    const { rows, answering } = systemsWith(['one']);
    const { register, work } = await registersOf(set, (asked) => {
      if (asked.path !== '/keep') return answering(asked);
      rows.push(rowOf('one'));
      return { status: 409 };
    });
    expect((await register('klant').list(query, work())).items).to.have.length(1);
  });

  it('are not shown when the store says that they are there, and does not have them', async () => {
    const { answering } = systemsWith(['one']);
    const { register, work } = await registersOf(set, (asked) =>
      asked.path === '/keep' ? { status: 409 } : answering(asked),
    );
    expect(await statusOf(register('klant').list(query, work()))).to.equal(502);
  });

  for (const [what, row] of [
    ['another key', { ...rowOf('one'), key: 'two' }],
    ['another resource', { ...rowOf('one'), of: 'verzoek' }],
    ['no key', { of: 'klant', uuid: textUuid('one', 'klant') }],
  ] as const) {
    it(`are no answer with ${what} than that of the UUID: nobody is taken for somebody else`, async () => {
      const { answering } = systemsWith(keys);
      const { register, work, asked } = await registersOf(set, (one) =>
        one.path === '/ids' ? { rows: [row] } : answering(one),
      );
      expect(await statusOf(register('klant').read(textUuid('one', 'klant'), work()))).to.equal(502);
      expect(asked.filter(({ backend }) => backend === 'crm')).to.deep.equal([]);
    });
  }

  it('that were not asked for are passed over', async () => {
    const { answering } = systemsWith(keys);
    const { register, work } = await registersOf(set, (one) =>
      one.path === '/ids' ? { rows: [rowOf('two')] } : answering(one),
    );
    expect(await register('klant').read(textUuid('one', 'klant'), work())).to.equal(undefined);
  });

  it('fail what needs them when the store does', async () => {
    const { answering } = systemsWith(keys);
    const { register, work, asked } = await registersOf(set, (one) =>
      one.backend === 'store' ? { status: 500 } : answering(one),
    );
    const klanten = register('klant');
    expect(await statusOf(klanten.read(textUuid('one', 'klant'), work()))).to.equal(502);
    expect(await statusOf(klanten.list(query, work()))).to.equal(502);
    expect(await klanten.read('6f1c2b9e-0000-4000-8000-000000000042', work())).to.equal(undefined);
    expect(asked.filter(({ path }) => path === '/find')).to.deep.equal([]);
  });

  it('of a new record are kept before it is shown', async () => {
    const { rows, answering } = systemsWith([]);
    const { register, work } = await registersOf(set, answering);
    const made = await register('klant').create(write('new'), work());
    expect(made).to.deep.include({ uuid: textUuid('new', 'klant'), id: 'new' });
    expect(rows).to.deep.equal([rowOf('new')]);
  });

  it('of a new record are known before they are kept, also when its second step is not answered', async () => {
    const { answering } = systemsWith([]);
    const { register, work } = await registersOf(set, (one) =>
      one.path === '/note' || one.path === '/keep' ? { status: 500 } : answering(one),
    );
    const klanten = register('klant');
    const failure: unknown = await klanten.create(write('new'), work()).catch((error: unknown) => error);
    expect(failure).to.include({ uuid: textUuid('new', 'klant'), outcome: 'unknown' });
    // It is there, and cannot be shown yet: that is not the same as not being there.
    expect(await statusOf(klanten.readFresh(textUuid('new', 'klant'), work()))).to.equal(502);
  });
});

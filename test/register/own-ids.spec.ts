import { expect } from 'chai';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { assignedUuid } from '../../src/mapping/ids.ts';
import type { Write } from '../../src/register/plan.ts';
import { mistakesIn } from '../mapping/set.ts';
import { type Asked, registersOf, statusOf, stretchOf } from './backends.ts';

const set = {
  'mapping.yaml': `klantbrug: 1
title: A CRM whose keys are too long for a UUID
resources:
  klant:
    backend: crm
    id: { field: EXTRA.UUID, form: uuid, given: true, assign: { of: KEY, request: assign.jsonata } }
    record: { from: from.jsonata, to: to.jsonata }
    read: { request: read.jsonata, record: items.0 }
    list:
      request: list.jsonata
      records: items
      total: total
      paging: { by: offset, size: 50 }
    create: [{ request: create.jsonata }]
`,
  'from.jsonata': `{ "bronorganisatie": "999990019", "klantnummer": "1", "achternaam": KEY, "websiteUrl": "https://gemeente.example" }`,
  'to.jsonata': '{ "KEY": achternaam, "UUID": $newId }',
  'read.jsonata': '{ "path": ["find"], "query": { "uuid": id } }',
  'list.jsonata': '{ "path": ["people"], "query": { "offset": offset, "limit": limit } }',
  'create.jsonata': '{ "method": "POST", "path": ["make"], "query": columns }',
  'assign.jsonata': '{ "method": "PUT", "path": ["people", record.KEY, "uuid"], "query": { "is": uuid } }',
};

/** A CRM that keeps UUIDs in a column of its own, which was not always there. */
function crmWith(...keys: string[]) {
  const rows = keys.map((KEY): JsonObject => ({ KEY, EXTRA: null }));
  const rowOf = (key: string | undefined) => rows.find(({ KEY }) => KEY === key);
  const answering = (asked: Asked) => {
    const [, place, key] = asked.path.split('/');
    if (place === 'find') {
      return { items: rows.filter(({ EXTRA }) => (EXTRA as JsonObject | null)?.UUID === asked.query.uuid) };
    }
    if (place === 'make') {
      rows.push({ KEY: asked.query.KEY ?? '', EXTRA: { UUID: asked.query.UUID ?? '' } });
      return { made: true };
    }
    const row = rowOf(key);
    if (row) Object.assign(row, { EXTRA: { UUID: asked.query.is } });
    return row ? {} : stretchOf(rows, asked);
  };
  return { rows, answering };
}

const write = (achternaam: string): Write => {
  const klant = { achternaam, bronorganisatie: '999990019', websiteUrl: 'https://gemeente.example' };
  return { stored: undefined, change: klant, merged: klant, extra: {} };
};

describe('ids that are kept in a field of the CRM', () => {
  const long = 'a-key-that-does-not-fit-in-98-bits';
  const query = { filters: {}, ordering: [], page: 1 } as const;

  it('are given to records that have none yet, once', async () => {
    const crm = crmWith(long, 'another-key-that-does-not-fit');
    const { register, work, asked } = await registersOf(set, crm.answering);
    const first = await register('klant').list(query, work());
    expect(first.items.map(({ uuid }) => uuid)).to.deep.equal([
      assignedUuid(long, 'klant'),
      assignedUuid('another-key-that-does-not-fit', 'klant'),
    ]);
    const stored = asked.filter(({ path }) => path.endsWith('/uuid'));
    expect(stored.map(({ path }) => path)).to.have.members(
      crm.rows.map(({ KEY }) => `/people/${scalarText(KEY) ?? ''}/uuid`),
    );
    const again = await register('klant').list(query, work());
    expect(again.items.map(({ uuid }) => uuid)).to.deep.equal(first.items.map(({ uuid }) => uuid));
    expect(asked.filter(({ path }) => path.endsWith('/uuid'))).to.have.length(2);
  });

  it('find the record again', async () => {
    const crm = crmWith('other', long);
    const { register, work } = await registersOf(set, crm.answering);
    await register('klant').list(query, work());
    const found = await register('klant').read(assignedUuid(long, 'klant'), work());
    expect(found?.representation.achternaam).to.equal(long);
    expect(await register('klant').read(assignedUuid('nobody', 'klant'), work())).to.equal(undefined);
  });

  it('lead to nothing when the answer has no list of what was found', async () => {
    const { register, work } = await registersOf(set, () => ({}));
    expect(await statusOf(register('klant').read(assignedUuid(long, 'klant'), work()))).to.equal(502);
  });

  it('come out the same for two who list at the same time', async () => {
    const crm = crmWith(...Array.from({ length: 20 }, (_, index) => `${long}-${index}`));
    const registers = await Promise.all([1, 2].map(() => registersOf(set, crm.answering)));
    const lists = await Promise.all(
      registers.map(async ({ register, work }) => register('klant').list(query, work())),
    );
    const [one, other] = lists.map(({ items }) => items.map(({ uuid }) => uuid));
    expect(one).to.deep.equal(other);
    expect(crm.rows.map(({ EXTRA }) => (EXTRA as JsonObject).UUID)).to.deep.equal(one);
  });

  it('are not shown when they cannot be stored', async () => {
    const crm = crmWith(long);
    const { register, work } = await registersOf(set, (asked) =>
      asked.path.endsWith('/uuid') ? { status: 500 } : crm.answering(asked),
    );
    expect(await statusOf(register('klant').list(query, work()))).to.equal(502);
  });

  it('are given to a new record, another each time', async () => {
    const crm = crmWith();
    const { register, work } = await registersOf(set, crm.answering);
    const [first, second] = [
      await register('klant').create(write('first'), work()),
      await register('klant').create(write('second'), work()),
    ];
    expect(crm.rows.map(({ EXTRA }) => (EXTRA as JsonObject).UUID)).to.deep.equal([first.uuid, second.uuid]);
    expect(first.uuid).not.to.equal(second.uuid);
    expect((await register('klant').read(second.uuid, work()))?.representation.achternaam).to.equal('second');
  });

  it('are UUIDs', async () => {
    const wrong = set['mapping.yaml'].replace('form: uuid', 'form: integer');
    const mistakes = await mistakesIn({ ...set, 'mapping.yaml': wrong });
    expect(mistakes.map(({ path, problem }) => [path, problem])).to.deep.equal([
      ['resources.klant.id', 'an id of our own is a UUID'],
    ]);
  });

  it('do not follow from a personal key', async () => {
    const wrong = set['mapping.yaml'].replace('of: KEY', 'of: BSN_NR');
    const mistakes = await mistakesIn({ ...set, 'mapping.yaml': wrong });
    expect(mistakes.map(({ path }) => path)).to.deep.equal(['resources.klant.id.assign.of']);
    expect(mistakes[0]?.problem).to.include("'BSN_NR' is a personal key");
  });
});

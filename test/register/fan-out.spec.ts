import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/json.ts';
import { type Answering, registersOf, statusOf, stretchOf } from './backends.ts';

const mapping = (each: string) => `klantbrug: 1
title: A CRM whose list has numbers only
resources:
  klant:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata }
    read: { request: read.jsonata, record: PERSON }
    list:
      request: list.jsonata
      each: { request: each.jsonata, record: PERSON${each} }
      records: items
      total: total
      paging: { by: offset, size: 100 }
`;

const files = {
  'from.jsonata':
    '{ "bronorganisatie": "123456782", "klantnummer": $string(NR), "websiteUrl": "https://a.test", "achternaam": NAME }',
  'read.jsonata': '{ "path": ["people", id] }',
  'list.jsonata': '{ "path": ["people"], "query": { "offset": offset, "limit": limit } }',
  'each.jsonata': '{ "path": ["people", NUMBER] }',
};

const numbers = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ NUMBER: index + 1 }));

/** Lists so many numbers; what each of them is asked for, `detail` answers. */
async function fanOut(
  each: string,
  count: number,
  detail: (number: number) => Json | Promise<Json>,
  request: string = files['each.jsonata'],
) {
  const answering: Answering = (asked) =>
    asked.path === '/people'
      ? stretchOf(numbers(count), asked)
      : detail(Number(asked.path.split('/').at(-1)));
  const opened = await registersOf(
    { 'mapping.yaml': mapping(each), ...files, 'each.jsonata': request },
    answering,
  );
  const list = (filters = {}) =>
    opened.register('klant').list({ filters, ordering: [], page: 1 }, opened.work());
  return { ...opened, list };
}

const person = (NR: number): JsonObject => ({ PERSON: { NR, NAME: `Jansen ${NR}` } });

describe('a list with one more request for each item', () => {
  it('has the whole records, in the order of the list', async () => {
    const { list, asked } = await fanOut('', 9, async (number) => {
      // The later ones answer first.
      for (let turn = number; turn < 9; turn += 1) await setImmediate();
      return person(number);
    });
    const { items, count } = await list();
    expect(count).to.equal(9);
    expect(items.map(({ representation }) => representation.achternaam)).to.deep.equal(
      numbers(9).map((_, index) => `Jansen ${index + 1}`),
    );
    expect(asked.filter(({ path }) => path !== '/people')).to.have.length(9);
  });

  for (const [each, atOnce] of [
    ['', 4],
    [', atOnce: 1', 1],
    [', atOnce: 7', 7],
  ] as const) {
    it(`asks for ${atOnce} at the same time at most${each === '' ? ', unless the set says otherwise' : ''}`, async () => {
      let underWay = 0;
      let most = 0;
      const { list } = await fanOut(each, 20, async (number) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await setImmediate();
        await setImmediate();
        underWay -= 1;
        return person(number);
      });
      await list();
      expect(most).to.equal(atOnce);
    });
  }

  it('fails when one of its items cannot be had', async () => {
    const { list } = await fanOut('', 5, (number) => (number === 3 ? { status: 500 } : person(number)));
    expect(await statusOf(list())).to.equal(502);
  });

  it('leaves out what cannot be had, when the set says so, and does not count it', async () => {
    const { list } = await fanOut(', failing: leave-out', 5, (number) =>
      number === 3 ? { status: 500 } : person(number),
    );
    const { items, count } = await list();
    expect(items.map(({ id }) => id)).to.deep.equal([1, 2, 4, 5]);
    expect(count).to.equal(4);
  });

  for (const failing of ['refuse', 'leave-out']) {
    it(`is without an item that is gone meanwhile, where failing is ${failing}`, async () => {
      const { list } = await fanOut(`, failing: ${failing}`, 5, (number) =>
        number === 3 ? { status: 404 } : person(number),
      );
      const { items } = await list({ achternaam: 'Jansen 3' });
      expect(items).to.be.empty;
      expect((await list()).items.map(({ id }) => id)).to.deep.equal([1, 2, 4, 5]);
    });
  }

  it('is not shown when an item is not the record that it should be', async () => {
    const { list } = await fanOut(', failing: leave-out', 2, () => ({ PERSON: { NAME: 'Nobody' } }));
    expect(await statusOf(list())).to.equal(502);
  });

  const request = '{ "path": ["people", NUMBER] }';
  const requests: readonly [string, number, number][] = [
    [request, 250, 1],
    [`( $n := NUMBER; ${request} )`, 250, 1],
    [`NUMBER > 5 ? ${request} : { "path": ["people", $string(NUMBER)] }`, 250, 1],
    [`NUMBER > 5 ? ${request}`, 245, 3],
    [`NUMBER > 5 ? ${request} : null`, 245, 3],
    [`( $n := NUMBER; NUMBER % 2 = 0 ? ${request} )`, 125, 3],
    [`( $request := ${request}; $request )`, 250, 3],
  ];
  for (const [file, wanted, pages] of requests) {
    it(`counts what it shows, and reads no more than it must for that: ${file}`, async () => {
      const { list, asked } = await fanOut('', 250, person, file);
      const { items, count } = await list();
      expect([items.length, count]).to.deep.equal([100, wanted]);
      expect(asked.filter(({ path }) => path === '/people')).to.have.length(pages);
    });
  }

  it('of which all items are passed over is empty', async () => {
    const { list, asked } = await fanOut('', 3, person, 'NUMBER > 5 ? {}');
    expect(await list()).to.deep.equal({ items: [], count: 0, page: 1 });
    expect(asked).to.have.length(1);
  });
});

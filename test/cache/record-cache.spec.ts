import { expect } from 'chai';
import fc from 'fast-check';

import { type CachedRecord, recordCache, type RecordKey } from '../../src/register/record-cache.ts';
import { until } from '../kit/until.ts';

const aMegabyte = 1_000_000;
const anHour = 3_600_000;
const own = (record: string, caller = '') => ({ record, caller });
const cached = (value: number, filling = ''): CachedRecord => ({
  record: { value, filling },
  etag: undefined,
  readAt: value,
});

describe('The record cache', () => {
  it('gives what was put', () => {
    const cache = recordCache(aMegabyte, anHour);
    const one = { record: { RELNR: 1 }, etag: '"1"', readAt: 5 };
    cache.put(own('klant/1'), cache.ticket(), one);
    expect(cache.get(own('klant/1'))).to.deep.equal(one);
    expect(cache.get(own('klant/2'))).to.equal(undefined);
  });

  it('gives a record that nobody can change', () => {
    const cache = recordCache(aMegabyte, anHour);
    cache.put(own('klant/1'), 0, { record: { deep: { er: 1 } }, etag: undefined, readAt: 0 });
    const { deep } = cache.get(own('klant/1'))?.record ?? {};
    expect(deep).to.be.frozen;
  });

  it('keeps callers apart, and evicts a record for all of them', () => {
    const cache = recordCache(aMegabyte, anHour);
    cache.put(own('klant/1', 'a'), 0, cached(1));
    cache.put(own('klant/1', 'b'), 0, cached(2));
    expect(cache.get(own('klant/1', 'a'))?.readAt).to.equal(1);
    expect(cache.get(own('klant/1', 'b'))?.readAt).to.equal(2);
    expect(cache.get(own('klant/1'))).to.equal(undefined);
    cache.evict('klant/1');
    expect(cache.get(own('klant/1', 'a'))).to.equal(undefined);
    expect(cache.get(own('klant/1', 'b'))).to.equal(undefined);
  });

  it('does not remember what was asked for before an eviction', () => {
    const cache = recordCache(aMegabyte, anHour);
    const ticket = cache.ticket();
    cache.evict('klant/1');
    cache.put(own('klant/1'), ticket, cached(1));
    expect(cache.get(own('klant/1'))).to.equal(undefined);
    cache.put(own('klant/1'), cache.ticket(), cached(2));
    expect(cache.get(own('klant/1'))?.readAt).to.equal(2);
  });

  it('does not even when so much was evicted since that it has lost count', () => {
    const cache = recordCache(aMegabyte, anHour);
    const first = cache.ticket();
    cache.evict('klant/1');
    const second = cache.ticket();
    cache.evict('klant/1');
    for (let other = 2; other < 10_010; other++) cache.evict(`klant/${other}`);
    for (const ticket of [first, second]) {
      cache.put(own('klant/1'), ticket, cached(1));
      expect(cache.get(own('klant/1'))).to.equal(undefined);
    }
    cache.evict('klant/1');
    cache.put(own('klant/1'), second, cached(1));
    expect(cache.get(own('klant/1'))).to.equal(undefined);
  });

  it('remembers again after that', () => {
    const cache = recordCache(aMegabyte, anHour);
    for (let other = 2; other < 10_010; other++) cache.evict(`klant/${other}`);
    for (const key of [own('klant/1'), own('klant/2'), own('klant/10000')]) {
      cache.put(key, cache.ticket(), cached(1));
      expect(cache.get(key)?.readAt).to.equal(1);
    }
  });

  const callers = ['', 'a', 'b'];
  const keys = ['klant/1', 'klant/2', 'klant/3'].flatMap((record) =>
    callers.map((caller) => own(record, caller)),
  );
  const key = fc.constantFrom(...keys);
  const action = fc.oneof(
    fc.record({ do: fc.constant('ask' as const), key }),
    fc.record({ do: fc.constant('answer' as const), which: fc.nat() }),
    fc.record({ do: fc.constant('evict' as const), key }),
  );
  const textOf = ({ record, caller }: RecordKey) => `${record} ${caller}`;

  it('never gives what was asked for before the last eviction of its record, in any order of events', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const cache = recordCache(aMegabyte, anHour);
        const underWay: { key: RecordKey; ticket: number; at: number }[] = [];
        const evictedAt = new Map<string, number>();
        const expected = new Map<string, number>();
        actions.forEach((step, now) => {
          if (step.do === 'ask') {
            underWay.push({ key: step.key, ticket: cache.ticket(), at: now });
          } else if (step.do === 'evict') {
            const { record } = step.key;
            cache.evict(record);
            evictedAt.set(record, now);
            for (const caller of callers) expected.delete(textOf({ record, caller }));
          } else {
            const [asked] = underWay.splice(step.which % Math.max(1, underWay.length), 1);
            if (!asked) return;
            cache.put(asked.key, asked.ticket, cached(asked.at));
            const isTrue = asked.at > (evictedAt.get(asked.key.record) ?? -1);
            if (isTrue) expected.set(textOf(asked.key), asked.at);
          }
        });
        const held = keys.map((place) => cache.get(place)?.readAt);
        expect(held).to.deep.equal(keys.map((place) => expected.get(textOf(place))));
      }),
      { numRuns: 200 },
    );
  });

  it('never holds more bytes than it may', () => {
    const maxBytes = 25_000;
    const put = fc.record({ key, length: fc.nat({ max: 3000 }) });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 60 }), (puts) => {
        const cache = recordCache(maxBytes, anHour);
        puts.forEach((one, now) => {
          cache.put(one.key, 0, cached(now, 'é'.repeat(one.length)));
          // What is shown of a record stands beside it: the fields of the standard, and an answer.
          const bytes = keys
            .map((place) => cache.get(place)?.record)
            .filter((record) => record !== undefined)
            .reduce((sum, record) => sum + 3000 + 3 * Buffer.byteLength(JSON.stringify(record)), 0);
          expect(bytes).to.be.at.most(maxBytes);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('lets go of what was used least recently', () => {
    const cache = recordCache(30_000, anHour);
    for (const number of [1, 2, 3, 4]) cache.put(own(`klant/${number}`), 0, cached(number, 'x'.repeat(1000)));
    cache.get(own('klant/1'));
    cache.put(own('klant/5'), 0, cached(5, 'x'.repeat(1000)));
    expect(cache.get(own('klant/1'))?.readAt).to.equal(1);
    expect(cache.get(own('klant/2'))).to.equal(undefined);
    expect(cache.get(own('klant/5'))?.readAt).to.equal(5);
  });

  it('does not keep an old version when the new one is too large', () => {
    const cache = recordCache(20_000, anHour);
    cache.put(own('klant/1'), 0, cached(1));
    expect(cache.get(own('klant/1'))).to.not.equal(undefined);
    cache.put(own('klant/1'), 0, cached(2, 'x'.repeat(6000)));
    expect(cache.get(own('klant/1'))).to.equal(undefined);
  });

  it('keeps nothing for longer than it may', async () => {
    const cache = recordCache(aMegabyte, 1);
    cache.put(own('klant/1'), 0, cached(1));
    await until('the record is gone', () => cache.get(own('klant/1')) === undefined);
  });
});

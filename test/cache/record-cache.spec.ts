import { expect } from 'chai';
import fc from 'fast-check';
import { type CachedRecord, recordCache } from '../../src/register/record-cache.ts';

const aMegabyte = 1_000_000;
const own = (record: string, caller = '') => ({ record, caller });
const cached = (value: number, filling = ''): CachedRecord => ({
  record: { value, filling },
  etag: undefined,
  readAt: value,
});

describe('The record cache', () => {
  it('gives what was put', () => {
    const cache = recordCache(aMegabyte);
    const one = { record: { RELNR: 1 }, etag: '"1"', readAt: 5 };
    cache.put(own('klant/1'), cache.ticket(own('klant/1')), one);
    expect(cache.get(own('klant/1'))).to.deep.equal(one);
    expect(cache.get(own('klant/2'))).to.equal(undefined);
  });

  it('gives a record that nobody can change', () => {
    const cache = recordCache(aMegabyte);
    cache.put(own('klant/1'), 0, { record: { deep: { er: 1 } }, etag: undefined, readAt: 0 });
    const { deep } = cache.get(own('klant/1'))?.record ?? {};
    expect(deep).to.be.frozen;
  });

  it('keeps callers apart, and evicts a record for all of them', () => {
    const cache = recordCache(aMegabyte);
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
    const cache = recordCache(aMegabyte);
    const ticket = cache.ticket(own('klant/1'));
    cache.evict('klant/1');
    cache.put(own('klant/1'), ticket, cached(1));
    expect(cache.get(own('klant/1'))).to.equal(undefined);
    cache.put(own('klant/1'), cache.ticket(own('klant/1')), cached(2));
    expect(cache.get(own('klant/1'))?.readAt).to.equal(2);
  });

  it('does not even when so much was evicted since that it has lost count', () => {
    const cache = recordCache(aMegabyte);
    const first = cache.ticket(own('klant/1'));
    cache.evict('klant/1');
    const second = cache.ticket(own('klant/1'));
    cache.evict('klant/1');
    for (let other = 2; other < 100_010; other++) cache.evict(`klant/${other}`);
    for (const ticket of [first, second]) {
      cache.put(own('klant/1'), ticket, cached(1));
      expect(cache.get(own('klant/1'))).to.equal(undefined);
    }
    cache.evict('klant/1');
    cache.put(own('klant/1'), second, cached(1));
    expect(cache.get(own('klant/1'))).to.equal(undefined);
  });

  it('remembers again after that', () => {
    const cache = recordCache(aMegabyte);
    for (let other = 2; other < 100_010; other++) cache.evict(`klant/${other}`);
    for (const key of [own('klant/1'), own('klant/2'), own('klant/100000')]) {
      cache.put(key, cache.ticket(key), cached(1));
      expect(cache.get(key)?.readAt).to.equal(1);
    }
  });

  const name = fc.constantFrom('klant/1', 'klant/2', 'klant/3');
  const caller = fc.constantFrom('', 'a', 'b');
  const key = fc.record({ record: name, caller });
  const action = fc.oneof(
    fc.record({ do: fc.constant('ask' as const), key }),
    fc.record({ do: fc.constant('answer' as const), which: fc.nat() }),
    fc.record({ do: fc.constant('evict' as const), record: name }),
  );

  it('never gives what was asked for before the last eviction of its record, in any order of events', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const cache = recordCache(aMegabyte);
        const underWay: { key: typeof key extends fc.Arbitrary<infer K> ? K : never; ticket: number; at: number }[] =
          [];
        const evictedAt = new Map<string, number>();
        /** What must be there, by record and caller. */
        const expected = new Map<string, number>();
        actions.forEach((step, now) => {
          if (step.do === 'ask') {
            underWay.push({ key: step.key, ticket: cache.ticket(step.key), at: now });
          } else if (step.do === 'evict') {
            cache.evict(step.record);
            evictedAt.set(step.record, now);
            for (const place of expected.keys()) if (place.startsWith(step.record)) expected.delete(place);
          } else if (underWay.length > 0) {
            const [{ key, ticket, at } = { key: own(''), ticket: 0, at: 0 }] = underWay.splice(
              step.which % underWay.length,
              1,
            );
            cache.put(key, ticket, cached(at));
            if (at > (evictedAt.get(key.record) ?? -1)) expected.set(`${key.record} ${key.caller}`, at);
          }
          for (const record of ['klant/1', 'klant/2', 'klant/3']) {
            for (const caller of ['', 'a', 'b']) {
              expect(cache.get({ record, caller })?.readAt).to.equal(expected.get(`${record} ${caller}`));
            }
          }
        });
      }),
      { numRuns: 200 },
    );
  });

  it('never holds more bytes than it may', () => {
    const maxBytes = 5000;
    const put = fc.record({ record: fc.integer({ min: 1, max: 50 }), caller, length: fc.nat({ max: 6000 }) });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 60 }), (puts) => {
        const cache = recordCache(maxBytes);
        puts.forEach(({ record, caller, length }, now) => {
          cache.put(own(`klant/${record}`, caller), 0, cached(now, 'é'.repeat(length)));
          let bytes = 0;
          for (let other = 1; other <= 50; other++) {
            for (const who of ['', 'a', 'b']) {
              const held = cache.get(own(`klant/${other}`, who));
              bytes += held ? Buffer.byteLength(JSON.stringify(held.record)) : 0;
            }
          }
          expect(bytes).to.be.at.most(maxBytes);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('lets go of what was used least recently', () => {
    const cache = recordCache(5000);
    for (const number of [1, 2, 3, 4]) cache.put(own(`klant/${number}`), 0, cached(number, 'x'.repeat(1000)));
    cache.get(own('klant/1'));
    cache.put(own('klant/5'), 0, cached(5, 'x'.repeat(1000)));
    expect(cache.get(own('klant/1'))?.readAt).to.equal(1);
    expect(cache.get(own('klant/2'))).to.equal(undefined);
    expect(cache.get(own('klant/5'))?.readAt).to.equal(5);
  });

  it('does not keep an old version when the new one is too large', () => {
    const cache = recordCache(5000);
    cache.put(own('klant/1'), 0, cached(1));
    cache.put(own('klant/1'), 0, cached(2, 'x'.repeat(6000)));
    expect(cache.get(own('klant/1'))).to.equal(undefined);
  });
});

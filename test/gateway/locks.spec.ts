import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { deadlineIn } from '../../src/deadline.ts';
import { localLocks } from '../../src/gateway/locks.ts';
import { Problem } from '../../src/problem.ts';

const keySets = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }), { maxLength: 12 });

describe('locks', () => {
  const later = () => deadlineIn(60_000);

  it('let one write at a time touch a key, and let all of them have their turn', () =>
    fc.assert(
      fc.asyncProperty(keySets, fc.scheduler(), async (sets, scheduler) => {
        const locks = localLocks();
        const held = new Set<string>();
        const done: number[] = [];
        const writes = sets.map(async (keys, index) => {
          await scheduler.schedule(Promise.resolve(), 'asks');
          await locks.hold(keys, later(), async () => {
            const mine = new Set(keys);
            for (const key of mine) expect(held.has(key), key).to.equal(false);
            for (const key of mine) held.add(key);
            await scheduler.schedule(Promise.resolve(), 'works');
            for (const key of mine) held.delete(key);
            done.push(index);
          });
        });
        await scheduler.waitFor(Promise.all(writes));
        expect(done).to.have.members([...sets.keys()]);
      }),
    ));

  it('give a key to those who wait for it in the order in which they asked', () =>
    fc.assert(
      fc.asyncProperty(keySets, async (sets) => {
        const locks = localLocks();
        const turns: number[] = [];
        await Promise.all(
          sets.map((keys, index) =>
            locks.hold(['shared', ...keys], later(), async () => {
              await setImmediate();
              turns.push(index);
            }),
          ),
        );
        expect(turns).to.deep.equal([...sets.keys()]);
      }),
      { numRuns: 30 },
    ));

  it('do not keep a write from another key', async () => {
    const locks = localLocks();
    const first = opened();
    const holding = locks.hold(['a'], later(), () => first.promise);
    expect(await locks.hold(['b'], later(), () => Promise.resolve('done'))).to.equal('done');
    first.open();
    await holding;
  });

  it('are given back by a write that fails, whose error is passed on', async () => {
    const locks = localLocks();
    const failure = new Error('failed');
    expect(await rejection(locks.hold(['a'], later(), () => Promise.reject(failure)))).to.equal(failure);
    expect(await locks.hold(['a'], later(), () => Promise.resolve('done'))).to.equal('done');
  });

  it('refuse with 503 a write that has to wait past its deadline, and never start it', async () => {
    const locks = localLocks();
    const first = opened();
    const turns: string[] = [];
    const holding = locks.hold(['a'], later(), () => first.promise);
    const late = locks.hold(['b', 'a'], deadlineIn(10), () => Promise.resolve(turns.push('late')));
    const third = locks.hold(['a'], later(), () => Promise.resolve(turns.push('third')));
    const problem = await rejection(late);
    expect(problem).to.be.instanceOf(Problem).with.property('status', 503);
    expect(problem).to.have.nested.property('headers.Retry-After', '1');
    // It gave up; those behind it still wait for the one before it.
    expect(turns).to.deep.equal([]);
    first.open();
    await Promise.all([holding, third]);
    expect(turns).to.deep.equal(['third']);
    expect(await locks.hold(['b'], later(), () => Promise.resolve('free'))).to.equal('free');
  });

  it('refuse a write whose deadline had passed when it asked', async () => {
    const signal = AbortSignal.abort();
    const passed = { signal, leftMs: () => 0 };
    const problem = await rejection(localLocks().hold(['a'], passed, () => Promise.resolve()));
    expect(problem).to.be.instanceOf(Problem).with.property('status', 503);
  });

  for (const end of ['open', 'fail'] as const) {
    it(`are kept after a write until what it left behind has settled: ${end}`, async () => {
      const locks = localLocks();
      const left = [opened(), opened()] as const;
      const turns: string[] = [];
      await locks.hold(['a'], later(), (keepUntil) => {
        for (const { promise } of left) keepUntil(promise);
        return Promise.resolve();
      });
      const next = locks.hold(['a'], later(), () => Promise.resolve(turns.push('next')));
      await setImmediate();
      left[0][end]();
      await setImmediate();
      expect(turns).to.deep.equal([]);
      left[1][end]();
      await next;
      expect(turns).to.deep.equal(['next']);
    });
  }

  it('are kept too when the write itself failed', async () => {
    const locks = localLocks();
    const left = opened();
    const turns: string[] = [];
    const failing = locks.hold(['a'], later(), (keepUntil) => {
      keepUntil(left.promise);
      return Promise.reject(new Error('failed'));
    });
    await rejection(failing);
    const next = locks.hold(['a'], later(), () => Promise.resolve(turns.push('next')));
    await setImmediate();
    expect(turns).to.deep.equal([]);
    left.open();
    await next;
  });
});

/** A promise that settles when it is told to. */
function opened() {
  let settle: Readonly<Record<'open' | 'fail', () => void>> | undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = {
      open: resolve,
      fail: () => {
        reject(new Error('failed'));
      },
    };
  });
  return { promise, open: () => settle?.open(), fail: () => settle?.fail() };
}

/** What a promise is rejected with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It was not rejected.');
}

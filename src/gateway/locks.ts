import type { Deadline } from '../deadline.ts';
import { unavailable } from '../problem.ts';

/** Keeps a lock after the work has ended, until the promise settles. */
export type KeepUntil = (settled: Promise<unknown>) => void;

/**
 * Lets only one write at a time touch a key. A port: in this process here, in a shared engine when several
 * instances must agree.
 */
export interface Locks {
  /**
   * Does the work while holding all keys.
   *
   * @throws Problem 503 when a key stays taken until the deadline
   */
  hold<T>(
    keys: readonly string[],
    deadline: Deadline,
    work: (keepUntil: KeepUntil) => Promise<T>,
  ): Promise<T>;
}

/** Locks that hold within this process. Waiting writes get a key in the order in which they asked. */
export function localLocks(): Locks {
  /** For each key, the end of the last write that asked for it. */
  const tails = new Map<string, Promise<void>>();

  function queueUp(key: string): { readonly turn: Promise<void>; release(): void } {
    const turn = tails.get(key) ?? Promise.resolve();
    let release = (): void => undefined;
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    const tail = turn.then(() => mine);
    tails.set(key, tail);
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return { turn, release };
  }

  return {
    async hold(keys, deadline, work) {
      // All places in the queues are taken at once and in one order, so that no two writes can wait for each other.
      const places = [...new Set(keys)].sort().map(queueUp);
      const kept: Promise<unknown>[] = [];
      const release = (): void => {
        for (const place of places) place.release();
      };
      try {
        await inTime(deadline, Promise.all(places.map(({ turn }) => turn)));
        return await work((settled) => kept.push(settled));
      } finally {
        void Promise.allSettled(kept).then(release);
      }
    },
  };
}

/**
 * Waits for a promise, but not past the deadline.
 *
 * @throws Problem 503 when the deadline comes first
 */
export async function inTime<T>(deadline: Deadline, awaited: Promise<T>): Promise<T> {
  let stop = (): void => undefined;
  const passed = new Promise<never>((_, reject) => {
    stop = () => {
      reject(unavailable(1));
    };
    deadline.signal.addEventListener('abort', stop, { once: true });
    if (deadline.signal.aborted) stop();
  });
  try {
    return await Promise.race([awaited, passed]);
  } finally {
    deadline.signal.removeEventListener('abort', stop);
  }
}

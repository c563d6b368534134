import { setMaxListeners } from 'node:events';

/** The moment by which a request must be answered, for everything that is done on its behalf. */
export interface Deadline {
  /** Aborts at the deadline. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left; 0 when it has passed. */
  leftMs(): number;
}

/** A deadline so many milliseconds from now. It keeps no process alive. */
export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  const signal = AbortSignal.timeout(milliseconds);
  // Everything that is done at the same time on behalf of a request listens to it.
  setMaxListeners(0, signal);
  return {
    signal,
    leftMs: () => Math.max(0, end - performance.now()),
  };
}

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
  return new Moment(performance.now() + milliseconds);
}

class Moment implements Deadline {
  readonly #end: number;
  #signal: AbortSignal | undefined;

  constructor(end: number) {
    this.#end = end;
  }

  /** Made for whoever waits: it costs more than everything else that an answer from memory takes. */
  get signal(): AbortSignal {
    return (this.#signal ??= abortingIn(this.leftMs()));
  }

  leftMs(): number {
    return Math.max(0, this.#end - performance.now());
  }
}

function abortingIn(milliseconds: number): AbortSignal {
  const signal = milliseconds > 0 ? AbortSignal.timeout(Math.ceil(milliseconds)) : AbortSignal.abort();
  // Everything that is done at the same time on behalf of a request listens to it.
  setMaxListeners(0, signal);
  return signal;
}

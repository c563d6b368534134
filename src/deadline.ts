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
  return {
    signal: AbortSignal.timeout(milliseconds),
    leftMs: () => Math.max(0, end - performance.now()),
  };
}

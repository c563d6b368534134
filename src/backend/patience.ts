/** The longest that passes between two looks at the clock, in milliseconds. */
const lookEveryMs = 100;

/** Somebody who waits for one thing after the other. */
export interface Patience {
  /** Waits for the next thing, so many milliseconds. */
  readonly renew: (milliseconds: number) => void;
  readonly end: () => void;
}

/**
 * Loses its patience after so many milliseconds in which this process was there to listen. When it stood still itself
 * (a long garbage collection, a host that gave the processor to somebody else), the answer may be in already, and the
 * other side is not to blame: that time does not count, and what came in meanwhile is read first.
 *
 * There is one timer for all that is waited for: when it ends before its time, it goes on.
 */
export function patience(lost: () => void): Patience {
  let left = 0;
  let since = 0;
  let planned = 0;
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Immediate | undefined;

  const wait = (): void => {
    since = performance.now();
    planned = Math.min(left, lookEveryMs);
    timer = setTimeout(look, planned);
  };
  const look = (): void => {
    timer = undefined;
    left -= Math.min(performance.now() - since, 2 * planned);
    if (left > 0) wait();
    // Timers come before sockets: one more turn, so that what is in is read.
    else turn = setImmediate(lost);
  };
  const end = (): void => {
    clearTimeout(timer);
    clearImmediate(turn);
    timer = undefined;
  };

  return {
    end,
    renew(milliseconds) {
      left = milliseconds;
      if (timer && milliseconds >= lookEveryMs) {
        since = performance.now();
        return;
      }
      end();
      wait();
    },
  };
}

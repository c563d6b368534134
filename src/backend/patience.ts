/** The longest that passes between two looks at the clock, in milliseconds. */
const lookEveryMs = 100;

/**
 * Loses its patience after so many milliseconds in which this process was there to listen. When it stood still itself
 * (a long garbage collection, a host that gave the processor to somebody else), the answer may be in already, and the
 * other side is not to blame: that time does not count, and what came in meanwhile is read first.
 *
 * @returns what ends the wait
 */
export function patience(milliseconds: number, lost: () => void): () => void {
  let left = milliseconds;
  let timer: NodeJS.Timeout;
  let turn: NodeJS.Immediate | undefined;
  const wait = (): void => {
    const since = performance.now();
    const planned = Math.min(left, lookEveryMs);
    timer = setTimeout(() => {
      left -= Math.min(performance.now() - since, 2 * planned);
      if (left > 0) wait();
      // Timers come before sockets: one more turn, so that what is in is read.
      else turn = setImmediate(lost);
    }, planned);
  };
  wait();
  return () => {
    clearTimeout(timer);
    clearImmediate(turn);
  };
}

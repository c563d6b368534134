/**
 * Lets identical work that is under way be shared: the first caller starts it, the others wait for the same end.
 * Nothing is kept once it has ended.
 */
export interface Coalescer<T> {
  /** Joins the work under `key`, or starts it. */
  run(key: string, start: () => Promise<T>): Promise<T>;
  /** Later callers join no work under a key that begins so: it may have read what is no longer true. */
  forget(prefix: string): void;
}

/** Makes a coalescer. It needs no bounds: it never holds more than what is being waited for. */
export function coalescer<T>(): Coalescer<T> {
  const underWay = new Map<string, Promise<T>>();
  return {
    run(key, start) {
      const joined = underWay.get(key);
      if (joined) return joined;
      const work = start().finally(() => {
        if (underWay.get(key) === work) underWay.delete(key);
      });
      underWay.set(key, work);
      return work;
    },
    forget(prefix) {
      for (const key of underWay.keys()) if (key.startsWith(prefix)) underWay.delete(key);
    },
  };
}

/** What the systems keep: an object as JSON has it. */
export type Row = Readonly<Record<string, unknown>>;

/** A row with the moment at which it came in. */
export interface Arrived {
  readonly at: Date;
  readonly row: Row;
}

/** Rows in the order in which they came in, by key. */
export interface Collection {
  /** A row that is there already keeps its place and its moment. */
  put(key: string, row: Row): void;
  find(key: string): Row | undefined;
  /** @returns false when there was nothing to remove */
  remove(key: string): boolean;
  /** Oldest first. */
  rows(): readonly Row[];
  /** Newest first. */
  newest(): readonly Arrived[];
  clear(): void;
}

/** A collection with nothing in it. */
export function newCollection(): Collection {
  const arrived = new Map<string, Arrived>();
  return {
    put: (key, row) => void arrived.set(key, { at: arrived.get(key)?.at ?? new Date(), row }),
    find: (key) => arrived.get(key)?.row,
    remove: (key) => arrived.delete(key),
    rows: () => [...arrived.values()].map(({ row }) => row),
    newest: () => [...arrived.values()].reverse(),
    clear: () => {
      arrived.clear();
    },
  };
}

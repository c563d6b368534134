/** What the systems keep: an object as JSON has it. */
export type Row = Readonly<Record<string, unknown>>;

/** A row with the moment at which it came in. */
export interface Arrived<Kept = Row> {
  readonly at: Date;
  readonly row: Kept;
}

/** Rows in the order in which they came in, by key. */
export interface Collection<Kept = Row> {
  /** A row that is there already keeps its place and its moment. */
  put(key: string, row: Kept): void;
  find(key: string): Kept | undefined;
  /** @returns false when there was nothing to remove */
  remove(key: string): boolean;
  /** Oldest first. */
  rows(): readonly Kept[];
  /** Newest first. */
  newest(): readonly Arrived<Kept>[];
  clear(): void;
}

/** A collection with nothing in it. */
export function newCollection<Kept = Row>(): Collection<Kept> {
  const arrived = new Map<string, Arrived<Kept>>();
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

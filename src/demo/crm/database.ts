import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';

/** The folder on disk with everything that is in it. */
export interface Database {
  /**
   * Opens a table: fills it when it was never (or not completely) filled, and reads it into memory.
   *
   * @param seed gives the records for a table that is not filled
   */
  open<Row>(place: Place<Row>, seed: () => readonly Row[]): Promise<Rows<Row>>;
  /** Carries out changes together: all of them or none, on disk first and in memory after that. */
  commit(...writes: readonly Write[]): Promise<void>;
  /** Runs jobs one after another: a change reads what it changes, and no number may be given out twice. */
  inTurn<Result>(job: () => Promise<Result>): Promise<Result>;
  /** Waits for the jobs under way and lets go of the folder. */
  close(): Promise<void>;
}

/** Where a table is on disk, and which of its columns is the key: a number, or a text without digits in front. */
export interface Place<Row> {
  /** What the disk's keys of the records begin with. */
  readonly prefix: string;
  /** Where the highest number is that was ever given out. */
  readonly lastNumberKey: string;
  /** The mark of a table that was filled. */
  readonly seededKey: string;
  readonly keyOf: (row: Row) => number | string;
}

/** A table in memory. */
export interface Rows<Row> {
  /** All records, ordered by their keys. */
  all(): Iterable<Row>;
  /** One record; undefined when there is none with this key. */
  find(key: number | string): Row | undefined;
  /** The number for the next new record. */
  nextNumber(): number;
  /** What stores a record, new or changed. */
  put(row: Row): Write;
  /** What removes a record. */
  remove(row: Row): Write;
}

/** A change that `commit` carries out. */
export interface Write {
  readonly onDisk: readonly Operation[];
  readonly inMemory: () => void;
}

type Operation = ReturnType<typeof putOf> | { readonly type: 'del'; readonly key: string };
type Disk = ClassicLevel<string, unknown>;

const written = { sync: true };

/**
 * Opens the folder.
 *
 * @param folder made when it does not exist
 * @throws Error with a sentence for the user when the folder is in use or cannot be opened
 */
export async function openDatabase(folder: string): Promise<Database> {
  const disk = await openDisk(folder);
  const inTurn = queue();
  return {
    async open(place, seed) {
      if ((await disk.get(place.seededKey)) === undefined) await fill(disk, place, seed());
      return rowsOf(place, await readRows(disk, place), Number(await disk.get(place.lastNumberKey)));
    },
    async commit(...writes) {
      const operations = writes.flatMap(({ onDisk }) => onDisk);
      await disk.batch(operations, written);
      for (const { inMemory } of writes) inMemory();
    },
    inTurn,
    close: () => inTurn(() => disk.close()),
  };
}

async function openDisk(folder: string): Promise<Disk> {
  const disk: Disk = new ClassicLevel(folder, { valueEncoding: 'json' });
  try {
    await mkdir(folder, { recursive: true });
    await disk.open();
  } catch (error) {
    throw new Error(explain(folder, error), { cause: error });
  }
  return disk;
}

function explain(folder: string, error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED') {
    return `The folder ${folder} is in use by another process.`;
  }
  return `The folder ${folder} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** The mark goes in with the last write, so that a table without it is one that has to be filled again. */
async function fill<Row>(disk: Disk, place: Place<Row>, rows: readonly Row[]): Promise<void> {
  await disk.clear(rangeOf(place));
  const numbers = rows.map(place.keyOf).filter((key) => typeof key === 'number');
  const puts = rows.map((row) => putOf(diskKey(place, row), row));
  const marks = [putOf(place.lastNumberKey, Math.max(0, ...numbers)), putOf(place.seededKey, true)];
  await disk.batch([...puts, ...marks], written);
}

function putOf(key: string, value: unknown) {
  return { type: 'put', key, value } as const;
}

/** Numbers are padded, because the disk orders its keys as text. */
function diskKey<Row>({ prefix, keyOf }: Place<Row>, row: Row): string {
  const key = keyOf(row);
  return `${prefix}/${typeof key === 'number' ? String(key).padStart(15, '0') : key}`;
}

/** "0" is the character behind "/". */
function rangeOf({ prefix }: Pick<Place<unknown>, 'prefix'>) {
  return { gte: `${prefix}/`, lt: `${prefix}0` };
}

/** A Map keeps the order of insertion, and numbers only count up: it is ordered by key for good. */
async function readRows<Row>(disk: Disk, place: Place<Row>): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for await (const row of disk.values<string, Row>({ ...rangeOf(place), valueEncoding: 'json' })) {
    rows.set(String(place.keyOf(row)), row);
  }
  return rows;
}

function rowsOf<Row>(place: Place<Row>, rows: Map<string, Row>, highestNumber: number): Rows<Row> {
  let lastNumber = highestNumber;
  return {
    all: () => rows.values(),
    find: (key) => rows.get(String(key)),
    nextNumber: () => lastNumber + 1,
    put(row) {
      const key = place.keyOf(row);
      const isNext = key === lastNumber + 1;
      return {
        onDisk: [putOf(diskKey(place, row), row), ...(isNext ? [putOf(place.lastNumberKey, key)] : [])],
        inMemory() {
          rows.set(String(key), row);
          if (isNext) lastNumber = key;
        },
      };
    },
    remove: (row) => ({
      onDisk: [{ type: 'del', key: diskKey(place, row) }],
      inMemory: () => void rows.delete(String(place.keyOf(row))),
    }),
  };
}

function queue(): Database['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}

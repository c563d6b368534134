import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { changed } from './change.ts';
import type { Change } from './change.ts';
import type { Relation, RelationColumns } from './record.ts';

/** The table RELATIES: reads come from memory, writes go to disk first and to memory after that. */
export interface Store {
  /** All records, ordered by RELNR. */
  all(): Iterable<Relation>;
  /** One record, or undefined when there is none with this number. */
  find(number: number): Relation | undefined;
  /** Stores a new record under the next number. */
  create(columns: RelationColumns): Promise<Relation>;
  /** Changes a record; undefined when it is not there (any more). */
  update(number: number, change: Change): Promise<Relation | undefined>;
  /** Removes a record; false when it is not there (any more). */
  remove(number: number): Promise<boolean>;
  /** Waits for the writes under way and lets go of the folder. */
  close(): Promise<void>;
}

type Disk = ClassicLevel<string, unknown>;

const lastNumberKey = 'meta/last-number';
const seededKey = 'meta/seeded';
const relationKeys = { gte: 'relation/', lt: 'relation0' };
const onDisk = { sync: true };

/**
 * Opens the folder, fills it when it was never (or not completely) filled, and reads it into memory.
 *
 * @param folder made when it does not exist
 * @param seed gives the records for a folder that is not filled
 * @throws Error with a sentence for the user when the folder is in use or cannot be opened
 */
export async function openStore(folder: string, seed: () => Relation[]): Promise<Store> {
  const disk = await openDisk(folder);
  if ((await disk.get(seededKey)) === undefined) await fill(disk, seed());
  return storeOn(disk, await readRelations(disk), Number(await disk.get(lastNumberKey)));
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

/** The mark goes in with the last write, so that a folder without it is one that has to be filled again. */
async function fill(disk: Disk, relations: Relation[]): Promise<void> {
  await disk.clear(relationKeys);
  const lastNumber = Math.max(...relations.map((relation) => relation.RELNR));
  await disk.batch(
    [
      ...relations.map((relation) => putOf(keyOf(relation.RELNR), relation)),
      putOf(lastNumberKey, lastNumber),
      putOf(seededKey, true),
    ],
    onDisk,
  );
}

function putOf(key: string, value: unknown) {
  return { type: 'put', key, value } as const;
}

/** Padded, because the disk orders its keys as text. */
function keyOf(number: number): string {
  return `relation/${String(number).padStart(15, '0')}`;
}

/** A Map keeps the order of insertion, and numbers only count up: it is ordered by RELNR for good. */
async function readRelations(disk: Disk): Promise<Map<number, Relation>> {
  const relations = new Map<number, Relation>();
  for await (const relation of disk.values<string, Relation>({ ...relationKeys, valueEncoding: 'json' })) {
    relations.set(relation.RELNR, relation);
  }
  return relations;
}

function storeOn(disk: Disk, relations: Map<number, Relation>, highestNumber: number): Store {
  let lastNumber = highestNumber;
  const oneByOne = queue();

  return {
    all: () => relations.values(),
    find: (number) => relations.get(number),
    create: (columns) =>
      oneByOne(async () => {
        const relation: Relation = { ...columns, RELNR: lastNumber + 1, MUTNR: 1 };
        const puts = [putOf(keyOf(relation.RELNR), relation), putOf(lastNumberKey, relation.RELNR)];
        await disk.batch(puts, onDisk);
        lastNumber = relation.RELNR;
        relations.set(relation.RELNR, relation);
        return relation;
      }),
    update: (number, change) =>
      oneByOne(async () => {
        const before = relations.get(number);
        if (before === undefined) return undefined;
        const after: Relation = { ...changed(before, change), MUTNR: before.MUTNR + 1 };
        await disk.put(keyOf(number), after, onDisk);
        relations.set(number, after);
        return after;
      }),
    remove: (number) =>
      oneByOne(async () => {
        if (!relations.has(number)) return false;
        await disk.del(keyOf(number), onDisk);
        return relations.delete(number);
      }),
    close: () => oneByOne(() => disk.close()),
  };
}

/** Runs jobs one after another: a change reads what it changes, and no number may be given out twice. */
function queue(): <Result>(job: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}

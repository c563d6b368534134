import { changed } from './change.ts';
import type { Change } from './change.ts';
import { openDatabase } from './database.ts';
import type { Place } from './database.ts';
import type { Relation, RelationColumns } from './record.ts';
import { openTables } from './tables/table.ts';
import type { Tables } from './tables/table.ts';

/** The table RELATIES and the others: reads come from memory, writes go to disk first and to memory after that. */
export interface Store {
  /** All relations, ordered by RELNR. */
  all(): Iterable<Relation>;
  /** One relation, or undefined when there is none with this number. */
  find(number: number | string): Relation | undefined;
  /** Stores a new relation under the next number. */
  create(columns: RelationColumns): Promise<Relation>;
  /** Changes a relation; undefined when it is not there (any more). */
  update(number: number, change: Change): Promise<Relation | undefined>;
  /** Removes a relation; false when it is not there (any more). */
  remove(number: number): Promise<boolean>;
  /** All tables but RELATIES. */
  readonly tables: Tables;
  /** Waits for the writes under way and lets go of the folder. */
  close(): Promise<void>;
}

/** Named as they were when there was only one table. */
const relations: Place<Relation> = {
  prefix: 'relation',
  lastNumberKey: 'meta/last-number',
  seededKey: 'meta/seeded',
  keyOf: ({ RELNR }) => RELNR,
};

/**
 * Opens the folder, fills each table in it that was never (or not completely) filled, and reads it into memory.
 *
 * @param folder made when it does not exist
 * @param seed gives the relations for a folder that has none
 * @throws Error with a sentence for the user when the folder is in use or cannot be opened
 */
export async function openStore(folder: string, seed: () => readonly Relation[]): Promise<Store> {
  const database = await openDatabase(folder);
  const rows = await database.open(relations, seed);

  return {
    all: () => rows.all(),
    find: (number) => rows.find(number),
    create: (columns) =>
      database.inTurn(async () => {
        const relation: Relation = { ...columns, RELNR: rows.nextNumber(), MUTNR: 1 };
        await database.commit(rows.put(relation));
        return relation;
      }),
    update: (number, change) =>
      database.inTurn(async () => {
        const before = rows.find(number);
        if (before === undefined) return undefined;
        const after: Relation = { ...changed(before, change), MUTNR: before.MUTNR + 1 };
        await database.commit(rows.put(after));
        return after;
      }),
    remove: (number) =>
      database.inTurn(async () => {
        const relation = rows.find(number);
        if (relation === undefined) return false;
        await database.commit(rows.remove(relation));
        return true;
      }),
    tables: await openTables(database),
    close: () => database.close(),
  };
}

import { randomUUID } from 'node:crypto';
import { type Collection, newCollection } from '../../../src/demo/around/collection.ts';
import type { Reply } from '../../../src/demo/crm/reply.ts';
import { Refused } from './call.ts';

/** Rows in memory, oldest first, each under the id that it got here. */
export interface Table<Row> extends Collection<Row> {
  /** Makes a row under a new id. */
  add(make: (id: string) => Row): Row;
  /** The row with this id; ends the work with that answer when there is none. */
  get(id: string | undefined, missing: Reply): Row;
  /** The rows for which it is so. */
  where(isSo: (row: Row) => boolean): readonly Row[];
}

/** A table with nothing in it. `newId` gives another id each time: UUIDs, `numbers(500001)`, or keys of your own. */
export function newTable<Row>(newId: () => string = randomUUID): Table<Row> {
  const rows = newCollection<Row>();
  return {
    ...rows,
    add(make) {
      const id = newId();
      const row = make(id);
      rows.put(id, row);
      return row;
    },
    get(id = '', missing) {
      const row = rows.find(id);
      if (row === undefined) throw new Refused(missing);
      return row;
    },
    where: (isSo) => rows.rows().filter(isSo),
  };
}

/** Ids that count up. */
export function numbers(first = 1): () => string {
  let next = first;
  return () => String(next++);
}

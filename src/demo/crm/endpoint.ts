import type { Refusal } from './change.ts';
import type { ShownRow } from './record.ts';
import type { Page } from './search.ts';

/** A table as the calls under /relbeheer see it. Keys are in the notation of the path, such as "100001". */
export interface Endpoint {
  /** Its place under /relbeheer, and in capitals the name of a list in an answer: "relaties". */
  readonly name: string;
  /** What one record is called, and in capitals its name in a message: "Relatie". */
  readonly title: string;
  /** The column that has the key: "RELNR". */
  readonly key: string;
  search(query: URLSearchParams, page: Page): FoundRows;
  /** One record as it is shown, always with its MUTNR; undefined when it is not there. */
  find(key: string): ShownRow | undefined;
  /** Undefined when nobody can write in the table. */
  readonly write: Writing | undefined;
}

/** One page of what was found, and how much was found in all. */
export interface FoundRows {
  readonly total: number;
  readonly rows: readonly ShownRow[];
}

/** What changes a table. `columns` is what the caller sent, whatever that was. */
export interface Writing {
  /** Gives the number of the new record, or why it is refused. */
  create(columns: object): Promise<number | Refusal>;
  /** Gives the MUTNR after the change, or why it is refused; undefined when the record is not there. */
  update(key: string, columns: object): Promise<number | Refusal | undefined>;
  /** Gives false when the record is not there. */
  remove(key: string): Promise<boolean>;
}

import type { Column, Content } from './columns.ts';
import type { Criterion } from './criteria.ts';

/** The tables besides RELATIES: their places under /relbeheer, and their names on disk. */
export const tableNames = [
  'activiteiten',
  'deelnemers',
  'onderwerpen',
  'aanvragen',
  'betrokkenen',
  'koppelingen',
] as const;

/** The name of a table. */
export type TableName = (typeof tableNames)[number];

/** One record as it is stored, with its key and MUTNR; a column with nothing in it is not there at all. */
export type Row = Readonly<Record<string, Content>>;

/** All that there is to know about a table. */
export interface Declaration {
  /** What the system's texts call one record; in capitals its name in a message. */
  readonly title: string;
  /** The column with the key: a number that is never given out twice, or a text in a table that nobody writes in. */
  readonly key: string;
  /** The columns that a caller can fill, in the order in which the system prints them. */
  readonly columns: Readonly<Record<string, Column>>;
  /** The columns that the system's error texts quote. */
  readonly quoted: readonly string[];
  /** The search parameters; any other one is ignored. */
  readonly search: Readonly<Record<string, Criterion>>;
  /** The columns elsewhere with the key of this table, whose records go when a record goes. */
  readonly cascades: readonly { readonly table: TableName; readonly column: string }[];
  readonly readOnly: boolean;
  /** The records to start with, ordered by key. */
  readonly seed: () => readonly Row[];
}

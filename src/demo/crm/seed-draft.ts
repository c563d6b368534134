import type { Random } from './random.ts';
import type { RelationColumns } from './record.ts';

/** What the ordinary columns of a record are made from. */
export interface Ingredients {
  readonly random: Random;
  /** Which record this is, from 0: keeps numbers and addresses unique. */
  readonly index: number;
  /** Gives the next citizen number that was not used yet. */
  readonly nextBsn: () => string;
  /** Gives the next fiscal number that was not used yet. */
  readonly nextRsin: () => string;
}

/** Columns under construction: `undefined` is nothing. */
export type Draft = { [Column in keyof RelationColumns]?: RelationColumns[Column] | undefined };

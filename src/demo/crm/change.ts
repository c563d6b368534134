import { nameOf, textColumns } from './record.ts';
import type { Relation, RelationColumns, TextColumn } from './record.ts';

/** What a caller wants changed: per column the new text, or undefined to empty the column. */
export type Change = ReadonlyMap<TextColumn | 'HNDNM', string | readonly string[] | undefined>;

/** Why a record is refused, in the words of the system itself: these quote the customer's particulars. */
export interface Refusal {
  readonly code: string;
  readonly text: string;
}

const longestCustomerNumber = 8;

/**
 * Takes the columns out of what a caller sent. Unknown columns, RELNR, MUTNR and values that are neither text,
 * number nor boolean are dropped silently; null and "" empty a column. Blanks around a text are not kept.
 *
 * @param input the value of "RELATIE" in the body
 */
export function readChange(input: object): Change {
  const given = new Map<string, unknown>(Object.entries(input));
  const change = new Map<TextColumn | 'HNDNM', string | readonly string[] | undefined>();
  for (const column of textColumns) {
    const value = given.get(column);
    if (isPlain(value)) change.set(column, textOf(value));
  }
  const tradeNames = given.get('HNDNM');
  if (isPlain(tradeNames) || Array.isArray(tradeNames)) change.set('HNDNM', tradeNamesOf(tradeNames));
  return change;
}

/** Whether a value from JSON can be the content of a column. */
export function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The text that a value is stored as, without blanks around it; undefined when nothing is left. */
export function textOf(value: string | number | boolean | null): string | undefined {
  return String(value ?? '').trim() || undefined;
}

function tradeNamesOf(value: unknown): string | readonly string[] | undefined {
  const names = [value].flat().filter(isPlain).map(textOf);
  const filled = names.filter((name) => name !== undefined);
  return filled.length > 1 ? filled : filled[0];
}

/** The columns as they are after a change; columns that the change does not name stay what they were. */
export function changed<Columns extends RelationColumns>(columns: Columns, change: Change): Columns {
  const merged = new Map<string, unknown>(Object.entries(columns));
  for (const [column, value] of change) {
    if (value === undefined) merged.delete(column);
    else merged.set(column, value);
  }
  // Only known columns with values of their own type were set, which fromEntries cannot know.
  return Object.fromEntries(merged) as Columns;
}

/**
 * The only two checks that the system has ever had. There is none on uniqueness.
 *
 * @param columns the record as it would become
 * @returns why it is refused, or undefined when it is accepted
 */
export function refusalOf(columns: RelationColumns & Partial<Pick<Relation, 'RELNR'>>): Refusal | undefined {
  const who = `Relatie ${columns.RELNR ?? '(nieuw)'} (${nameOf(columns)}, BSN ${columns.BSNR ?? 'onbekend'})`;
  if (!['P', 'O', 'F'].includes(columns.SRT ?? 'P')) {
    return { code: 'VLD001', text: `${who} heeft een onbekende soort "${columns.SRT ?? ''}"` };
  }
  if ((columns.KLANTNR ?? '').length > longestCustomerNumber) {
    return { code: 'VLD003', text: `${who} heeft een te lang klantnummer "${columns.KLANTNR ?? ''}"` };
  }
  return undefined;
}

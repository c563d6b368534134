import { isPlain, textOf } from '../change.ts';
import type { Refusal } from '../change.ts';
import { emptyValue } from '../record.ts';
import type { ShownRow } from '../record.ts';
import type { Column, Content, Exists } from './columns.ts';
import type { Declaration, Row } from './declaration.ts';

type Columns = Declaration['columns'];

/**
 * A record as it is after a change. Unknown columns and values that do not fit are dropped silently; null and ""
 * empty a column, and columns that are not named stay what they were.
 *
 * @param before {} for a new record
 * @param input what the caller sent
 */
export function changedRow(columns: Columns, before: Row, input: object): Row {
  const given = new Map<string, unknown>(Object.entries(input));
  const merged = new Map(Object.entries(before));
  for (const [name, column] of Object.entries(columns)) {
    const value = given.get(name);
    if (!isPlain(value)) continue;
    const text = textOf(value);
    if (text === undefined) merged.delete(name);
    else if (fits(column, text)) merged.set(name, contentOf(column, text));
  }
  return Object.fromEntries(merged);
}

function fits({ holds }: Column, text: string): boolean {
  return holds === 'text' || /^\d{1,15}$/.test(text);
}

function contentOf({ holds }: Column, text: string): Content {
  return holds === 'text' ? text : Number(text);
}

/**
 * Checks a record as it would become, column by column.
 *
 * @returns why it is refused, in a text that quotes its particulars; undefined when it is accepted
 */
export function refusalOf(declaration: Declaration, row: Row, exists: Exists): Refusal | undefined {
  for (const [name, column] of Object.entries(declaration.columns)) {
    const refusal = column.refusal(row[name], name, exists);
    if (refusal) return { code: refusal.code, text: `${nameOf(declaration, row)} ${refusal.text}` };
  }
  return undefined;
}

/** What the system's error texts call a record: "Deelnemer (nieuw) (RELNR 100001)". */
function nameOf({ title, key, quoted }: Declaration, row: Row): string {
  const particulars = quoted.flatMap((column) =>
    row[column] === undefined ? [] : `${column} ${row[column]}`,
  );
  return `${title} ${row[key] ?? '(nieuw)'} (${particulars.join(', ') || '?'})`;
}

/** What the system shows of a record: an empty column is "", null or missing by turns, as in RELATIES. */
export function showRow({ key, columns }: Declaration, row: Row): ShownRow {
  const shown: Record<string, Content | null> = { [key]: row[key] ?? null, MUTNR: row.MUTNR ?? null };
  const number = Number(row[key]) || 0;
  Object.keys(columns).forEach((column, position) => {
    const value = row[column] ?? emptyValue(number + position);
    if (value !== undefined) shown[column] = value;
  });
  return shown;
}

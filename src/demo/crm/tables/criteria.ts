import type { Row } from './declaration.ts';

/**
 * Turns a search parameter into a test on records.
 *
 * @param parameter its name, mostly the name of a column as well
 * @param wanted its value, never ""
 */
export type Criterion = (parameter: string, wanted: string) => (row: Row) => boolean;

/** The column is exactly this. */
export const equals: Criterion = (column, wanted) => (row) => row[column] === wanted;

/** The column is this in any case. */
export const equalsAnyCase: Criterion = (column, wanted) => {
  const wantedForm = wanted.toLowerCase();
  return (row) => String(row[column] ?? '').toLowerCase() === wantedForm;
};

/** The column is one of these numbers, such as `1,2,3`. */
export const anyNumber: Criterion = (column, wanted) => {
  const numbers = new Set(
    wanted
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );
  return (row) => numbers.has(String(row[column] ?? ''));
};

/** The column begins with this when it ends in `*`, and is exactly this when it does not. */
export const equalsOrStart: Criterion = (column, wanted) => {
  if (!wanted.endsWith('*')) return equals(column, wanted);
  const start = wanted.slice(0, -1);
  return (row) => row[column] !== undefined && String(row[column]).startsWith(start);
};

/** `*` finds the records in which one of the columns is filled; anything else is up to the other criterion. */
export function starOr(columns: readonly string[], other: Criterion): Criterion {
  return (parameter, wanted) =>
    wanted === '*' ? (row) => columns.some((column) => row[column] !== undefined) : other(parameter, wanted);
}

/** The column is this or later, compared as text. */
export function from(column: string): Criterion {
  return (_, wanted) => (row) => row[column] !== undefined && String(row[column]) >= wanted;
}

/** The column is this or earlier, compared as text. */
export function until(column: string): Criterion {
  return (_, wanted) => (row) => row[column] !== undefined && String(row[column]) <= wanted;
}

/** The column has a line `DOC <url>` with this url, or with one that begins so when it ends in `*`. */
export function documentIn(column: string): Criterion {
  return (_, wanted) => (row) => {
    const documents = documentsIn(String(row[column] ?? ''));
    if (!wanted.endsWith('*')) return documents.includes(wanted);
    return documents.some((document) => document.startsWith(wanted.slice(0, -1)));
  };
}

function documentsIn(notes: string): string[] {
  return notes.split('\n').flatMap((line) => /^DOC (\S+)\s*$/.exec(line)?.[1] ?? []);
}

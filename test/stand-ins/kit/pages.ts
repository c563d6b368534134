import { randomUUID } from 'node:crypto';
import type { StandInCall } from './call.ts';

/** A page with a number, and whether there are others beside it. */
export interface NumberedPage<Row> {
  readonly rows: readonly Row[];
  readonly count: number;
  /** How many pages there are; 1 for none at all. */
  readonly pages: number;
  readonly next: number | undefined;
  readonly previous: number | undefined;
}

/** One page of a list; undefined for one that is not there. The first one always is. */
export function numberedPage<Row>(
  rows: readonly Row[],
  page: number,
  size: number,
): NumberedPage<Row> | undefined {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  if (!Number.isInteger(page) || page < 1 || page > pages) return undefined;
  return {
    rows: rows.slice((page - 1) * size, page * size),
    count: rows.length,
    pages,
    next: page < pages ? page + 1 : undefined,
    previous: page > 1 ? page - 1 : undefined,
  };
}

/**
 * `{ count, next, previous, results }`, with links that repeat the question.
 *
 * @param root the stand-in's own URL
 */
export function envelope<Row>(page: NumberedPage<Row>, root: string, { path, query }: StandInCall) {
  const link = (number: number | undefined) => {
    if (number === undefined) return null;
    const url = new URL(`${root}${path}?${query.toString()}`);
    url.searchParams.set('page', String(number));
    return url.href;
  };
  return { count: page.count, next: link(page.next), previous: link(page.previous), results: page.rows };
}

/** A stretch of a list, and the name under which the rest can be had. */
export interface CursorPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | undefined;
}

/** Lists of which the next page has a name that nobody can guess. What was found stays as it was. */
export interface Cursors<Row> {
  first(rows: readonly Row[], size: number): CursorPage<Row>;
  /** Undefined for a name that was never given. */
  follow(cursor: string): CursorPage<Row> | undefined;
}

/** Remembers what is left of each list. */
export function newCursors<Row>(): Cursors<Row> {
  const left = new Map<string, { readonly rows: readonly Row[]; readonly size: number }>();
  const first = (rows: readonly Row[], size: number): CursorPage<Row> => {
    if (rows.length <= size) return { rows, next: undefined };
    const next = randomUUID();
    left.set(next, { rows: rows.slice(size), size });
    return { rows: rows.slice(0, size), next };
  };
  return {
    first,
    follow(cursor) {
      const rest = left.get(cursor);
      return rest && first(rest.rows, rest.size);
    },
  };
}

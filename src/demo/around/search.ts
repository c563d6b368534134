import type { Row } from './collection.ts';

/** A search in a table: which rows, and which part of them. */
export interface Search {
  readonly offset: number;
  readonly limit: number;
  readonly matches: (row: Row) => boolean;
}

const usualLimit = 50;
const highestLimit = 200;
const filled = '-filled';

/**
 * Reads `offset`, `limit`, and any further parameter as a filter on the field of that name: `town=Delft` takes the
 * rows with this text, `town=Delft,Gouda` those with one of these, `town-filled=true` those with any text at all.
 * In a field that holds a list, one of the items has to match.
 *
 * @returns what is wrong, as a sentence, when the parameters make no sense
 */
export function readSearch(query: URLSearchParams): Search | string {
  const offset = numberOf(query.get('offset') ?? '0');
  const limit = numberOf(query.get('limit') ?? String(usualLimit));
  if (offset === undefined) return 'offset has to be a number from 0.';
  if (limit === undefined || limit < 1 || limit > highestLimit) {
    return `limit has to be a number from 1 to ${highestLimit}.`;
  }
  const filters = [...query].filter(([name]) => name !== 'offset' && name !== 'limit');
  const senseless = filters.find(([name, value]) => name.endsWith(filled) && value !== 'true');
  if (senseless !== undefined) return `${senseless[0]} can only be true.`;
  const tests = filters.map(([name, value]) => testOf(name, value));
  return { offset, limit, matches: (row) => tests.every((test) => test(row)) };
}

function numberOf(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function testOf(name: string, value: string): (row: Row) => boolean {
  if (name.endsWith(filled))
    return (row) => textsIn(row, name.slice(0, -filled.length)).some((text) => text !== '');
  // The whole as well, because a value may have a comma in itself.
  const wanted = new Set([value, ...value.split(',')]);
  return (row) => textsIn(row, name).some((text) => wanted.has(text));
}

/** A field as text: none when it is missing or null, and one for each item of a list. */
function textsIn(row: Row, name: string): string[] {
  const values: readonly unknown[] = Object.hasOwn(row, name) ? [row[name]].flat() : [];
  return values
    .filter((value) => value !== undefined && value !== null)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
}

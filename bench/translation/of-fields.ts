import type { JsonObject } from '../../src/json.ts';
import type { Translation } from './measure.ts';

/** One field of each kind that mapping sets have most of: by its place, what it is in JSONata. */
const kinds: readonly ((column: string) => string)[] = [
  (column) => column,
  (column) => `${column} ?: $settings.nothing`,
  (column) => `$decode("table", ${column})`,
  (column) => `${column} and $not($contains(${column}, /\\s/)) ? "https://" & ${column} : ${column}`,
  (column) => `{ "inner": ${column} }`,
];

/** A translation of a record of so many columns into as many fields. */
export function translationOf(fields: number): Translation {
  const columns = Array.from({ length: fields }, (_, place) => `COLUMN${place}`);
  const lines = columns.map((column, place) => {
    const kind = kinds[place % kinds.length];
    if (!kind) throw new Error('There are no kinds of fields.');
    return `"field${place}": ${kind(column)}`;
  });
  const record: JsonObject = Object.fromEntries(columns.map((column, place) => [column, `value ${place}`]));
  return {
    name: `${fields} fields`,
    file: `fields-${fields}.jsonata`,
    source: `{ ${lines.join(', ')} }`,
    settings: { nothing: 'nothing' },
    codes: { table: { 'value 2': 'the second', 'value 7': 'the seventh' } },
    record,
  };
}

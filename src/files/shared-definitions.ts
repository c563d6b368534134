import { isObject } from '../json.ts';
import type { JsonSchema } from './editor-schema.ts';

/** A piece smaller than this is as easily read twice as looked up. */
const leastLength = 200;

/**
 * A schema in which what stands there several times is a definition of its own, so that a file of it stays small.
 *
 * @param schema plain JSON; pieces that are the same are found by what they say
 */
export function withSharedDefinitions(schema: JsonSchema): JsonSchema {
  const given = JSON.parse(JSON.stringify(schema)) as JsonSchema;
  const counts = new Map<string, number>();
  countPieces(given, counts);
  const definitions = new Map<string, { readonly name: string; schema: unknown }>();

  const shared = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => shared(item, key));
    if (!isObject(value)) return value;
    const text = JSON.stringify(value);
    if (!isPiece(value, text) || (counts.get(text) ?? 0) < 2) return eachOf(value);
    const known = definitions.get(text) ?? define(text, key);
    if (known.schema === undefined) {
      known.schema = {};
      known.schema = eachOf(value);
    }
    return { $ref: `#/definitions/${known.name}` };
  };
  const eachOf = (value: object): JsonSchema =>
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shared(inner, key)]));
  const define = (text: string, key: string) => {
    const taken = [...definitions.values()].filter(({ name }) => name.startsWith(`shared-${key}-`)).length;
    const definition = { name: `shared-${key.replace(/[^\w-]/g, '')}-${taken + 1}`, schema: undefined };
    definitions.set(text, definition);
    return definition;
  };

  const whole = eachOf(given);
  const own = isObject(whole.definitions) ? whole.definitions : {};
  const found = [...definitions.values()].map(({ name, schema: piece }) => [name, piece] as const);
  return { ...whole, definitions: { ...own, ...Object.fromEntries(found) } };
}

function countPieces(value: unknown, counts: Map<string, number>): void {
  if (typeof value !== 'object' || value === null) return;
  const text = JSON.stringify(value);
  if (!Array.isArray(value) && isPiece(value, text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const inner of Object.values(value)) countPieces(inner, counts);
}

/** A schema, not a section of names: something that says of what type it is, or what it can be. */
function isPiece(value: object, text: string): boolean {
  const saysWhat =
    ('type' in value && typeof value.type === 'string') || ('anyOf' in value && Array.isArray(value.anyOf));
  return saysWhat && text.length >= leastLength;
}

import { namesIn } from './dotted-path.ts';

/** Any value that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object: a body, a record of a CRM, a representation of a resource. */
export interface JsonObject {
  [key: string]: Json;
}

/** Tells a JSON object from every other value (arrays and null included). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Follows a dotted path (`FOUT.CODE`, `list."@odata.count"`) into a value; a number is a place in a list (`error.0`, or
 * `items.-1` for the last one). Returns undefined where a step is missing: own properties only, so `constructor` finds nothing.
 */
export function valueAt(value: unknown, path: string): Json | undefined {
  return valueUnder(value, namesIn(path));
}

/** The same for the names of a path, one by one. */
export function valueUnder(value: unknown, names: readonly string[]): Json | undefined {
  let here: unknown = value;
  for (const name of names) {
    if (Array.isArray(here))
      here = /^(?:[0-9]+|-1)$/.test(name) ? (here.at(Number(name)) as unknown) : undefined;
    else if (isObject(here) && Object.hasOwn(here, name)) here = here[name];
    else return undefined;
  }
  return here as Json | undefined;
}

/** Freezes a JSON value all the way down, so that it can be shared by concurrent requests. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** A scalar as text; undefined for null, objects and lists. */
export function scalarText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../json.ts';
import { render, Unrenderable } from './render.ts';
import type { Resource } from './resource.ts';

/** What is to be written, as it would be shown: an object of which nothing is set is shown as null. */
export function shownOf(resource: Resource, merged: JsonObject): JsonObject {
  try {
    return render(resource, merged, {}).representation;
  } catch (error) {
    // A value that breaks the contract, and that the mapping set lets pass, was there before and stays.
    if (error instanceof Unrenderable) return merged;
    throw error;
  }
}

/** The fields of `other` that are otherwise in `one`, but for what is derived of others. */
export function differing({ fields }: Resource, one: JsonObject, other: JsonObject): string[] {
  return Object.keys(other).filter(
    (name) => !fields[name]?.readOnly && !isDeepStrictEqual(one[name], other[name]),
  );
}

/**
 * Where two records are not the same, as dotted names (`adres.huisnummer`); never a value. A list, and an object that only one
 * of them has, is named as a whole.
 *
 * @param names the fields to look at; those of an object in them are all looked at
 */
export function differingParts(names: readonly string[], one: object, other: object): string[] {
  return names.flatMap((name) => {
    const [here, there] = [valueIn(one, name), valueIn(other, name)];
    if (isDeepStrictEqual(here, there)) return [];
    if (!isObject(here) || !isObject(there)) return [name];
    const inner = [...new Set([...Object.keys(there), ...Object.keys(here)])];
    return differingParts(inner, here, there).map((part) => `${name}.${part}`);
  });
}

function valueIn(record: object, name: string): unknown {
  return Object.hasOwn(record, name) ? (record as Readonly<Record<string, unknown>>)[name] : undefined;
}

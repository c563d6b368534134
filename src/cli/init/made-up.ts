import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Facts } from './facts.ts';

/** A record of nobody, as the CRM would have it: with the id and the fields that were recognised, and nothing else. */
export function madeUpRecord({ id, fields }: Facts): JsonObject {
  const record: JsonObject = { [id.field]: id.madeUp };
  for (const { keys, madeUp } of fields) put(record, keys, madeUp);
  return record;
}

/** Puts a value where its keys lead, and makes what is on the way there. */
export function put(record: JsonObject, keys: readonly (string | 0)[], value: Json): void {
  let here: Json = record;
  for (const [index, key] of keys.entries()) {
    const next = keys[index + 1];
    const inner: Json = next === undefined ? value : next === 0 ? [] : {};
    here = step(here, key, inner, next === undefined);
  }
}

function step(here: Json, key: string | 0, inner: Json, isLast: boolean): Json {
  if (Array.isArray(here)) {
    const before = here[0];
    if (!isLast && typeof before === 'object' && before !== null) return before;
    here[0] = inner;
  } else if (isObject(here)) {
    const before = Object.hasOwn(here, key) ? here[key] : undefined;
    if (!isLast && typeof before === 'object' && before !== null) return before;
    here[key] = inner;
  }
  return inner;
}

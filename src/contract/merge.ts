import { isObject, type JsonObject } from '../json.ts';
import type { Fields } from './field.ts';
import { fieldsOf, type Resource } from './resource.ts';

/** What a new record begins with, before anything is laid over it. `now` is a moment. */
export function initialValues(fields: Fields, now: string): JsonObject {
  const initial = Object.entries(fields).filter(([, field]) => field.initial === 'now');
  return Object.fromEntries(initial.map(([name]) => [name, now]));
}

/** A representation in which nothing was ever supplied. */
export function unsetValues(fields: Fields): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, structuredClone(field.unset)]),
  );
}

/**
 * A representation with a change laid over it (contract section 2.0): supplied keys overwrite, omitted keys stay,
 * nested objects are merged key by key and made where there was none. Every declared key is present afterwards,
 * in declared order. Without `stored` the change is laid over an unset representation, which is a create.
 */
export function merge(resource: Resource, stored: JsonObject | undefined, change: JsonObject): JsonObject {
  const fields = fieldsOf(resource, { ...stored, ...change });
  return mergeFields(fields, stored ?? {}, change);
}

function mergeFields(fields: Fields, stored: JsonObject, change: JsonObject): JsonObject {
  const merged: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = change[name];
    const before = stored[name];
    if (field.fields !== undefined && isObject(given)) {
      merged[name] = mergeFields(field.fields, isObject(before) ? before : {}, given);
    } else {
      merged[name] = given === undefined ? (before ?? structuredClone(field.unset)) : given;
    }
  }
  return merged;
}

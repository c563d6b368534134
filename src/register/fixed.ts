import { isDeepStrictEqual } from 'node:util';
import { type Json, type JsonObject, valueAt } from '../json.ts';
import { Problem } from '../problem.ts';

/**
 * Refuses a change of what the CRM takes when a record is made, and never again. What comes to the same is no change.
 *
 * @param fixed the fields, by their dotted names
 * @throws Problem 501 naming them
 */
export function refuseFixed(fixed: readonly string[], stored: JsonObject, merged: JsonObject): void {
  const changed = fixed.filter((name) => !isDeepStrictEqual(setAt(stored, name), setAt(merged, name)));
  if (changed.length === 0) return;
  throw new Problem('NotImplemented', {
    detail: `Het achterliggende systeem kan dit niet wijzigen: ${changed.join(', ')}.`,
  });
}

/** What is not set is so in several ways: of an object that is not there, no part is. */
function setAt(representation: JsonObject, name: string): Json | undefined {
  const value = valueAt(representation, name);
  return value === null || value === '' ? undefined : value;
}

import type { Fields } from '../contract/field.ts';
import { fieldsOf, type Resource } from '../contract/resource.ts';
import type { Result } from '../gateway/perform.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Event } from '../observe/events.ts';
import type { Problem } from '../problem.ts';
import type { Stored } from '../register/record.ts';
import { type Difference, differencesBetween } from './difference.ts';
import type { Example } from './format.ts';

/** What came of a call: what the client is shown, or why not. */
export type Outcome = { readonly result: Json | undefined } | { readonly problem: Problem };

/** What the client would get, without its URL and with links as `shown` writes them. */
export function shownOf(result: Result, shown: (representation: JsonObject) => JsonObject): Json | undefined {
  const whole = ({ representation, added }: Stored): JsonObject => ({ ...shown(representation), ...added });
  switch (result.kind) {
    case 'page':
      return {
        count: result.page.count,
        results: result.page.items.map(whole),
      };
    case 'records':
      return result.items.map(whole);
    case 'record':
    case 'created':
      return whole(result.stored);
    case 'deleted':
      return undefined;
  }
}

/** What came of a call against what the example says; `events` are what the log would hold of it. */
export function differencesIn(
  outcome: Outcome,
  resource: Resource,
  { result, problem }: Example,
  events: readonly Event[],
): Difference[] {
  if ('problem' in outcome) {
    if (problem) return differencesBetween(['problem'], problem, problemShown(outcome.problem, problem));
    const expected = result === undefined ? 'no problem' : 'a result';
    const got = [JSON.stringify(problemShown(outcome.problem)), ...reasonsIn(events)].join('; ');
    return [{ path: ['result'], expected, got }];
  }
  if (problem) {
    return [{ path: ['problem'], expected: JSON.stringify(problem), got: 'no problem' }];
  }
  return differencesBetween(['result'], expectedResult(resource, result), outcome.result);
}

/** The parts of a problem that an example speaks of. */
export function problemShown(
  { status, code, invalidParams }: Problem,
  asked?: Example['problem'],
): JsonObject {
  const params = invalidParams?.map(({ name, code: paramCode }) => ({ name, code: paramCode }));
  const speaks = asked === undefined || asked.invalidParams !== undefined;
  return { status, code, ...(params && speaks ? { invalidParams: params } : {}) };
}

/** What the log would tell an author: the place in a mapping file, the field that cannot be shown. */
function reasonsIn(events: readonly Event[]): string[] {
  return events.filter(({ event }) => event !== 'afwijking').map((event) => JSON.stringify(event));
}

/** An example only says what is set: every other field is expected to be there, and unset. */
function expectedResult(resource: Resource, result: JsonObject | undefined): JsonObject | undefined {
  if (result === undefined) return undefined;
  const complete = (item: Json): Json => (isObject(item) ? completed(fieldsOf(resource, item), item) : item);
  if (!Array.isArray(result.results)) return completed(fieldsOf(resource, result), result);
  return { ...result, results: result.results.map(complete) };
}

/** Keys that the standard does not know stay, so that a misspelt one comes out as a difference. */
function completed(fields: Fields, given: JsonObject): JsonObject {
  const known = Object.entries(fields)
    .filter(([, field]) => !field.readOnly || field.inverseOf !== undefined)
    .map(([name, field]): [string, Json] => {
      const value = given[name] === undefined ? field.unset : given[name];
      return [name, field.fields && isObject(value) ? completed(field.fields, value) : value];
    });
  return { ...given, ...Object.fromEntries(known) };
}

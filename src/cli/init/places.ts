import { namesIn } from '../../dotted-path.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { comparable } from './field-names.ts';
import { isPlainKey } from './guess-fields.ts';

/** A value in an answer, and its dotted path. */
export interface Place {
  readonly path: string;
  readonly value: Json;
}

/** How deep around a list its count and its next page may be: `_links.next.href`. */
const deepest = 3;

/** What stands around a list in an answer: everything but the list itself. */
export function aroundIn(answer: Json, list: string | undefined): readonly Place[] {
  if (!isObject(answer)) return [];
  return placesIn(answer, '', deepest).filter(
    ({ path }) => path !== list && !path.startsWith(`${list ?? ''}.`),
  );
}

/** Everything in an object, down to a depth, with its dotted path; lists are not looked into. */
export function placesIn(value: JsonObject, prefix: string, depth: number): Place[] {
  return Object.entries(value).flatMap(([key, inner]): Place[] => {
    const step = stepOf(key);
    if (step === undefined) return [];
    const path = prefix === '' ? step : `${prefix}.${step}`;
    const below = isObject(inner) && depth > 1 ? placesIn(inner, path, depth - 1) : [];
    return [{ path, value: inner }, ...below];
  });
}

/** A key as a step of a path: `@odata.count` has quotes around it there. */
function stepOf(key: string): string | undefined {
  if (isPlainKey(key)) return key;
  return /^@[a-z]{1,20}\.[A-Za-z]{1,40}$/.test(key) ? `"${key}"` : undefined;
}

/**
 * The place that has one of some names, by itself or with the name of what it stands in (`next.href`); the least deep one,
 * and of those the one with the name that comes first.
 */
export function named(
  places: readonly Place[],
  names: readonly string[],
  fits: (value: Json) => boolean,
): Place | undefined {
  return places
    .map((place) => ({ place, steps: namesIn(place.path) }))
    .map(({ place, steps }) => ({ place, depth: steps.length, rank: rankAmong(names, steps) }))
    .filter(({ place, rank }) => rank >= 0 && fits(place.value))
    .sort((one, other) => one.depth - other.depth || one.rank - other.rank)[0]?.place;
}

function rankAmong(names: readonly string[], steps: readonly string[]): number {
  const [own = '', around = ''] = steps.toReversed().map(comparable);
  const rank = names.indexOf(own);
  return rank >= 0 ? rank : names.indexOf(around + own);
}

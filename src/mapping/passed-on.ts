import type { ParsedExpression } from './expression.ts';
import { absent, objectOf, type Origin, originAt, type Place } from './origin.ts';
import { type Look, originOf } from './origins.ts';

/** What must be given beside a filter for a list file to pass that filter on to the CRM. */
export interface OnlyWith {
  /** Any one of these other filters; none when no single one is enough. */
  readonly filters: readonly string[];
  /** Whether there is a request without it: one for all records. */
  readonly asksAnyway: boolean;
}

/** The filters that a list file names at all, also those that there are not. A file that takes them as a whole names all that there are. */
export function namedFilters({ result, sought }: Look, all: readonly string[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { within, name } of sought) {
    if (isOfFilters(within) && typeof name.value === 'string') named.add(name.value);
  }
  const places = placesIn(result).filter(({ root }) => root === '');
  for (const { names } of places) if (names[0] === 'filters' && names[1] !== undefined) named.add(names[1]);
  const isWhole = places.some(
    ({ names: [first, second] }) => first === undefined || (first === 'filters' && (second ?? '*') === '*'),
  );
  return isWhole ? new Set([...named, ...all]) : named;
}

/**
 * The filters that a list file does not pass on when they are the only ones that are given, each with what it takes.
 * Only where the syntax tree is certain of it.
 *
 * @param asked the filters that are looked at
 * @param all every filter that there is
 */
export function notPassedOnAlone(
  expression: ParsedExpression,
  asked: readonly string[],
  all: readonly string[],
): ReadonlyMap<string, OnlyWith> {
  const requestFor = (...given: string[]): Origin => originOf(expression, rootWith(given, all));
  return new Map(
    asked.flatMap((filter): [string, OnlyWith][] => {
      const request = requestFor(filter);
      if (has(request, filter)) return [];
      const filters = all.filter((other) => other !== filter && has(requestFor(filter, other), filter));
      return [[filter, { filters, asksAnyway: request.keys.size + placesIn(request).length > 0 }]];
    }),
  );
}

/** The input of a list file for which these filters are given, and no others. */
function rootWith(given: readonly string[], all: readonly string[]): Origin {
  const filters = all.map((name): [string, Origin] => [
    name,
    given.includes(name) ? originAt('', 'filters', name) : absent,
  ]);
  const others = ['ordering', 'offset', 'limit', 'page', 'cursor'].map((name): [string, Origin] => [
    name,
    originAt('', name),
  ]);
  return objectOf([['filters', objectOf(filters)], ...others]);
}

function isOfFilters({ is }: Origin): boolean {
  return [...is.values()].some(({ root, names }) => root === '' && names.join() === 'filters');
}

function has(request: Origin, filter: string): boolean {
  return placesIn(request).some(({ names }) => names[0] === 'filters' && names[1] === filter);
}

/** Every place that has to do with a value, or with what is in it. */
function placesIn(origin: Origin): Place[] {
  const { is, of, by, picked, keys, anyKey } = origin;
  return [
    ...[is, of, by, picked].flatMap((places) => [...places.values()]),
    ...[...keys.values(), ...(anyKey ? [anyKey] : [])].flatMap(placesIn),
  ];
}

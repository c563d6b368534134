import type { Filter } from '../../src/contract/filter.ts';
import type { Resource } from '../../src/contract/resource.ts';
import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../../src/json.ts';

/** The paths that cannot be told from the parameter's name: contract section 1.5. */
const otherPaths: Readonly<Record<string, string>> = {
  adres__woonplaatsNaam: 'adres.woonplaatsnaam',
  subjectNatuurlijkPersoon__inpA_nummer: 'subjectIdentificatie.inpANummer',
};

/** The filters on a nested subject, by what their names begin with: only klanten of that type can match. */
const subjectTypes: Readonly<Record<string, string>> = {
  subjectNatuurlijkPersoon: 'natuurlijk_persoon',
  subjectNietNatuurlijkPersoon: 'niet_natuurlijk_persoon',
  subjectVestiging: 'vestiging',
};

/** The base URLs of the gateways of the specs; the scheme of a link is ignored (contract section 1.5). */
const ourHosts = new Set(['klantbrug.test', 'intern.test:8080']);

const operators: Readonly<Record<string, (stored: bigint, wanted: bigint) => boolean>> = {
  gt: (stored, wanted) => stored > wanted,
  gte: (stored, wanted) => stored >= wanted,
  lt: (stored, wanted) => stored < wanted,
  lte: (stored, wanted) => stored <= wanted,
};

/** Whether a filter is about a moment; `registratiedatum__gt` is. */
export function isMoment(name: string): boolean {
  return name.startsWith('registratiedatum');
}

/**
 * What a record has where a filter looks, worked out from the filter's name and not from its declaration; undefined
 * when a record of its type has no such field.
 */
export function comparedIn(name: string, record: JsonObject): Json | undefined {
  const [first = '', last = ''] = name.split('__');
  if (isMoment(name)) return record.registratiedatum;
  const subjectType = subjectTypes[first];
  if (subjectType === undefined) return valueAt(record, otherPaths[name] ?? name.replace('__', '.'));
  if (record.subjectType !== subjectType) return undefined;
  return valueAt(record, otherPaths[name] ?? `subjectIdentificatie.${last}`);
}

/** Whether a record should be in a list with this filter: contract section 1.5, written once more. */
export function isWanted(name: string, filter: Filter, given: string, record: JsonObject): boolean {
  const wanted = given.trim();
  const stored = comparedIn(name, record);
  if (wanted === '') return true;
  if (typeof stored !== 'string') return false;
  if (isMoment(name)) {
    const compare = operators[name.split('__')[1] ?? ''] ?? ((one, other) => one === other);
    return compare(microsecondsOf(stored), microsecondsOf(wanted));
  }
  if (name === 'informatieobject') return stored.split('?')[0] === wanted.split('?')[0];
  return filter.link ? placeOf(stored) === placeOf(wanted) : stored === wanted;
}

/** One text for all ways to write the URL of a resource of ours; every other URL as it is. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return ourHosts.has(host) ? pathname.toLowerCase() : url;
}

/** Since 1970; a JavaScript date would lose the last three digits. Without a zone it is UTC. */
export function microsecondsOf(moment: string): bigint {
  const [, seconds = '', fraction = '', zone = ''] = /^([^.Z+]{19})(?:\.(\d+))?(.*)$/.exec(moment) ?? [];
  return BigInt(Date.parse(`${seconds}${zone || 'Z'}`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

/** A word of `ordering`, with a minus for the other way round: which of two records comes first, or 0. */
export function orderBy(
  { ordering = {} }: Resource,
  word: string,
): (one: JsonObject, other: JsonObject) => number {
  const sign = word.startsWith('-') ? -1 : 1;
  const field = ordering[word.replace('-', '')] ?? '';
  return (one, other) => {
    const [left, right] = [sortable(field, one), sortable(field, other)];
    return left === right ? 0 : left < right ? -sign : sign;
  };
}

function sortable(field: string, record: JsonObject): string | bigint {
  const value = record[field];
  if (isMoment(field)) return microsecondsOf(scalarText(value) ?? '');
  if (Array.isArray(value)) return value.map((one) => scalarText(one) ?? '').join(' ');
  return isObject(value) ? 'there' : (scalarText(value) ?? '');
}

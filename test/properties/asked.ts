import fc from 'fast-check';
import type { Link } from '../../src/contract/links.ts';
import type { Resource } from '../../src/contract/resource.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { comparedIn, isMoment, microsecondsOf } from './wanted.ts';

/** One query of a list: its filters, and what it is ordered by. */
export interface Asked {
  readonly filters: readonly (readonly [name: string, value: string])[];
  readonly ordering: readonly string[];
}

/** A filter, whose value is taken from the record at `from`, and then changed in the way that has this number. */
const choice = (names: readonly string[]) =>
  fc.record({
    name: fc.constantFrom(...names),
    /** None: from the record that the whole query is about, so that there is something that passes all filters. */
    from: fc.option(fc.nat(), { freq: 5 }),
    /** None: the value as it is. */
    change: fc.option(fc.nat(), { freq: 3 }),
  });

/** Queries of one to three filters, with values that records have and values that look like them. */
export function askedOf(resource: Resource, records: readonly JsonObject[]): fc.Arbitrary<Asked> {
  const names = Object.keys(resource.filters);
  const words = Object.keys(resource.ordering ?? {}).flatMap((word) => [word, `-${word}`]);
  return fc
    .record({
      about: fc.nat(),
      choices: fc.uniqueArray(choice(names), { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
      ordering: words.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...words), { maxLength: 2 }),
    })
    .map(({ about, choices, ordering }) => ({
      ordering,
      filters: choices.flatMap(({ name, from, change }): [string, string][] => {
        const value = valueOf(name, records, from ?? about);
        if (value === undefined) return [];
        const others = likenessesOf(resource, name, value, records);
        return [[name, change === null ? value : (others[change % others.length] ?? value)]];
      }),
    }));
}

/** The value that a filter would look for to find a record: the one at `from`, or the next that has any. */
function valueOf(name: string, records: readonly JsonObject[], from: number): string | undefined {
  for (const index of records.keys()) {
    const value = comparedIn(name, records[(from + index) % records.length] ?? {});
    if (isGiven(value) && !isWrongRsin(name, value)) return value;
  }
  return undefined;
}

/** A CRM holds RSINs that clients may not ask for: their number fails the elfproef. */
function isWrongRsin(name: string, value: string): boolean {
  return name === 'bronorganisatie' && !organisations.includes(value);
}

const organisations = ['123456782', '950428139', '314273268'];

/** Values like this one, that may be asked for: other spellings of it, and others that a CRM may take for it. */
function likenessesOf(
  resource: Resource,
  name: string,
  value: string,
  records: readonly JsonObject[],
): string[] {
  const { link, schema } = resource.filters[name] ?? {};
  if (name === 'bronorganisatie') return [...organisations, ` ${value} `];
  if (isMoment(name)) return momentsNear(value);
  if (schema?.enum) return [...schema.enum];
  if (link) {
    // A filter on a local relation refuses URLs of other resources.
    const own = link.to === resource.name ? records.slice(-5).map(({ url }) => url) : [];
    const others = records.map((record) => comparedIn(name, record)).filter(isGiven);
    return [...linksLike(link, value), ...[...own, ...others.slice(0, 5)].filter(isGiven)];
  }
  if (schema?.format === 'uri') {
    return [`${value}x`, value.slice(0, -1), value.replace(/[^/]*$/, (last) => last.toUpperCase())];
  }
  return [
    ` ${value} `,
    value.toUpperCase(),
    value.toLowerCase(),
    `${value}x`,
    value.slice(0, -1),
    value.slice(1),
    value.normalize('NFD').replace(/\p{M}/gu, ''),
    `%${value}`,
    '*',
  ];
}

/** The same link by another name of ours, and links that lead nowhere. */
function linksLike({ reach }: Link, value: string): string[] {
  const other = value.replace(/[^/]+$/, (uuid) => uuid.toUpperCase());
  if (!value.startsWith('http://klantbrug.test/')) return [`${value}x`, other];
  return [
    other,
    value.replace('http://klantbrug.test', 'http://intern.test:8080'),
    value.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000'),
    value.replace('klantbrug.test', 'elders.example'),
    ...(reach === 'local' ? [value.replace('http:', 'https:')] : []),
  ];
}

function isGiven(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

/** A microsecond earlier or later, an hour later, and the same moment as it is written elsewhere. */
function momentsNear(moment: string): string[] {
  const at = microsecondsOf(moment);
  return [
    written(at - 1n, 'Z'),
    written(at + 1n, 'Z'),
    written(at + 3_600_000_000n, 'Z'),
    written(at, ''),
    written(at, '+02:00'),
    written(at, '-05:30'),
  ];
}

function written(moment: bigint, zone: string): string {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const local = new Date(Number(moment / 1_000_000n) * 1000 + offset * 60_000).toISOString().slice(0, 19);
  return `${local}.${String(moment % 1_000_000n).padStart(6, '0')}${zone}`;
}

import { type Fields, inside } from '../contract/field.ts';
import type { MappedPart } from './set.ts';
import { type Yields, yieldsOf } from './yields.ts';

/** Where the fields of a resource come from, by their dotted paths. */
export interface Coverage {
  /** From the record of the CRM. */
  readonly mapped: readonly string[];
  /** From the mapping set itself: always, or where the record has nothing. */
  readonly defaulted: readonly string[];
  /** Looked for elsewhere: links that other records have to this one. */
  readonly lookedUp: readonly string[];
  /** From nowhere, though every record must have it: without it none can be shown. */
  readonly needed: readonly string[];
  /** From nowhere: always shown as not set. */
  readonly missing: readonly string[];
  /** The syntax tree does not tell. */
  readonly notKnown: readonly string[];
}

/** A field without parts, and what is told of it. */
type Found = readonly [field: string, where: keyof Coverage];

/** Which fields of the standard a part of a mapping set can show. Every field is in one of the lists. */
export function coverageOf({ resource, sources }: MappedPart): Coverage {
  const yields = yieldsOf(sources().from);
  const found = new Map<string, keyof Coverage>();
  for (const fields of resource.shapes.values()) {
    for (const [name, where] of foundIn(fields, yields, '')) found.set(name, where);
  }
  // An object without parts is that of another kind: its parts tell.
  const isParent = (name: string): boolean => [...found.keys()].some((other) => other.startsWith(`${name}.`));
  const only = (wanted: keyof Coverage): string[] =>
    [...found].filter(([name, where]) => where === wanted && !isParent(name)).map(([name]) => name);
  return {
    mapped: only('mapped'),
    defaulted: only('defaulted'),
    lookedUp: only('lookedUp'),
    needed: only('needed'),
    missing: only('missing'),
    notKnown: only('notKnown'),
  };
}

function foundIn(fields: Fields, yields: Yields, prefix: string): Found[] {
  return Object.entries(fields).flatMap(([name, field]): Found[] => {
    const at = inside(prefix, name);
    if (field.inverseOf !== undefined) return [[at, 'lookedUp']];
    // What the gateway fills in, such as the url.
    if (field.readOnly) return [];
    const given = yields.keys.get(name);
    if (!given && yields.open) return [[at, 'notKnown']];
    if (!given) return [[at, field.always && prefix === '' ? 'needed' : 'missing']];
    if (field.fields && (given.keys.size > 0 || given.open)) return foundIn(field.fields, given, at);
    return [[at, whereOf(given)]];
  });
}

function whereOf({ record, fixed, keys, open }: Yields): keyof Coverage {
  if (fixed) return 'defaulted';
  if (record || keys.size > 0) return 'mapped';
  return open ? 'notKnown' : 'missing';
}

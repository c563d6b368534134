import { type Json, type JsonObject, valueAt } from '../json.ts';
import type { Complaint } from '../problem.ts';
import { complain, type Reading, reasons } from './field.ts';
import type { Link } from './links.ts';
import { compareMoments, momentCheck, momentOf } from './moments.ts';
import { rsinCheck } from './numbers.ts';
import type { Schema } from './schema.ts';
import { noNul, type TextCheck, urlSyntax } from './text.ts';

/** One query parameter of a list: how its value is checked, and which representations it lets through. */
export interface Filter {
  /** The dotted path of the field that is compared. */
  readonly on: string;
  /** Only representations with this value in the discriminating field can match (`subjectVestiging__…`). */
  readonly shape?: { readonly by: string; readonly value: string };
  readonly checks: readonly TextCheck[];
  readonly schema: Schema;
  /** What the URL leads to, when that is a resource of the standard. */
  readonly link?: Link;
  /** Blank is a value, and a wrong one: the check on a local URL runs on it (contract section 1.5). */
  readonly readsBlank?: true;
  /** The value as it is compared; default: as it was given. */
  readonly normalise?: (value: string) => string;
  /** Whether a stored value passes; default: exactly the wanted one. */
  readonly matches?: (stored: Json | undefined, wanted: string) => boolean;
}

/** The filters of a list, by parameter name as the standard spells it. */
export type Filters = Readonly<Record<string, Filter>>;

/** The filters that one request gave: trimmed, checked, never blank. */
export type FilterValues = Readonly<Record<string, string>>;

/** Any text, compared exactly. */
export function onText(on: string, description: string): Filter {
  return { on, checks: [noNul], schema: { type: 'string', description } };
}

/** An RSIN: a value that fails the elfproef is refused (contract section 1.5). */
export function onRsin(on: string, description: string): Filter {
  return { on, checks: [rsinCheck], schema: { type: 'string', description } };
}

/** A web address, compared as text. */
export function onUrl(on: string, description: string): Filter {
  return { on, checks: [urlSyntax, noNul], schema: { type: 'string', format: 'uri', description } };
}

/** One of the field's own words. */
export function onChoice(on: string, words: readonly string[], description: string): Filter {
  const known: TextCheck = (value, reading) => {
    if (!words.includes(value)) complain(reading, 'invalid_choice', reasons.choice);
  };
  return { on, checks: [known], schema: { type: 'string', enum: words, description } };
}

/** How a stored moment may lie beside the wanted one. */
const orders = {
  exact: (order: number) => order === 0,
  gt: (order: number) => order > 0,
  gte: (order: number) => order >= 0,
  lt: (order: number) => order < 0,
  lte: (order: number) => order <= 0,
} as const;

/** A moment: the stored one is the same, later or earlier. */
export function onMoment(on: string, order: keyof typeof orders, description: string): Filter {
  return {
    on,
    checks: [momentCheck],
    normalise: (value) => momentOf(value) ?? value,
    matches: (stored, wanted) => typeof stored === 'string' && orders[order](compareMoments(stored, wanted)),
    schema: { type: 'string', description },
  };
}

/** A link to a resource of the same API, under any of our base URLs. */
export function onReference(on: string, to: string, description: string): Filter {
  return {
    on,
    checks: [urlSyntax],
    link: { to, reach: 'local' },
    readsBlank: true,
    schema: { type: 'string', format: 'uri', description },
  };
}

/** A web address that may lead to a resource of ours. */
export function onLinkedUrl(on: string, to: string, description: string): Filter {
  return { ...onUrl(on, description), link: { to, reach: 'anywhere' } };
}

/** A filter that only concerns one of the shapes of a discriminated field. */
export function onlyFor(by: string, value: string, filter: Filter): Filter {
  return { ...filter, shape: { by, value } };
}

/**
 * Compares a parameter's spelling: camelCase, snake_case and every mix are one name, but `__` stays what it is
 * (contract section 1.5; real clients mix them).
 */
export function spelling(name: string): string {
  return name.replace(/(?<!_)_(?!_)/g, '').toLowerCase();
}

/** The parameters of a list that is strict about them: only the standard's own spelling is known (contract section 1.5). */
export function unknownParameters(known: readonly string[], given: Iterable<string>): string[] {
  return [...new Set(given)].filter((name) => !known.includes(name));
}

/**
 * Reads a query's filters. The last of a repeated parameter wins, blank ones are ignored, unknown ones too
 * (the contract wants that for klanten and verzoeken). Bad values become complaints under the standard's name.
 */
export function readFilters(
  filters: Filters,
  query: Iterable<readonly [string, string]>,
  complaints: Complaint[],
): FilterValues {
  const bySpelling = new Map(Object.keys(filters).map((name) => [spelling(name), name]));
  const given = new Map<string, string>();
  for (const [key, value] of query) {
    const name = bySpelling.get(spelling(key));
    if (name !== undefined) given.set(name, value.trim());
  }
  const values: Record<string, string> = {};
  for (const [name, filter] of Object.entries(filters)) {
    const value = given.get(name);
    if (value === undefined || (value === '' && filter.readsBlank !== true)) continue;
    const reading: Reading = { name, complaints };
    for (const check of filter.checks) check(value, reading);
    values[name] = filter.normalise?.(value) ?? value;
  }
  return values;
}

/** Whether a representation passes every given filter: exact and case-sensitive, whatever the CRM's search does. */
export function passes(filters: Filters, values: FilterValues, representation: JsonObject): boolean {
  return Object.entries(values).every(([name, wanted]) => {
    const filter = filters[name];
    if (filter === undefined) return false;
    if (filter.shape && representation[filter.shape.by] !== filter.shape.value) return false;
    const stored = valueAt(representation, filter.on);
    return filter.matches?.(stored, wanted) ?? stored === wanted;
  });
}

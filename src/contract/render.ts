import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Complaint } from '../problem.ts';
import { type Field, type Fields, inside } from './field.ts';
import { fieldsOf, type Resource } from './resource.ts';

/**
 * What happens to a value that a CRM holds beyond the contract: shown as it is, shown as not set, or the whole
 * record is refused.
 */
export const deviationPolicies = ['pass', 'blank', 'refuse'] as const;

export type DeviationPolicy = (typeof deviationPolicies)[number];

/** The policy per dotted field path; `blank` where nothing is said. A field that always has a value can never be blank. */
export type Policies = Readonly<Record<string, DeviationPolicy>>;

/** That a CRM's value broke the contract, and what was done: the field's path, never the value. */
export interface Deviation {
  readonly field: string;
  readonly code: string;
  readonly policy: DeviationPolicy;
}

/** A mapped record turned into exactly what the declaration promises. */
export interface Rendered {
  readonly representation: JsonObject;
  readonly deviations: readonly Deviation[];
}

/** A record that cannot be shown: a required field is missing or wrong, or a policy says `refuse`. */
export class Unrenderable extends Error {
  override readonly name = 'Unrenderable';
  readonly field: string;
  readonly code: string;
  /** Whether a policy says so: then no object around the field is left out instead. */
  readonly stated: boolean;

  constructor(field: string, code: string, stated = false) {
    super(`the field ${field} cannot be shown (${code})`);
    this.field = field;
    this.code = code;
    this.stated = stated;
  }
}

/**
 * Turns what a mapping made of a CRM record into a representation: all declared keys in declared order, absent
 * text as "", a single value as a list where the contract has a list, and every value checked by the same field
 * that reads input. Values that fail follow the policy of their field.
 *
 * @throws Unrenderable when the record cannot be shown at all
 */
export function render(resource: Resource, mapped: unknown, policies: Policies): Rendered {
  if (!isObject(mapped)) throw new Unrenderable(resource.name, 'not_an_object');
  const work: Work = { policies, deviations: [] };
  const shaped = withDiscriminator(resource, mapped, work);
  return {
    representation: renderFields(preparedOf(fieldsOf(resource, shaped)), shaped, work),
    deviations: work.deviations,
  };
}

/** The discriminator is rendered first: it decides which other fields there are. */
function withDiscriminator(resource: Resource, mapped: JsonObject, work: Work): JsonObject {
  const by = resource.variant?.by;
  const field = by === undefined ? undefined : resource.fields[by];
  return by === undefined || field === undefined
    ? mapped
    : { ...mapped, [by]: renderPlain(field, mapped[by], by, work) };
}

interface Work {
  readonly policies: Policies;
  readonly deviations: Deviation[];
}

/** A field that is shown, with what does not depend on the record. */
interface Prepared {
  readonly name: string;
  /** Its dotted path. */
  readonly at: string;
  readonly field: Field;
  /** What is in it, of an object. */
  readonly inner: readonly Prepared[] | undefined;
}

const preparedFields = new WeakMap<Fields, readonly Prepared[]>();

function preparedOf(fields: Fields): readonly Prepared[] {
  const known = preparedFields.get(fields);
  if (known) return known;
  const prepared = prepare(fields, '');
  preparedFields.set(fields, prepared);
  return prepared;
}

function prepare(fields: Fields, path: string): readonly Prepared[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    // A derived link has its place among the others; `url` depends on who asks.
    if (field.readOnly && field.inverseOf === undefined) return [];
    const at = inside(path, name);
    return [{ name, at, field, inner: field.fields && prepare(field.fields, at) }];
  });
}

function renderFields(fields: readonly Prepared[], mapped: JsonObject, work: Work): JsonObject {
  const result: JsonObject = {};
  for (const { name, at, field, inner } of fields) {
    // No field has the name of something that every object has.
    const value = mapped[name];
    result[name] = inner ? renderNested(field, inner, value, at, work) : renderPlain(field, value, at, work);
  }
  return result;
}

/** An object of which nothing is set is shown as null: a CRM's empty columns are no address. */
function renderNested(
  field: Field,
  inner: readonly Prepared[],
  value: Json | undefined,
  at: string,
  work: Work,
): Json {
  if (!isObject(value)) {
    return isNothing(value) ? field.unset : deviate(field, value, at, 'invalid', work);
  }
  if (!holdsAnything(value)) return field.unset;
  try {
    const shown = renderFields(inner, value, work);
    // What was in it may all have been blanked.
    return holdsAnything(shown) ? shown : field.unset;
  } catch (error) {
    // An object without a part that it requires is no such object: not shown, unless the author said otherwise.
    if (!(error instanceof Unrenderable) || error.stated) throw error;
    return deviate(field, value, error.field, error.code, work, at);
  }
}

function renderPlain(field: Field, value: Json | undefined, at: string, work: Work): Json {
  if (isNothing(value)) return field.always ? deviate(field, '', at, 'required', work) : field.unset;
  const given = field.list && !Array.isArray(value) ? [value] : value;
  const complaints: Complaint[] = [];
  const read = field.read(given, { name: at, complaints });
  const [first] = complaints;
  return first === undefined ? (read ?? field.unset) : deviate(field, given, at, first.code, work);
}

function deviate(field: Field, value: Json, at: string, code: string, work: Work, policyOf = at): Json {
  const stated = work.policies[at] ?? work.policies[policyOf];
  const policy = field.always && stated !== 'pass' ? 'refuse' : (stated ?? 'blank');
  if (policy === 'refuse') throw new Unrenderable(at, code, stated === 'refuse');
  work.deviations.push({ field: at, code, policy });
  return policy === 'pass' ? value : field.unset;
}

/** The three ways in which CRMs say that a column is empty, and blanks, which are what is left of a fourth. */
function isNothing(value: Json | undefined): value is undefined | null | '' {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function holdsAnything(value: Json | undefined): boolean {
  if (isNothing(value)) return false;
  if (typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.some(holdsAnything);
  for (const name in value) if (holdsAnything(value[name])) return true;
  return false;
}

import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Complaint } from '../problem.ts';
import type { Link } from './links.ts';
import type { Schema } from './schema.ts';

/** Where a value is being read: its JSON path for complaints, and the list that complaints go to. */
export interface Reading {
  readonly name: string;
  readonly complaints: Complaint[];
}

/**
 * One field of a resource: how input becomes a value, what an unset one shows, and its JSON Schema.
 *
 * We have types of our own because the contract's validation is not JSON Schema's: text is trimmed, numbers are
 * taken as text, blank and null are told apart, one value can earn two codes (docs/adr/0002).
 */
export interface Field<Value extends Json = Json> {
  /** Must be in the body of a create and an update; a partial update never requires a top-level field. */
  readonly required: boolean;
  /** Has a value in every answer: a record of the CRM that has none cannot be shown. */
  readonly always: boolean;
  /** Set by the gateway; ignored in a body. */
  readonly readOnly: boolean;
  /** Once it has a value, that value stays (contract section 3.5). */
  readonly immutable: boolean;
  /** What a client sees when nothing was ever supplied. */
  readonly unset: Value;
  readonly schema: Schema;
  /** The fields of a nested object, which is merged key by key; undefined for a plain value. */
  readonly fields?: Fields;
  /** The name of a nested object's schema in the OpenAPI document. */
  readonly schemaName?: string;
  /** What a URL in this field leads to, when that is a resource of the standard. */
  readonly link?: Link;
  /** A derived link: the field of the linked resource that points here. */
  readonly inverseOf?: string;
  /** The value that a create stores when the body does not say. */
  readonly initial?: 'now';
  /** Blank in a body means: generate it, or keep what is stored. */
  readonly generated?: boolean;
  /** The contract has an array here, so a mapping's single value is one item. */
  readonly list?: boolean;
  /**
   * Reads one given value (never undefined). Complaints go to `reading`; the value that is returned beside
   * complaints is only for rules of the same phase. Returns undefined where the input counts as not supplied.
   */
  read(given: Json, reading: Reading): Value | undefined;
}

/** The fields of an object, in the order in which clients see them. */
export type Fields = Readonly<Record<string, Field>>;

/** The representation that a set of fields declares: every key present. */
export type Values<F extends Fields> = {
  -readonly [Name in keyof F]: F[Name] extends Field<infer V> ? V : never;
};

/** Adds a complaint about the value being read. */
export function complain(reading: Reading, code: string, reason: string): void {
  reading.complaints.push({ name: reading.name, code, reason });
}

/** The contract's sentences, by code, where they do not depend on the value's limits. */
export const reasons = {
  required: 'Dit veld is vereist.',
  null: 'Dit veld mag niet leeg zijn.',
  blank: 'Dit veld mag niet leeg zijn.',
  nul: 'Null-tekens zijn niet toegestaan.',
  text: 'Voer een tekst in.',
  object: 'Ongeldige data. Verwacht werd een object.',
  list: 'Verwachtte een lijst van items.',
  choice: 'Dit is een ongeldige keuze.',
  integer: 'Een geldig geheel getal is vereist.',
  url: 'Voer een geldige URL in.',
  email: 'Voer een geldig e-mailadres in.',
  word: 'Gebruik alleen letters, cijfers, - en _.',
  moment: 'Voer een datum met een tijd in, zoals 2019-01-01T12:00:00Z.',
  immutable: 'Dit veld mag niet gewijzigd worden.',
} as const;

/** Properties that every kind of field may be given. */
export interface FieldOptions {
  readonly required?: boolean;
  /** Default: exactly the required fields always have a value. */
  readonly always?: boolean;
  readonly readOnly?: boolean;
  readonly immutable?: boolean;
  readonly generated?: boolean;
  readonly description?: string;
}

/** Fills in what most fields share. */
export function fieldBasis(
  options: FieldOptions,
): Pick<Field, 'required' | 'always' | 'readOnly' | 'immutable' | 'generated'> {
  return {
    required: options.required ?? false,
    always: options.always ?? options.required ?? false,
    readOnly: options.readOnly ?? false,
    immutable: options.immutable ?? false,
    generated: options.generated ?? false,
  };
}

/** The schema keywords that come from the options alone. */
export function schemaBasis(options: FieldOptions): Schema {
  return {
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.readOnly === true ? { readOnly: true } : {}),
  };
}

/** An optional object inside a resource. `null` and `{}` count as not supplied (contract section 2.0). */
export function nested<F extends Fields>(
  schemaName: string,
  fields: F,
  options: {
    readonly nullable?: boolean;
    readonly description?: string;
    /** What is shown when nothing is set; null where it does not say. */
    readonly unset?: Values<F> & JsonObject;
  } = {},
): Field<(Values<F> & JsonObject) | null> & { readonly schemaName: string } {
  return {
    ...fieldBasis({}),
    schemaName,
    fields,
    unset: options.unset ?? null,
    schema: objectSchema(fields, options),
    read(given, reading) {
      if (given === null) return undefined;
      const inside = readObject(fields, given, reading, { partial: false });
      // An incomplete object is merged with what is stored, so its type only holds after the merge.
      return inside && Object.keys(inside).length > 0 ? (inside as Values<F> & JsonObject) : undefined;
    },
  };
}

/** The JSON Schema of an object with these fields. */
export function objectSchema(
  fields: Fields,
  options: { readonly nullable?: boolean; readonly description?: string } = {},
): Schema {
  const required = Object.keys(fields).filter((name) => fields[name]?.required);
  return {
    ...schemaBasis(options),
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.schema])),
    ...(options.nullable === true ? { nullable: true } : {}),
  };
}

/**
 * Reads an object: the supplied fields only, in declared order. Keys are accepted in camelCase and snake_case
 * (contract section 0); unknown and read-only ones are passed over.
 * Returns undefined, with a complaint, for anything that is no object.
 */
export function readObject(
  fields: Fields,
  given: Json,
  reading: Reading,
  options: { readonly partial: boolean },
): JsonObject | undefined {
  if (!isObject(given)) {
    complain({ ...reading, name: inside(reading.name, 'nonFieldErrors') }, 'invalid', reasons.object);
    return undefined;
  }
  const result: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field.readOnly) continue;
    const at = { name: inside(reading.name, name), complaints: reading.complaints };
    const supplied = suppliedValue(given, name);
    if (supplied === undefined) {
      if (field.required && !options.partial) complain(at, 'required', reasons.required);
      continue;
    }
    const value = field.read(supplied, at);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/** The value under a field's JSON name, or else under its snake_case spelling. */
export function suppliedValue(given: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(given, name)) return given[name];
  const snake = snakeCase(name);
  return Object.hasOwn(given, snake) ? given[snake] : undefined;
}

/** `inpANummer` -> `inp_a_nummer`, `subAdresBuitenland1` -> `sub_adres_buitenland_1`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]|(?<=[a-z])[0-9]+/g, (part) => `_${part.toLowerCase()}`);
}

/** Joins a path of field names; the body itself has the empty name. */
export function inside(name: string, child: string | number): string {
  return name === '' ? String(child) : `${name}.${child}`;
}

import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Complaint } from '../problem.ts';
import { complain, type Fields, readObject, reasons, snakeCase, suppliedValue } from './field.ts';
import { fieldsOf, type Resource } from './resource.ts';

/** A body read against its declaration: the supplied, known fields, and the ones that the standard does not know. */
export interface ReadBody {
  readonly change: JsonObject;
  readonly extra: JsonObject;
  readonly complaints: readonly Complaint[];
}

/**
 * Phase 1 of contract section 3.1: every field by itself, without the variant's fields.
 * `stored` is given for an update: immutable fields are compared with it.
 */
export function readFields(
  resource: Resource,
  body: Json,
  options: { readonly partial: boolean; readonly stored?: JsonObject },
): ReadBody {
  const complaints: Complaint[] = [];
  const change = readObject(resource.fields, body, { name: '', complaints }, options) ?? {};
  if (options.stored) keepImmutable(resource.fields, options.stored, change, complaints);
  return { change, extra: isObject(body) ? unknownFields(resource, body) : {}, complaints };
}

/**
 * Phase 2: the fields of the variant, read by the shape that the merged discriminator says. `representation` is
 * the merge of phase 1. A body without the discriminator set has no variant: what it gave there is ignored.
 */
export function readVariant(resource: Resource, body: Json, representation: JsonObject): ReadBody {
  const complaints: Complaint[] = [];
  const name = resource.variant?.field;
  const field = name === undefined ? undefined : fieldsOf(resource, representation)[name];
  const given = name !== undefined && isObject(body) ? suppliedValue(body, name) : undefined;
  if (name === undefined || field === undefined || given === undefined)
    return { change: {}, extra: {}, complaints };
  const value = field.read(given, { name, complaints });
  return { change: value === undefined ? {} : { [name]: value }, extra: {}, complaints };
}

/** Once set, an immutable field stays; from not set to a value is allowed (ruling R4). */
function keepImmutable(
  fields: Fields,
  stored: JsonObject,
  change: JsonObject,
  complaints: Complaint[],
): void {
  for (const [name, field] of Object.entries(fields)) {
    const before = stored[name] ?? field.unset;
    if (!field.immutable || !(name in change) || before === field.unset) continue;
    // Blank means: keep it. What is the same is no change.
    if (field.generated && change[name] === field.unset) change[name] = before;
    if (change[name] !== before)
      complain({ name, complaints }, 'wijzigen-niet-toegelaten', reasons.immutable);
  }
}

/** What the standard does not know of a body is ignored by validation and carried along for the mapping (ruling R13). */
export function unknownFields(resource: Resource, body: JsonObject): JsonObject {
  const names = [...Object.keys(resource.fields), ...(resource.variant ? [resource.variant.field] : [])];
  const known = new Set(names.flatMap((name) => [name, snakeCase(name)]));
  return Object.fromEntries(Object.entries(body).filter(([key]) => !known.has(key)));
}

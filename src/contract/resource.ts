import type { Json, JsonObject } from '../json.ts';
import type { Rule } from '../rules/rule.ts';
import { type Fields, nested } from './field.ts';
import type { Filters } from './filter.ts';

/** What can be done with a resource, in the words of the standard's operation ids. */
export const operations = ['list', 'create', 'read', 'update', 'partial_update', 'delete'] as const;

export type Operation = (typeof operations)[number];

/** A field whose fields depend on the value of a sibling: `subjectIdentificatie` by `subjectType`. */
export interface Variant {
  readonly field: string;
  readonly by: string;
  /** The fields for each value, and the name that their schema has in the OpenAPI document. */
  readonly shapes: Readonly<Record<string, { readonly schemaName: string; readonly fields: Fields }>>;
}

/** One resource of the standard, declared once; routes, validation, scopes, types and OpenAPI follow from it. */
export interface Resource {
  /** The API it belongs to: `klanten`. */
  readonly api: string;
  /** Singular, as in operation ids and mapping files: `klant`. */
  readonly name: string;
  /** Plural, as in paths: `klanten`. */
  readonly plural: string;
  readonly schemaName: string;
  readonly description: string;
  readonly operations: readonly Operation[];
  readonly scopes: Readonly<Record<Operation, string>>;
  readonly fields: Fields;
  readonly variant?: Variant;
  readonly filters: Filters;
  readonly rules: readonly Rule[];
  /** Filters that together find one record: how a write whose outcome is unknown is looked up. */
  readonly naturalKey?: readonly string[];
  /** Dotted paths of fields that identify a person: a CRM id taken from one of these would leak in every URL. */
  readonly personalKeys: readonly string[];
  /** All fields including the variant's, by the discriminator's value; the empty string when it has none. */
  readonly shapes: ReadonlyMap<string, Fields>;
}

/** Completes a declaration with what can be computed once. */
export function defineResource(declaration: Omit<Resource, 'shapes'>): Resource {
  return { ...declaration, shapes: shapesOf(declaration) };
}

/** The four scopes of an API: lezen, aanmaken, bijwerken, verwijderen. */
export function crudScopes(api: string): Resource['scopes'] {
  return {
    list: `${api}.lezen`,
    read: `${api}.lezen`,
    create: `${api}.aanmaken`,
    update: `${api}.bijwerken`,
    partial_update: `${api}.bijwerken`,
    delete: `${api}.verwijderen`,
  };
}

/** The standard's operation id: `klant_partial_update`. */
export function operationId(resource: Resource, operation: Operation): string {
  return `${resource.name}_${operation}`;
}

/** The fields that a representation has, the variant's included: they depend on its discriminator. */
export function fieldsOf(resource: Resource, representation: JsonObject): Fields {
  const by = resource.variant === undefined ? '' : representation[resource.variant.by];
  return resource.shapes.get(shapeKey(by)) ?? resource.fields;
}

/** The discriminator's value as a key: null, absent and blank are the same. */
function shapeKey(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function shapesOf({ fields, variant }: Omit<Resource, 'shapes'>): ReadonlyMap<string, Fields> {
  const shapes = new Map<string, Fields>([['', fields]]);
  for (const [value, shape] of Object.entries(variant?.shapes ?? {})) {
    if (variant) shapes.set(value, { ...fields, [variant.field]: nested(shape.schemaName, shape.fields) });
  }
  return shapes;
}

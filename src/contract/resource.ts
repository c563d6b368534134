import type { Json, JsonObject } from '../json.ts';
import type { Rule, World } from '../rules/rule.ts';
import { type Field, type Fields, nested } from './field.ts';
import type { Filters } from './filter.ts';
import type { Link } from './links.ts';

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

/** How changes of a resource are announced (contract section 7.1). */
export interface Announcement {
  readonly kanaal: string;
  /** The field that links to the main object, or `self` when the resource is one. */
  readonly hoofdObject: string;
  /** Fields of the main object that subscribers can filter on. */
  readonly kenmerken: readonly string[];
}

/** The request headers that an audit trail keeps, by what NLX names in them. */
export const auditHeaders = {
  logrecord: ['X-NLX-Logrecord-ID', 'X-Audit-Toelichting'],
  caller: ['X-NLX-Request-Application-Id', 'X-NLX-Request-User-Id', 'X-Audit-Toelichting'],
} as const;

export type AuditHeaders = keyof typeof auditHeaders;

/** How writes of a resource are kept in the audit trail (contract section 7.2). */
export interface Audit {
  /** The code of the API in the entries (ruling R5). */
  readonly bron: string;
  /** The field that links to the main object, whose trail it is; `self` when the resource is one. */
  readonly hoofdObject: string;
  /** The entries as clients of this API see them. Every trail has the same name: that of what mapping sets keep. */
  readonly trail: Resource;
  /** Which clients' headers go into an entry. */
  readonly headers: AuditHeaders;
  /** How people recognise a record. May ask for what it is a part of, and so throw a Problem. */
  weergave(representation: JsonObject, world: World): string | Promise<string>;
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
  /** What a list is wrapped in: a page with a count, or nothing. Default: `page`. */
  readonly envelope?: 'page' | 'none';
  /**
   * What a list does with a parameter that it does not know (contract section 1.5). Default: `ignore`. Names, in any
   * spelling: only these are refused, because whoever sends them would take the whole list for an answer to them.
   */
  readonly unknownParameters?: 'ignore' | 'refuse' | readonly string[];
  /** What a list may be ordered by: the word in the parameter `ordering` -> the field. */
  readonly ordering?: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
  /** The field whose record this one is a part of: it goes when that goes (contract section 8.4). */
  readonly partOf?: string;
  /** What subscribers are told of (contract section 7.1); absent where the standard tells nobody. */
  readonly notifies?: Announcement;
  /** How its writes go into the audit trail; absent where the standard keeps none (contract section 7.2). */
  readonly audit?: Audit;
  /** Operations that a mapping set which has the resource must have; absent: any will do. */
  readonly needs?: readonly Operation[];
  /** Fields, or filters on them, that no two records have the same: how a write whose outcome is unknown is looked up. */
  readonly naturalKey?: readonly string[];
  /** Dotted paths of fields that identify a person: a CRM id taken from one of these would leak in every URL. */
  readonly personalKeys: readonly string[];
  /** All fields including the variant's, by the discriminator's value; the empty string when it has none. */
  readonly shapes: ReadonlyMap<string, Fields>;
  /** The fields that link to a resource of the standard, by name. */
  readonly links: readonly (readonly [string, Link, Field])[];
}

/** A resource as it is written down: without what follows from the rest. */
type Declared = Omit<Resource, 'shapes' | 'links'>;

/** Completes a declaration with what can be computed once. */
export function defineResource(declaration: Declared): Resource {
  const links = Object.entries(declaration.fields).flatMap(([name, field]) =>
    field.link ? [[name, field.link, field] as const] : [],
  );
  return { ...declaration, shapes: shapesOf(declaration), links };
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

/** What can be done with a relation: it is made and removed, never changed. */
export const relationOperations = [
  'list',
  'create',
  'read',
  'delete',
] as const satisfies readonly Operation[];

/** The name of the resource that a resource is a part of. */
export function mainOf(resource: Resource): string | undefined {
  return resource.partOf === undefined ? undefined : resource.fields[resource.partOf]?.link?.to;
}

/** The entries that clients read under a resource; undefined for what is no main object of an audit trail. */
export function trailUnder({ audit }: Resource): Resource | undefined {
  return audit?.hoofdObject === 'self' ? audit.trail : undefined;
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

function shapesOf({ fields, variant }: Declared): ReadonlyMap<string, Fields> {
  const shapes = new Map<string, Fields>([['', fields]]);
  for (const [value, shape] of Object.entries(variant?.shapes ?? {})) {
    if (variant) shapes.set(value, { ...fields, [variant.field]: nested(shape.schemaName, shape.fields) });
  }
  return shapes;
}

import { isDeepStrictEqual } from 'node:util';
import { type Field, type Fields, objectSchema, snakeCase } from '../../contract/field.ts';
import type { Resource, Variant } from '../../contract/resource.ts';
import type { Schema } from '../../contract/schema.ts';
import { isObject, type JsonObject } from '../../json.ts';

/** A schema and the name that it has among the components. */
type NamedSchema = readonly [name: string, schema: JsonObject];

/** A pointer to a named schema. */
export function schemaRef(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** A schema of the contract as JSON of its own, so that nobody can change the declaration through it. */
export function plainSchema(schema: Schema): JsonObject {
  return JSON.parse(JSON.stringify(schema)) as JsonObject;
}

/**
 * The named schemas of all resources: each resource, its nested objects, and what its variant adds.
 *
 * @param added the properties that a deployment shows beside those of the standard
 * @throws Error when two declarations give the same name to different schemas
 */
export function resourceSchemas(
  resources: readonly Resource[],
  added: (resource: Resource) => readonly string[] = () => [],
): JsonObject {
  const schemas: JsonObject = {};
  for (const [name, schema] of resources.flatMap((resource) => schemasOf(resource, added(resource)))) {
    const other = schemas[name];
    if (other !== undefined && !isDeepStrictEqual(other, schema)) {
      throw new Error(`Two different schemas are both named ${name}`);
    }
    schemas[name] = schema;
  }
  return schemas;
}

function schemasOf(resource: Resource, added: readonly string[]): NamedSchema[] {
  const { variant } = resource;
  const schema = withAdded(withReferences(objectSchema(resource.fields), resource.fields), added);
  return [
    ...nestedSchemas(resource.fields),
    [
      resource.schemaName,
      variant === undefined ? schema : { ...schema, discriminator: { propertyName: variant.by } },
    ],
    ...(variant === undefined ? [] : variantSchemas(resource.schemaName, variant)),
  ];
}

function withAdded(schema: JsonObject, added: readonly string[]): JsonObject {
  if (added.length === 0) return schema;
  const property = {
    readOnly: true,
    description: 'Geen deel van de standaard: komt uit het achterliggende systeem.',
  };
  const properties = isObject(schema.properties) ? schema.properties : {};
  return {
    ...schema,
    properties: { ...properties, ...Object.fromEntries(added.map((name) => [name, property])) },
  };
}

/**
 * The standard's way to write a discriminated field: per value the shape itself, an object that holds it under
 * the field's name, and a schema named by the value that combines that object with the resource.
 */
function variantSchemas(owner: string, variant: Variant): NamedSchema[] {
  return Object.entries(variant.shapes).flatMap(([value, { schemaName, fields }]): NamedSchema[] => {
    const holder = `${snakeCase(variant.field)}_${schemaName}`;
    return [
      ...nestedSchemas(fields),
      [schemaName, withReferences(objectSchema(fields), fields)],
      [holder, { type: 'object', properties: { [variant.field]: schemaRef(schemaName) } }],
      [value, { type: 'object', allOf: [schemaRef(owner), schemaRef(holder)] }],
    ];
  });
}

function nestedSchemas(fields: Fields): NamedSchema[] {
  return Object.values(fields).flatMap((field): NamedSchema[] => {
    if (field.fields === undefined) return [];
    const inner = nestedSchemas(field.fields);
    return field.schemaName === undefined
      ? inner
      : [...inner, [field.schemaName, withReferences(field.schema, field.fields)]];
  });
}

/** An object's own schema, in which nested objects are pointed at instead of written out. */
function withReferences(schema: Schema, fields: Fields): JsonObject {
  const properties = Object.entries(fields).map(([name, field]) => [name, propertySchema(field)]);
  return { ...plainSchema(schema), properties: Object.fromEntries(properties) as JsonObject };
}

function propertySchema(field: Field): JsonObject {
  if (field.fields === undefined) return plainSchema(field.schema);
  return field.schemaName === undefined
    ? withReferences(field.schema, field.fields)
    : schemaRef(field.schemaName);
}

/** The envelope of a page of a list. */
export function pageSchema(itemSchemaName: string): JsonObject {
  const link = { type: 'string', format: 'uri', nullable: true };
  return {
    type: 'object',
    required: ['count', 'results'],
    properties: {
      count: { type: 'integer', description: 'Het aantal resultaten op alle pagina’s samen.' },
      next: { ...link, description: 'De volgende pagina.' },
      previous: { ...link, description: 'De vorige pagina.' },
      results: { type: 'array', items: schemaRef(itemSchemaName) },
    },
  };
}

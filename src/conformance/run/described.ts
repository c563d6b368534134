import { Compile, type Validator } from 'typebox/schema';
import { openApiDocument } from '../../api/openapi/index.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';
import type { ApiName } from './check.ts';
import { resourcesOf } from './declarations.ts';

/** An API as our OpenAPI document describes it. */
export interface Described {
  /** Its operation ids, in the order of the document. */
  readonly operations: readonly string[];
  /** What is wrong with the body of a successful answer to an operation; nothing when it is as described. */
  objectionsTo(operation: string, status: number, body: Json | undefined): string[];
  /** What is wrong with a problem document. */
  objectionsToProblem(body: Json | undefined): string[];
}

/** Derives the complete OpenAPI document of an API from the declarations, and makes validators of it. */
export function describedApi(name: ApiName): Described {
  const document = openApiDocument({
    title: name,
    description: name,
    version: '1.0.0',
    serverUrl: `/${name}/api/v1`,
    resources: resourcesOf(name),
    supports: () => true,
  });
  const operations = operationsIn(document);
  const validators = new Map<string, Validator>();
  const components = { schemas: asJsonSchema(at(document.components, 'schemas') ?? {}) };

  /** Made once each: that takes longer than everything else here. */
  function validatorOf(schema: Json): Validator {
    const key = JSON.stringify(schema);
    const made = validators.get(key) ?? Compile({ ...(asJsonSchema(schema) as JsonObject), components });
    validators.set(key, made);
    return made;
  }

  function objections(schema: Json, value: Json): string[] {
    const validator = validatorOf(schema);
    const errors = validator.Check(value) ? [] : validator.Errors(value)[1];
    const missing = missingKeys(document, schema, value, '');
    return [
      ...errors.map(({ instancePath, message }) => `${instancePath || 'the body'} ${message}`),
      ...missing,
    ];
  }

  return {
    operations: [...operations.keys()],
    objectionsTo(operation, status, body) {
      const response = at(at(operations.get(operation), 'responses'), String(status));
      if (response === undefined) return [`${operation} has no answer with status ${status}`];
      const schema = at(at(at(response, 'content'), 'application/json'), 'schema');
      if (schema === undefined) return body === undefined ? [] : ['there should be no body'];
      if (body === undefined) return ['there is no body in JSON'];
      return [
        ...objections(schema, body),
        ...variantOf(document, schema, body).flatMap((one) => objections(one, body)),
      ];
    },
    objectionsToProblem(body) {
      if (body === undefined) return ['there is no problem document'];
      const name = at(body, 'invalidParams') === undefined ? 'Fout' : 'ValidatieFout';
      return objections({ $ref: `#/components/schemas/${name}` }, body);
    },
  };
}

function operationsIn({ paths }: JsonObject): Map<string, JsonObject> {
  const methods = Object.values(isObject(paths) ? paths : {}).flatMap((path) =>
    Object.values(isObject(path) ? path : {}),
  );
  return new Map(
    methods.filter(isObject).map((operation) => [scalarText(operation.operationId) ?? '', operation]),
  );
}

/** A schema that is told apart by a property stands for the one with the name of its value too. */
function variantOf(document: JsonObject, schema: Json, body: Json): JsonObject[] {
  const by = scalarText(at(at(followed(document, schema), 'discriminator'), 'propertyName'));
  const kind = by === undefined ? undefined : at(body, by);
  return typeof kind === 'string' && kind !== '' ? [{ $ref: `#/components/schemas/${kind}` }] : [];
}

/** Every key of a resource is in every answer, also when nobody filled it in. */
function missingKeys(
  document: JsonObject,
  given: Json | undefined,
  value: Json | undefined,
  path: string,
): string[] {
  const schema = followed(document, given);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      missingKeys(document, at(schema, 'items'), item, `${path}/${index}`),
    );
  }
  const properties = at(schema, 'properties');
  if (!isObject(value) || !isObject(properties)) return [];
  return Object.keys(properties).flatMap((key) =>
    value[key] === undefined
      ? [`${path}/${key} is missing`]
      : missingKeys(document, properties[key], value[key], `${path}/${key}`),
  );
}

/** OpenAPI 3.0 in the words of JSON Schema: null is a type of its own there, and pointers stay as they are. */
function asJsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(asJsonSchema);
  if (!isObject(schema)) return schema;
  const { nullable, discriminator, properties, ...rest } = schema;
  const own: JsonObject = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, asJsonSchema(value)]),
  );
  const required = Array.isArray(own.required) ? own.required : [];
  if (isObject(properties)) own.properties = propertiesOf(properties, required);
  if (discriminator !== undefined) own.required = [...required, at(discriminator, 'propertyName') ?? ''];
  return nullable === true ? { anyOf: [{ type: 'null' }, own] } : own;
}

function propertiesOf(properties: JsonObject, required: readonly Json[]): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const schema = asJsonSchema(property);
      return [name, required.includes(name) ? schema : { anyOf: [...blanksFor(property), schema] }];
    }),
  );
}

/** What the documents of the standard do not mention: a field that nobody filled in shows a blank text, or null for an object. */
function blanksFor(property: Json): JsonObject[] {
  if (at(property, '$ref') !== undefined)
    return [{ type: 'null' }, { type: 'object', additionalProperties: { const: '' } }];
  return at(property, 'type') === 'string' ? [{ const: '' }] : [];
}

function followed(document: JsonObject, value: Json | undefined): Json | undefined {
  const pointer = at(value, '$ref');
  if (typeof pointer !== 'string') return value;
  return pointer.split('/').slice(1).reduce<Json | undefined>(at, document);
}

function at(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined;
}

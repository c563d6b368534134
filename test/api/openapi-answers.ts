import { expect } from 'chai';
import { Compile, type Validator } from 'typebox/schema';
import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import type { Answer } from '../kit/gateway.ts';
import { operationsIn, pointedAt } from './openapi-document.ts';

/** How a body is held against its schema. */
export interface Strictness {
  /**
   * Fields that nobody filled in are shown too, and a blank text then stands in every one of them (contract section
   * 2). The documents of the standard do not mention it: a blank is none of the words of an `enum`, and shorter than a
   * `minLength`. Default: such fields are let through.
   */
  readonly blanks?: 'let through' | 'refused';
}

/**
 * Expects an answer to be one that the document describes for an operation: its status, its headers, its media type,
 * and its body. Every object of our own has exactly the keys of its schema, in the same order.
 */
export function expectDescribed(
  document: JsonObject,
  id: string,
  answer: Answer,
  strictness: Strictness = {},
): void {
  const operation = operationsIn(document).find((one) => one.id === id)?.operation ?? {};
  const about = `${id} ${answer.status} ${answer.text}`;
  const response = followed(document, at(operation.responses, String(answer.status)));
  expect(response, `is not described: ${about}`).to.be.an('object');
  expectHeaders(document, response, answer, about);
  const content = at(response, 'content');
  if (!isObject(content)) {
    expect(answer.text, about).to.equal('');
    expect(answer.headers.get('Content-Type'), about).to.equal(null);
    return;
  }
  const [mediaType = ''] = (answer.headers.get('Content-Type') ?? '').split(';');
  expect(Object.keys(content), about).to.include(mediaType);
  expectBody(document, at(content[mediaType], 'schema'), answer.body, strictness, about);
}

function expectHeaders(
  document: JsonObject,
  response: Json | undefined,
  { headers }: Answer,
  about: string,
): void {
  const described = at(response, 'headers');
  for (const [name, header] of Object.entries(isObject(described) ? described : {})) {
    const given = headers.get(name);
    expect(given, `${name} of ${about}`).to.be.a('string');
    const schema = at(header, 'schema');
    const value = at(schema, 'type') === 'integer' ? Number(given) : given;
    expect(failures(document, schema, value, 'refused'), `${name} of ${about}`).to.deep.equal([]);
  }
}

/** A schema that is told apart by a property stands for the one with the name of its value too. */
function expectBody(
  document: JsonObject,
  schema: Json | undefined,
  body: JsonObject,
  { blanks = 'let through' }: Strictness,
  about: string,
): void {
  expect(schema, about).to.be.an('object');
  expect(failures(document, schema, body, blanks), about).to.deep.equal([]);
  expectKeys(document, schema, body, about);
  const kind = body[scalarText(at(at(followed(document, schema), 'discriminator'), 'propertyName')) ?? ''];
  if (typeof kind !== 'string') return;
  const variant = { $ref: `#/components/schemas/${kind}` };
  expect(failures(document, variant, body, blanks), about).to.deep.equal([]);
}

/** What is wrong with a value by a schema of a document. */
function failures(
  document: JsonObject,
  schema: Json | undefined,
  value: Json,
  blanks: Strictness['blanks'],
): string[] {
  const validator = validatorOf(document, schema ?? {}, blanks);
  if (validator.Check(value)) return [];
  return validator.Errors(value)[1].map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const validators = new WeakMap<JsonObject, Map<string, Validator>>();

/** Made once: that takes longer than everything else here. */
function validatorOf(document: JsonObject, schema: Json, blanks: Strictness['blanks']): Validator {
  const made = validators.get(document) ?? new Map<string, Validator>();
  validators.set(document, made);
  const key = JSON.stringify([schema, blanks]);
  const schemas = () => asJsonSchema(at(document.components, 'schemas') ?? {}, blanks);
  const validator =
    made.get(key) ??
    Compile({ ...(asJsonSchema(schema, blanks) as JsonObject), components: { schemas: schemas() } });
  made.set(key, validator);
  return validator;
}

/** Walks along a schema; what a variant adds to a klant has a name of its own (`subjectIdentificatie`). */
function expectKeys(
  document: JsonObject,
  given: Json | undefined,
  value: Json | undefined,
  about: string,
): void {
  const schema = followed(document, given);
  if (Array.isArray(value)) {
    for (const item of value) expectKeys(document, at(schema, 'items'), item, about);
    return;
  }
  const properties = at(schema, 'properties');
  if (!isObject(value) || !isObject(properties)) return;
  const variant =
    at(at(schema, 'discriminator'), 'propertyName') === undefined ? [] : ['subjectIdentificatie'];
  const keys = Object.keys(value).filter((key) => !variant.includes(key));
  expect(keys, about).to.deep.equal(Object.keys(properties));
  for (const key of keys) expectKeys(document, properties[key], value[key], about);
}

/** OpenAPI 3.0 in the words of JSON Schema: null is a type of its own there, and pointers stay as they are. */
function asJsonSchema(schema: Json, blanks: Strictness['blanks']): Json {
  if (Array.isArray(schema)) return schema.map((item) => asJsonSchema(item, blanks));
  if (!isObject(schema)) return schema;
  const { nullable, discriminator, properties, ...rest } = schema;
  const own: JsonObject = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, asJsonSchema(value, blanks)]),
  );
  if (isObject(properties)) own.properties = propertiesOf(properties, at(own, 'required'), blanks);
  if (discriminator !== undefined)
    own.required = [...listIn(own.required), at(discriminator, 'propertyName') ?? ''];
  return nullable === true ? { anyOf: [{ type: 'null' }, own] } : own;
}

function propertiesOf(
  properties: JsonObject,
  required: Json | undefined,
  blanks: Strictness['blanks'],
): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const schema = asJsonSchema(property, blanks);
      const isFilledIn = blanks === 'refused' || listIn(required).includes(name);
      return [name, isFilledIn ? schema : { anyOf: [...blanksFor(property), schema] }];
    }),
  );
}

/** What a field shows that nobody filled in: a blank text, or an object of them. */
function blanksFor(property: Json): JsonObject[] {
  if (at(property, '$ref') !== undefined) return [{ type: 'object', additionalProperties: { const: '' } }];
  return at(property, 'type') === 'string' ? [{ const: '' }] : [];
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function followed(document: JsonObject, value: Json | undefined): Json | undefined {
  const pointer = at(value, '$ref');
  return typeof pointer === 'string' ? pointedAt(document, pointer) : value;
}

function at(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined;
}

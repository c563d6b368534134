import { Compile } from 'typebox/schema';
import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { openApiShape } from './openapi-shape.ts';

const shape = Compile(openApiShape);

/** One operation of a document, and where it is. */
export interface Described {
  readonly id: string;
  /** `GET` */
  readonly method: string;
  /** `/klanten/{uuid}` */
  readonly path: string;
  readonly operation: JsonObject;
  /** Its own parameters and those of its path. */
  readonly parameters: readonly JsonObject[];
}

/** The operations of a document, in its order. */
export function operationsIn(document: JsonObject): Described[] {
  return entries(document.paths).flatMap(([path, { parameters: shared, ...methods }]) =>
    entries(methods).map(([method, operation]) => ({
      id: word(operation.operationId),
      method: method.toUpperCase(),
      path,
      operation,
      parameters: [...objects(shared), ...objects(operation.parameters)],
    })),
  );
}

/** What a pointer such as `#/components/schemas/Klant` leads to; undefined when nothing is there. */
export function pointedAt(document: JsonObject, pointer: string): Json | undefined {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((here, name) => (isObject(here) ? here[name] : undefined), document);
}

/** What makes a document no valid OpenAPI 3.0, each as a line; none when it is valid. */
export function objections(document: JsonObject): string[] {
  const [, errors] = shape.Check(document) ? [true, []] : shape.Errors(document);
  const operations = operationsIn(document);
  const ids = operations.map(({ id }) => id);
  return [
    ...errors.map(({ instancePath, message }) => `${instancePath} ${message}`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two operations are ${id}`),
    ...operations.flatMap((described) => objectionsTo(described, document)),
    ...objectsIn(document).flatMap((value) => [...deadEnds(document, value), ...emptyDemands(value)]),
  ];
}

function objectionsTo({ id, path, operation, parameters }: Described, document: JsonObject): string[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  const named = parameters.filter((one) => one.in === 'path').map(({ name }) => word(name));
  const keys = parameters.map((one) => `${word(one.in)} ${word(one.name)}`);
  const tags = objects(document.tags).map(({ name }) => name);
  const schemes = pointedAt(document, '#/components/securitySchemes');
  return [
    ...(JSON.stringify(inPath) === JSON.stringify(named.sort()) ? [] : [`${id}: other names in its path`]),
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${id}: two parameters ${key}`),
    ...list(operation.tags).flatMap((tag) => (tags.includes(tag) ? [] : [`${id}: unknown tag ${word(tag)}`])),
    ...objects(operation.security)
      .flatMap(Object.keys)
      .flatMap((name) => (isObject(schemes) && name in schemes ? [] : [`${id}: unknown scheme ${name}`])),
  ];
}

function deadEnds(document: JsonObject, { $ref }: JsonObject): string[] {
  return typeof $ref === 'string' && pointedAt(document, $ref) === undefined ? [`nothing is at ${$ref}`] : [];
}

/** A schema may only demand, and only tell its variants apart by, what it has. */
function emptyDemands({ type, required, properties, discriminator }: JsonObject): string[] {
  if (type !== 'object') return [];
  const by = isObject(discriminator) ? [discriminator.propertyName ?? ''] : [];
  const known = isObject(properties) ? properties : {};
  return [...list(required), ...by]
    .filter((name) => !(word(name) in known))
    .map((name) => `no property ${word(name)}`);
}

function objectsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

function entries(value: Json | undefined): [string, JsonObject][] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([key, child]) =>
    isObject(child) ? [[key, child]] : [],
  );
}

function objects(value: Json | undefined): JsonObject[] {
  return list(value).filter(isObject);
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function word(value: Json | undefined): string {
  return scalarText(value) ?? JSON.stringify(value);
}

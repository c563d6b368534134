import { isObject, type Json, type JsonObject } from '../src/json.ts';

/** Facts by the place where they are stated. */
export type Facts = ReadonlyMap<string, string>;

/**
 * Everything that an OpenAPI document states about its API, but not how it is worded: titles, descriptions and
 * examples are left out. What is pointed at counts where it is pointed from, so it makes no difference whether a
 * document shares its responses and bodies or writes them out. Schemas keep their names: those are part of the API.
 */
export function factsOf(document: JsonObject): Facts {
  const components = isObject(document.components) ? document.components : {};
  const named = Object.entries(components).filter(([kind]) => !shared.includes(kind));
  const facts = new Map<string, string>();
  collect(
    {
      openapi: document.openapi ?? null,
      version: isObject(document.info) ? (document.info.version ?? null) : null,
      servers: document.servers ?? [],
      security: document.security ?? [],
      paths: withOwnParameters(resolved(document.paths ?? {}, components)),
      components: Object.fromEntries(named),
    },
    [],
    facts,
  );
  return facts;
}

/** The kinds of components that are nothing by themselves: they count where something points at them. */
const shared = ['responses', 'requestBodies'];

/** A line for each fact that only one of two documents states, or that they state differently. */
export function differences(official: Facts, ours: Facts): string[] {
  return [...new Set([...official.keys(), ...ours.keys()])].flatMap((place) => {
    const theirs = official.get(place);
    const own = ours.get(place);
    if (theirs === own) return [];
    if (theirs === undefined) return [`+ ${place} = ${own ?? ''}`];
    if (own === undefined) return [`- ${place} = ${theirs}`];
    return [`~ ${place} = ${theirs} -> ${own}`];
  });
}

/** A value with shared responses and bodies in the place of what points at them. */
function resolved(value: Json, components: JsonObject): Json {
  if (Array.isArray(value)) return value.map((item) => resolved(item, components));
  if (!isObject(value)) return value;
  const target = sharedPart(value.$ref, components);
  return (
    target ??
    Object.fromEntries(Object.entries(value).map(([key, child]) => [key, resolved(child, components)]))
  );
}

function sharedPart(pointer: Json | undefined, components: JsonObject): JsonObject | undefined {
  const [, kind, name] = /^#\/components\/(responses|requestBodies)\/(.+)$/.exec(asKey(pointer)) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  const parts = components[kind];
  const part = isObject(parts) ? parts[name] : undefined;
  if (!isObject(part)) throw new Error(`Nothing is at ${asKey(pointer)}`);
  return part;
}

/** Parameters of a path belong to each of its operations, so it makes no difference where they are written. */
function withOwnParameters(paths: Json): JsonObject {
  const result: JsonObject = {};
  for (const [path, { parameters: shared, ...operations }] of objectsIn(paths)) {
    result[path] = Object.fromEntries(
      objectsIn(operations).map(([method, operation]) => [
        method,
        { ...operation, parameters: byName([...listIn(shared), ...listIn(operation.parameters)]) },
      ]),
    );
  }
  return result;
}

/** Parameters by place and name: their order means nothing, and one is optional unless it says otherwise. */
function byName(parameters: readonly Json[]): JsonObject {
  return Object.fromEntries(
    parameters.filter(isObject).map((parameter) => {
      return [`${asKey(parameter.in)} ${asKey(parameter.name)}`, { required: false, ...parameter }];
    }),
  );
}

function collect(value: Json, place: readonly string[], facts: Map<string, string>): void {
  const children = childrenOf(value, place.at(-1) ?? '');
  if (children.length > 0) {
    for (const [name, child] of children) collect(child, [...place, name], facts);
  } else if (!isWording(place.at(-1) ?? '', value)) {
    facts.set(place.join(' > '), JSON.stringify(value));
  }
}

function childrenOf(value: Json, name: string): (readonly [string, Json])[] {
  if (isObject(value)) return Object.entries(value).filter(([key]) => key !== 'examples');
  if (!Array.isArray(value)) return [];
  const isSet = name === 'required' || name === 'enum' || name === 'tags';
  return value.map((item, index) => (isSet ? [asKey(item), true] : [String(index), item]));
}

/** A property may be called `title` too, but its schema is no string. */
function isWording(key: string, value: Json): boolean {
  return typeof value === 'string' && ['title', 'description', 'summary'].includes(key);
}

function objectsIn(value: Json | undefined): [string, JsonObject][] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([key, child]) =>
    isObject(child) ? [[key, child]] : [],
  );
}

function asKey(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

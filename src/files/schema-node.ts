import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { isObject } from '../json.ts';
import { type Spelling, spell } from './spelling.ts';

/** What a secret has to look like once it is read. */
export interface SecretContents {
  readonly pattern: string;
  /** The pattern in words. */
  readonly text: string;
}

/** What we read of a TypeBox schema, which is a JSON Schema with keywords of our own. */
export interface SchemaNode {
  /** What belongs here, in a few words; used instead of what the other keywords would say. */
  readonly title?: string;
  readonly description?: string;
  readonly examples?: unknown;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Ours: the value may also be spelled as text. */
  readonly spelling?: Spelling;
  /** Ours: nothing at or under this node may be shown to anyone. */
  readonly secret?: SecretContents;
  /** Ours: a free JSON value in which texts may be references to secrets; nothing in it may be shown. */
  readonly secretsInside?: SecretContents;
  /** Ours: what the names of a section with free names look like. */
  readonly names?: string;
}

/** A TypeBox schema as what we read of it. */
export function asNode(schema: TSchema): SchemaNode {
  return schema;
}

/** The schema of one step further down, by key or item; undefined where nothing is declared. */
export function childNode(node: SchemaNode, step: string | number): SchemaNode | undefined {
  if (node.secretsInside) return node;
  if (typeof step === 'number') return node.items;
  if (node.properties && Object.hasOwn(node.properties, step)) return node.properties[step];
  const pattern = Object.keys(node.patternProperties ?? {}).find((source) =>
    new RegExp(source, 'u').test(step),
  );
  return pattern === undefined ? undefined : node.patternProperties?.[pattern];
}

/**
 * A copy of the value in which defaults are filled in, and text that spells a number or a switch has become that.
 * (TypeBox's own `Default` knows no spellings, and crashes on an unknown key beside free names.)
 */
export function completed(node: SchemaNode | undefined, value: unknown): unknown {
  if (node?.anyOf) return completedUnion(node.anyOf, value);
  if (node?.spelling && typeof value === 'string') return spell(node.spelling, value);
  if (Array.isArray(value)) return value.map((item: unknown) => completed(node?.items, item));
  if (!isObject(value)) return value;
  const absent = Object.entries(node?.properties ?? {}).filter(
    ([key, { default: initial }]) => initial !== undefined && !Object.hasOwn(value, key),
  );
  const all = [...Object.entries(value), ...absent.map(([key, child]) => [key, child.default] as const)];
  return Object.fromEntries(all.map(([key, inner]) => [key, completed(node && childNode(node, key), inner)]));
}

/** Completed as the first alternative that it fits; a value that fits none stays as it is. */
function completedUnion(alternatives: readonly SchemaNode[], value: unknown): unknown {
  for (const alternative of alternatives) {
    const candidate = completed(alternative, value);
    if (Check(alternative, candidate)) return candidate;
  }
  return value;
}

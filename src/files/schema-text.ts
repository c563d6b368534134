import { didYouMean } from './did-you-mean.ts';
import { isObject } from '../json.ts';
import type { Mistake } from './mistakes.ts';
import type { SchemaNode } from './schema-node.ts';
import { spellingText } from './spelling.ts';

/** Says in a few words what a schema takes: `integer from 0 to 65535`. For mistakes and for documentation. */
export function schemaText(node: SchemaNode): string {
  if (node.title !== undefined) return node.title;
  if (node.enum) return `one of ${node.enum.map(String).join(', ')}`;
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.anyOf) return node.anyOf.map(schemaText).join(', or ');
  if (node.spelling) return spellingText(node.spelling, rangeText(node));
  switch (node.type) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return `${node.type}${rangeText(node)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `list, each ${node.items ? schemaText(node.items) : 'anything'}`;
    case 'object':
      return node.properties
        ? `section with ${Object.keys(node.properties).join(', ')}`
        : 'section with names of your choice';
    default:
      return 'a value';
  }
}

function rangeText({ minimum, maximum }: SchemaNode): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  return maximum === undefined ? '' : `, at most ${maximum}`;
}

/** What a schema expects, what it is for, and an example of it. */
export function expectation(node: SchemaNode): Pick<Mistake, 'expected' | 'example'> {
  const purpose = node.description === undefined ? '' : ` (${node.description.replace(/\.$/, '')})`;
  const example: unknown = Array.isArray(node.examples) ? node.examples[0] : undefined;
  return {
    expected: `${schemaText(node)}${purpose}`,
    ...(example === undefined ? {} : { example: JSON.stringify(example) }),
  };
}

/** What is wrong with a key that a section does not have. */
export function unknownKey(node: SchemaNode, name: string): Pick<Mistake, 'problem' | 'expected'> {
  const known = Object.keys(node.properties ?? {});
  const meant = didYouMean(name, known);
  return {
    problem: `unknown key '${name}'${meant === undefined ? '' : `: did you mean '${meant}'?`}`,
    expected: known.length > 0 ? `one of ${known.join(', ')}` : (node.names ?? 'another name'),
  };
}

/**
 * Shows what was found, where that is safe: a value only where a value of its kind belongs. Text in the place of a
 * section may be a secret that lost its key, and a URL with an `@` may hold a password.
 */
export function foundText(node: SchemaNode, value: unknown): string | undefined {
  if (node.secret ?? node.secretsInside) return undefined;
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) return Object.keys(value).length === 0 ? 'an empty section' : 'a section';
  const isSection = node.type === 'object' || node.type === 'array';
  const shown = JSON.stringify(value);
  return isSection || shown.includes('@') ? `a ${typeof value}` : shown.slice(0, 80);
}

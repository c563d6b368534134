import { isObject, type JsonObject, scalarText } from '../json.ts';
import { offsetOf } from './analyse.ts';
import type { ParsedExpression } from './expression.ts';

/** A key that is written out, and where it stands in the source. */
export interface LiteralKey {
  readonly key: string;
  readonly offset: number;
}

/** Every key that an expression writes out, in whatever object. */
export function literalKeys({ tree, source }: ParsedExpression): LiteralKey[] {
  const found: LiteralKey[] = [];
  visit(tree, (node) => found.push(...keysOf(node, source).keys));
  return found;
}

/**
 * The objects that an expression itself yields, each with its keys; those of which a key is only known while it runs are
 * passed over.
 */
export function resultKeys({ tree, source }: ParsedExpression): (readonly LiteralKey[])[] {
  return resultsOf(tree)
    .map((node) => keysOf(node, source))
    .filter(({ keys, isWhole }) => isWhole && keys.length > 0)
    .map(({ keys }) => keys);
}

/** The nodes that make what a node yields, as far as these are written out. */
function resultsOf(node: unknown): JsonObject[] {
  if (!isObject(node)) return [];
  if (node.type === 'block') return resultsOf(listOf(node.expressions).at(-1));
  if (node.type === 'condition') return [...resultsOf(node.then), ...resultsOf(node.else)];
  return node.type === 'unary' && node.value === '{' ? [node] : [];
}

function keysOf(node: JsonObject, source: string): { keys: LiteralKey[]; isWhole: boolean } {
  if (node.type !== 'unary' || node.value !== '{') return { keys: [], isWhole: false };
  const pairs = listOf(node.lhs);
  const keys = pairs.flatMap((pair): LiteralKey[] => {
    const [key] = listOf(pair);
    if (!isObject(key) || key.type !== 'string') return [];
    return [{ key: scalarText(key.value) ?? '', offset: offsetOf(key, source) }];
  });
  return { keys, isWhole: keys.length === pairs.length };
}

function visit(value: unknown, see: (node: JsonObject) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (isObject(value)) {
    see(value);
    for (const [name, part] of Object.entries(value)) if (name !== 'signature') visit(part, see);
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

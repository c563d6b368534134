import { isObject, type JsonObject } from '../json.ts';
import type { Evaluation } from './evaluation.ts';

type Node = JsonObject;

/** Functions that no author can name, because no name of JSONata has a colon. */
const hidden = { join: 'klantbrug:join', measured: 'klantbrug:measured', own: 'klantbrug:own' } as const;

/**
 * Puts our bounds into a syntax tree, in the places where JSONata's operators have none. The tree is the one that is
 * evaluated, and is changed. Places in the source stay with their nodes.
 *
 * - `a & b & c` becomes one call, which looks at the length of the text.
 * - `a = b` measures `a` before it compares; not where one of them is a literal, which ends a comparison at once.
 * - `[a]` measures `a`: JSONata walks through lists in lists everywhere, and through nothing else unasked.
 * - What a transformation `|a|…|` changes must be a part of the copy that it made.
 */
export function putBounds(tree: unknown): void {
  innermostFirst(tree, bound);
}

/** So that a node that was put in is not looked at again. */
function innermostFirst(tree: unknown, change: (node: Node) => void): void {
  if (Array.isArray(tree)) {
    for (const part of tree) innermostFirst(part, change);
  } else if (isObject(tree)) {
    // A signature hangs in the tree, compiled.
    for (const [key, part] of Object.entries(tree)) if (key !== 'signature') innermostFirst(part, change);
    change(tree);
  }
}

function bound(node: Node): void {
  if (isOperator(node, ['&'])) {
    const { position, lhs, rhs } = node;
    Object.assign(node, callOf(hidden.join, [...joined(lhs), rhs], position));
  } else if (isOperator(node, ['=', '!='])) {
    if (!isLiteral(node.lhs) && !isLiteral(node.rhs)) node.lhs = measured(node.lhs);
  } else if (node.type === 'unary' && node.value === '[' && Array.isArray(node.expressions)) {
    // JSONata keeps a list in a list only when it sees it there.
    node.expressions = node.expressions.map((item) =>
      isLiteral(item) || isList(item) ? item : measured(item),
    );
  } else if (node.type === 'transform' && isObject(node.pattern)) {
    node.pattern = callOf(hidden.own, [node.pattern], node.position);
  }
}

/**
 * Gives `a ?? b` and `a ?: b` back the regular expressions of `a`: JSONata's parser looks at a copy of it, made by way of
 * JSON. The tree is changed.
 */
export function restorePatterns(tree: unknown): void {
  innermostFirst(tree, (node) => {
    if (node.type === 'condition') restoreIn(node);
  });
}

/** The copy has the shape of what it was made of, so its patterns come in the same order. */
function restoreIn({ condition, then }: Node): void {
  const lost = patternNodes(condition).filter(({ value }) => !isPattern(value));
  if (lost.length === 0) return;
  const kept = patternNodes(then);
  lost.forEach((node, index) => Object.assign(node, { value: kept[index]?.value }));
}

function patternNodes(tree: unknown): Node[] {
  if (Array.isArray(tree)) return tree.flatMap(patternNodes);
  if (!isObject(tree)) return [];
  if (tree.type === 'regex') return [tree];
  return Object.entries(tree).flatMap(([key, part]) => (key === 'signature' ? [] : patternNodes(part)));
}

function isPattern(value: unknown): boolean {
  return value instanceof RegExp;
}

/** The parts of a text that is already one call, so that a long chain of `&` stays one. */
function joined(node: unknown): unknown[] {
  const isJoin = isObject(node) && isObject(node.procedure) && node.procedure.value === hidden.join;
  return isJoin && Array.isArray(node.arguments) ? node.arguments : [node];
}

function measured(node: unknown): Node {
  return callOf(hidden.measured, [node], isObject(node) ? node.position : undefined);
}

function callOf(name: string, args: unknown[], position: unknown): Node {
  return {
    type: 'function',
    value: '(',
    position,
    procedure: { type: 'variable', value: name, position },
    arguments: args,
  } as Node;
}

function isOperator(node: Node, names: readonly string[]): boolean {
  return node.type === 'binary' && names.some((name) => name === node.value);
}

function isList(node: unknown): boolean {
  return isObject(node) && node.type === 'unary' && node.value === '[';
}

function isLiteral(node: unknown): boolean {
  return isObject(node) && ['string', 'number', 'value'].some((type) => type === node.type);
}

/**
 * The functions that `putBounds` calls, by name.
 *
 * @param toText JSONata's `$string`, within its bounds
 * @param evaluation the one that is going on
 */
export function boundsByName(
  toText: (value: unknown) => unknown,
  evaluation: () => Evaluation,
): Readonly<Record<string, (...args: never[]) => unknown>> {
  return {
    [hidden.join]: (...parts: unknown[]) => {
      let text = '';
      for (const part of parts) {
        text += part === undefined ? '' : String(toText(part));
        evaluation().checkText(text);
      }
      return text;
    },
    [hidden.measured]: (value: unknown) => {
      evaluation().measure(value);
      return value;
    },
    [hidden.own]: (found: unknown) => {
      evaluation().checkOwn(found);
      return found;
    },
  };
}

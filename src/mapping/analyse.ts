import { isObject, type JsonObject, scalarText } from '../json.ts';
import type { ParsedExpression } from './expression.ts';

/** A `$name` that an expression refers to, and where it stands in the source. */
export interface NameUse {
  readonly name: string;
  readonly offset: number;
}

/** A node of JSONata's syntax tree: what we look at is found by name, the rest is passed through. */
export type Node = JsonObject;

/** Every `$name` that an expression uses without defining it, `$` and `$$` aside. */
export function freeNames({ tree, source }: ParsedExpression): NameUse[] {
  const used: NameUse[] = [];
  const defined = new Set<string>();
  walk(tree, (node) => {
    if (node.type === 'variable' && typeof node.value === 'string') {
      used.push({ name: node.value, offset: offsetOf(node, source) });
    }
    for (const name of definedBy(node)) defined.add(name);
  });
  return used.filter(({ name }) => name !== '' && name !== '$' && !defined.has(name));
}

/** The names of the tables in `$decode('table', …)` and `$encode('table', …)`, where they are literal. */
export function tableNames({ tree, source }: ParsedExpression): NameUse[] {
  const found: NameUse[] = [];
  walk(tree, (node) => {
    const procedure = node.procedure;
    const [table] = Array.isArray(node.arguments) ? node.arguments : [];
    if (!isObject(procedure) || !['decode', 'encode'].includes(scalarText(procedure.value) ?? '')) return;
    if (isObject(table) && table.type === 'string') {
      found.push({ name: scalarText(table.value) ?? '', offset: offsetOf(table, source) });
    }
  });
  return found;
}

/** Where a request's `path` is anything but a list of segments or a plain text: joined text lets input escape into it. */
export function joinedPaths({ tree, source }: ParsedExpression): number[] {
  return pairsIn(tree)
    .filter(({ key, value }) => key === 'path' && !isSafePath(value))
    .map(({ value }) => offsetOf(value, source));
}

/** The regular expressions, each with the place where it stands. */
export function patternsIn({ tree, source }: ParsedExpression): { pattern: RegExp; offset: number }[] {
  // By its place: one before `??` is in the tree twice.
  const found = new Map<number, RegExp>();
  walk(tree, (node) => {
    const pattern: unknown = node.value;
    if (node.type !== 'regex' || !(pattern instanceof RegExp)) return;
    const end = typeof node.position === 'number' ? node.position : 0;
    found.set(Math.max(0, source.lastIndexOf(`/${pattern.source}/`, end)), pattern);
  });
  return [...found].map(([offset, pattern]) => ({ pattern, offset }));
}

/** Which keys of the result are made from a field of the input: `{ "inpBsn": BSNR }` tells `inpBsn` for `BSNR`. */
export function keysMadeFrom({ tree }: ParsedExpression, field: string): string[] {
  return pairsIn(tree)
    .filter(({ value }) => mentions(value, field))
    .map(({ key }) => key);
}

/** Whether an expression yields something whatever it is given, as far as its tree shows: an object that is written out. */
export function alwaysYields({ tree }: Pick<ParsedExpression, 'tree'>): boolean {
  return isObject(tree) && isWrittenOut(tree);
}

function isWrittenOut(node: Node): boolean {
  if (node.type === 'condition')
    return [node.then, node.else].every((branch) => isObject(branch) && isWrittenOut(branch));
  const last = node.type === 'block' && Array.isArray(node.expressions) ? node.expressions.at(-1) : undefined;
  return isObject(last) ? isWrittenOut(last) : node.type === 'unary' && node.value === '{';
}

function isSafePath(node: Node): boolean {
  if (node.type === 'condition') {
    return [node.then, node.else].every(
      (branch) => branch === undefined || (isObject(branch) && isSafePath(branch)),
    );
  }
  return node.type === 'string' || (node.type === 'unary' && node.value === '[');
}

/** The pairs of every object that an expression makes, with the keys that are literal. */
export function pairsIn(tree: unknown): { key: string; value: Node }[] {
  const pairs: { key: string; value: Node }[] = [];
  walk(tree, (node) => {
    if (node.type !== 'unary' || node.value !== '{' || !Array.isArray(node.lhs)) return;
    for (const pair of node.lhs) {
      const [key, value] = Array.isArray(pair) ? pair : [];
      if (isObject(key) && key.type === 'string' && isObject(value))
        pairs.push({ key: scalarText(key.value) ?? '', value });
    }
  });
  return pairs;
}

/** Whether a plain value is made from a field; nested objects answer for their own keys. */
function mentions(node: Node, field: string): boolean {
  if (node.type === 'unary' && node.value === '{') return false;
  let found = false;
  walk(node, (inner) => {
    if (inner.type === 'name' && inner.value === field) found = true;
  });
  return found;
}

function definedBy(node: Node): string[] {
  const names: unknown[] = [node.focus, node.index];
  if (node.type === 'bind' && isObject(node.lhs)) names.push(node.lhs.value);
  if (node.type === 'lambda' && Array.isArray(node.arguments)) {
    names.push(...node.arguments.map((argument) => (isObject(argument) ? argument.value : undefined)));
  }
  return names.filter((name): name is string => typeof name === 'string');
}

/** Visits every node of a syntax tree, an outer one before those in it. */
export function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isObject(value)) {
    visit(value);
    // Only plain parts of the tree: compiled signatures and regular expressions hang in it as well.
    for (const key in value) if (key !== 'signature') walk(value[key], visit);
  }
}

/** JSONata tells where a token ends; authors want to know where it begins. */
export function offsetOf(node: Node, source: string): number {
  const end = typeof node.position === 'number' ? node.position : 0;
  const value = typeof node.value === 'string' ? node.value : '';
  const start = source.lastIndexOf(value, end - 1);
  return value !== '' && start >= 0 && start >= end - value.length - 2 ? start : Math.max(0, end - 1);
}

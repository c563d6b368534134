import { isObject, type JsonObject, scalarText } from '../json.ts';
import type { ParsedExpression } from './expression.ts';
import {
  anyKeyOf,
  chosen,
  constant,
  either,
  isAbsent,
  keyOf,
  nothing,
  objectOf,
  onlyTexts,
  type Origin,
  originAt,
  pickedBy,
  textOf,
  unknown,
  workedOut,
} from './origin.ts';
import { functionOf } from './origin-functions.ts';

/** Where an expression is looked at: what its names stand for, and what its paths begin at. */
interface Scope {
  readonly names: Map<string, Origin>;
  readonly here: Origin;
  /** What the input of the expression is (`$$`). */
  readonly root: Origin;
  /** Around the path that this is in (`%`). */
  readonly above: Scope | undefined;
  readonly run: Run;
}

/** What one look at an expression shares. */
interface Run {
  /** The functions that are being looked into; one that calls itself is not looked into again. */
  readonly inside: Set<Node>;
  readonly seen: See | undefined;
  nodesLeft: number;
}

/** Is told of each name in a path that is looked at: what it is looked for in, and its node. A name may be told twice. */
type See = (within: Origin, name: JsonObject) => void;

/** One look at an expression of whose input nothing is known. */
export interface Look {
  readonly expression: ParsedExpression;
  /** What its result is made of. */
  readonly result: Origin;
  /** Each name in its paths: what it is looked for in, and its node. A name may be there twice. */
  readonly sought: readonly { readonly within: Origin; readonly name: JsonObject }[];
}

/** A node of JSONata's syntax tree. */
type Node = JsonObject;

/** So many that no expression that a person writes has them: functions that call others twice, which do so too. */
const mostNodes = 200_000;

/** Looks at an expression once, for whoever checks its names, its result, or what it passes on. */
export function lookAt(expression: ParsedExpression): Look {
  const sought: { within: Origin; name: JsonObject }[] = [];
  const see: See = (within, name) => sought.push({ within, name });
  return { expression, result: look(expression, originAt(''), {}, see), sought };
}

/**
 * What the result of an expression is made of: every key of it, and the places of the input that it comes from. All
 * branches count, names and functions are followed, and what the tree does not tell is `unknown`, never left out.
 *
 * @param root what the input is: `originAt('')` for a record of which nothing is known
 * @param names what the bindings stand for; any other one is a place of its own, such as `$settings`
 */
export function originOf(
  expression: ParsedExpression,
  root: Origin = originAt(''),
  names: Readonly<Record<string, Origin>> = {},
): Origin {
  return look(expression, root, names);
}

function look(
  expression: ParsedExpression,
  root: Origin,
  names: Readonly<Record<string, Origin>>,
  seen?: See,
): Origin {
  const run = { inside: new Set<Node>(), seen, nodesLeft: mostNodes };
  const scope = { root, here: root, above: undefined, run };
  return ofNode(expression.tree, { ...scope, names: new Map(Object.entries(names)) });
}

function ofNode(node: unknown, scope: Scope): Origin {
  if (!isObject(node) || --scope.run.nodesLeft < 0) return unknown;
  const whole = grouped(node, filtered(node, ofKind(node, scope), scope), scope);
  if (typeof node.focus === 'string') scope.names.set(node.focus, whole);
  if (typeof node.index === 'string') scope.names.set(node.index, constant);
  // `a@$x.b` goes on from where `a` was looked for.
  return typeof node.focus === 'string' ? scope.here : whole;
}

function ofKind(node: Node, scope: Scope): Origin {
  const at = (part: unknown): Origin => ofNode(part, scope);
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
    case 'regex':
      return ofConstant(node);
    case 'name':
      scope.run.seen?.(scope.here, node);
      return keyOf(scope.here, scalarText(node.value) ?? '');
    case 'wildcard':
      return anyKeyOf(scope.here);
    case 'parent':
      return scope.above?.here ?? unknown;
    case 'variable':
      return ofVariable(scalarText(node.value) ?? '', scope);
    case 'path':
      return ofPath(listOf(node.steps), scope);
    case 'block':
      return ofBlock(listOf(node.expressions), scope);
    case 'bind':
      return ofBind(node, scope);
    case 'condition':
      return ofCondition(node, scope);
    case 'function':
      return called(at(node.procedure), listOf(node.arguments).map(at));
    case 'apply':
      return ofApply(node, scope);
    case 'lambda':
      return ofLambda(node, scope);
    case 'sort':
      return scope.here;
    case 'unary':
      if (node.value === '{') return ofPairs(listOf(node.lhs), scope);
      if (node.value === '[') return ofList(listOf(node.expressions).map(at));
      return workedOut(at(node.expression));
    case 'binary':
      return ofBinary(scalarText(node.value) ?? '', at(node.lhs), at(node.rhs));
    default:
      return { ...workedOut(scope.here), unknown: true };
  }
}

/** Null and "" are nothing. */
function ofConstant({ type, value }: Node): Origin {
  if (value === null || value === '') return nothing;
  if (type === 'string') return textOf(scalarText(value) ?? '');
  return typeof value === 'boolean' ? { ...constant, holds: value } : constant;
}

/** A constant in a list with something of the record is no other value for it. */
function ofList(items: readonly Origin[]): Origin {
  const list = either(items);
  return list.is.size + list.of.size === 0 ? list : { ...list, texts: nothing.texts, constant: false };
}

function ofVariable(name: string, { names, here, root }: Scope): Origin {
  if (name === '') return here;
  if (name === '$') return root;
  const known = names.get(name);
  if (known) return known;
  const call = functionOf(name);
  return call ? { ...nothing, call } : originAt(`$${name}`);
}

function ofPath(steps: readonly unknown[], scope: Scope): Origin {
  let around = scope;
  let result = scope.here;
  for (const [index, step] of steps.entries()) {
    const before = index === 0 ? scope : { ...scope, here: result, above: around };
    result = ofNode(step, before);
    around = before;
  }
  return result;
}

function ofBlock(expressions: readonly unknown[], scope: Scope): Origin {
  const own = { ...scope, names: new Map(scope.names) };
  return expressions.map((expression) => ofNode(expression, own)).at(-1) ?? nothing;
}

function ofBind({ lhs, rhs }: Node, scope: Scope): Origin {
  const value = ofNode(rhs, scope);
  const name = isObject(lhs) ? scalarText(lhs.value) : undefined;
  if (name !== undefined) scope.names.set(name, value);
  return value;
}

function ofCondition(node: Node, scope: Scope): Origin {
  const condition = ofNode(node.condition, scope);
  const then = (): Origin => ofNode(node.then, scope);
  const otherwise = (): Origin => (node.else === undefined ? nothing : ofNode(node.else, scope));
  if (condition.holds !== undefined) return condition.holds ? then() : otherwise();
  return chosen(condition, [then(), otherwise()]);
}

function ofBinary(operator: string, one: Origin, other: Origin): Origin {
  return { ...workedOut(one, other), holds: holdsOf(operator, one, other) };
}

/** These never hold of what is absent. */
const comparing: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', 'in']);

/** Whether it is certain: `$name in ["BSN"]`, where the name can only be one text. */
function holdsOf(operator: string, one: Origin, other: Origin): boolean | undefined {
  if (operator === 'and') return certain(one.holds, other.holds, false);
  if (operator === 'or') return certain(one.holds, other.holds, true);
  if (comparing.has(operator) && (isAbsent(one) || isAbsent(other))) return false;
  const [text, ...further] = onlyTexts(one) ?? [];
  const texts = onlyTexts(other);
  if (text === undefined || further.length > 0 || !texts) return undefined;
  if (operator === 'in') return texts.includes(text);
  if (texts.length > 1) return undefined;
  if (operator === '=') return texts.includes(text);
  return operator === '!=' ? !texts.includes(text) : undefined;
}

function certain(
  one: boolean | undefined,
  other: boolean | undefined,
  decisive: boolean,
): boolean | undefined {
  if (one === decisive || other === decisive) return decisive;
  return one === undefined || other === undefined ? undefined : !decisive;
}

function ofPairs(pairs: readonly unknown[], scope: Scope): Origin {
  return either(
    pairs.map((pair) => {
      const [key, value] = listOf(pair).map((part) => ofNode(part, scope));
      if (!key || !value) return unknown;
      const names = onlyTexts(key);
      if (names) return objectOf(names.map((name) => [name, value]));
      return { ...nothing, anyKey: pickedBy(value, key) };
    }),
  );
}

/** `value ~> $function(more)`. */
function ofApply({ lhs, rhs }: Node, scope: Scope): Origin {
  const value = ofNode(lhs, scope);
  const isCall = isObject(rhs) && rhs.type === 'function';
  const given = isCall ? listOf(rhs.arguments).map((part) => ofNode(part, scope)) : [];
  return called(ofNode(isCall ? rhs.procedure : rhs, scope), [value, ...given]);
}

function ofLambda(node: Node, scope: Scope): Origin {
  // What JSONata wraps around a last call.
  if (node.thunk === true) return ofNode(node.body, scope);
  const { inside } = scope.run;
  const call = (given: readonly Origin[]): Origin => {
    if (inside.has(node)) return { ...workedOut(...given), unknown: true };
    const names = new Map(scope.names);
    for (const [index, argument] of listOf(node.arguments).entries()) {
      const name = isObject(argument) ? scalarText(argument.value) : undefined;
      if (name !== undefined) names.set(name, given[index] ?? nothing);
    }
    inside.add(node);
    const result = ofNode(node.body, { ...scope, names });
    inside.delete(node);
    return result;
  };
  return { ...nothing, call };
}

function called({ call }: Origin, given: readonly Origin[]): Origin {
  return call ? call(given) : { ...workedOut(...given), unknown: true };
}

/** `[…]` behind something: an index, or a predicate on each item. */
function filtered(node: Node, value: Origin, scope: Scope): Origin {
  const inItem = { ...scope, here: value, above: scope };
  return [...listOf(node.predicate), ...listOf(node.stages)].reduce<Origin>(
    (left, stage) => (isObject(stage) && 'expr' in stage ? pickedBy(left, ofNode(stage.expr, inItem)) : left),
    value,
  );
}

/** `{…}` behind something: its items, gathered by a key. */
function grouped({ group }: Node, value: Origin, scope: Scope): Origin {
  if (!isObject(group)) return value;
  return ofPairs(listOf(group.lhs), { ...scope, here: value, above: scope });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

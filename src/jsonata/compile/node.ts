import { Failure, located, NotCompiled } from '../failure.ts';
import { descendants, readerOf, settledReaderOf, wildcard } from '../lookup.ts';
import {
  type Binary,
  type Bind,
  type Block,
  type Condition,
  isPlainPath,
  type Name,
  type Negation,
  type Node,
  type Variable,
} from '../nodes.ts';
import { isTrue, operators } from '../operators.ts';
import { type Code, unbound } from '../run.ts';
import { type Sequence, settled, settledList } from '../sequence.ts';
import { isNumeric, truth } from '../values.ts';
import { compileCall, compileChain, compileLambda, compilePartial } from './calls.ts';
import { compileList, compileObject, grouped } from './constructors.ts';
import { filtered } from './filter.ts';
import { compilePath } from './path.ts';
import { compilePattern } from './pattern.ts';
import { boundIn, compile, newScope, type Scope, sizeOf, variableIn } from './scope.ts';
import { compileTransform } from './transform.ts';
import { compileTuples, isJoin } from './tuples.ts';

/** Compiles a node with all that belongs to it: its predicates, its group, and a list of one that stays a list. */
export function compileNode(node: Node, scope: Scope): Code {
  let code = compileKind(node, scope);
  for (const { expr } of node.predicate ?? []) code = filtered(code, expr, scope);
  const group = node.type === 'path' ? undefined : node.group;
  if (group) code = grouped(code, group, scope);
  if (node.keepArray === true) return afterwards(code, settledList);
  return isSettled(node) && !node.predicate && !group ? code : afterwards(code, settled);
}

/** Whether what a node comes to is sure to be settled. What a block, a condition or a variable gets from a part was settled as that of the part. */
function isSettled(node: Node): boolean {
  if (node.type === 'binary') return node.value !== '..';
  return node.type === 'path' ? isPlainPath(node) : settledKinds.has(node.type);
}

const settledKinds: ReadonlySet<Node['type']> = new Set<Node['type']>([
  'string',
  'number',
  'value',
  'name',
  'lambda',
  'regex',
  'transform',
  'unary',
]);

function afterwards(code: Code, then: (value: unknown) => unknown): Code {
  return (input, frame) => then(code(input, frame));
}

function compileKind(node: Node, scope: Scope): Code {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return () => node.value;
    case 'name':
      return compileName(node);
    case 'variable':
      return compileVariable(node, scope);
    case 'parent':
      return variableIn(scope, node.slot.label);
    case 'wildcard':
      return (input, { run }) => wildcard(input, run);
    case 'descendant':
      return (input, { run }) => descendants(input, run);
    case 'path':
      return isJoin(node) ? compileTuples(node, scope) : compilePath(node, scope);
    case 'binary':
      return compileBinary(node, scope);
    case 'unary':
      if (node.value === '[') return compileList(node, scope);
      return node.value === '{' ? compileObject(node, scope) : compileNegation(node, scope);
    case 'condition':
      return compileCondition(node, scope);
    case 'block':
      return compileBlock(node, scope);
    case 'bind':
      return compileBind(node, scope);
    case 'regex':
      return compilePattern(node, scope);
    case 'lambda':
      return compileLambda(node, scope);
    case 'function':
      return compileCall(node, scope);
    case 'partial':
      return compilePartial(node, scope);
    case 'apply':
      return compileChain(node, scope);
    case 'transform':
      return compileTransform(node, scope);
    default:
      throw new NotCompiled(`\`${node.type}\``, 'another construct', node.position);
  }
}

/** What a predicate or a group gets is not settled yet. */
function compileName({ value, predicate, group }: Name): Code {
  const read = predicate || group ? readerOf(value) : settledReaderOf(value);
  return (input, { run }) => read(input, run);
}

function compileVariable({ value }: Variable, scope: Scope): Code {
  return value === '' ? context : variableIn(scope, value);
}

/** `$`. Of an input that is a list as a whole, that list. */
function context(input: unknown): unknown {
  return Array.isArray(input) && (input as Sequence).outerWrapper === true ? input[0] : input;
}

function compileBinary({ value: name, lhs, rhs, position }: Binary, scope: Scope): Code {
  const left = compile(lhs, scope);
  const right = compile(rhs, scope);
  if (name === 'and')
    return within(
      position,
      name,
      (input, frame) => isTrue(left(input, frame)) && isTrue(right(input, frame)),
    );
  if (name === 'or')
    return within(
      position,
      name,
      (input, frame) => isTrue(left(input, frame)) || isTrue(right(input, frame)),
    );
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) throw new NotCompiled(`\`${name}\``, 'another operator', position);
  return (input, frame) => {
    const first = left(input, frame);
    const second = right(input, frame);
    try {
      return operator(first, second, frame.run);
    } catch (error) {
      throw located(error, position, name);
    }
  };
}

/** Says where something went wrong, where that is not said yet. */
function within(position: number | undefined, token: string, code: Code): Code {
  return (input, frame) => {
    try {
      return code(input, frame);
    } catch (error) {
      throw located(error, position, token);
    }
  };
}

function compileNegation({ expression, value: token, position }: Negation, scope: Scope): Code {
  const operand = compile(expression, scope);
  return (input, frame) => {
    const value = operand(input, frame);
    if (value === undefined) return undefined;
    if (!isNumeric(value)) throw new Failure('D1002', { position, token, value });
    return -value;
  };
}

function compileCondition(node: Condition, scope: Scope): Code {
  const condition = compile(node.condition, scope);
  const then = compile(node.then, scope);
  const otherwise = node.else ? compile(node.else, scope) : () => undefined;
  return (input, frame) =>
    truth(condition(input, frame)) === true ? then(input, frame) : otherwise(input, frame);
}

/** A block has variables of its own; one that binds none needs no frame for them. */
function compileBlock({ expressions }: Block, scope: Scope): Code {
  const binds = expressions.some((expression) => boundIn(expression).length > 0);
  const own = binds ? newScope(scope, expressions) : scope;
  const codes = expressions.map((expression) => {
    const code = compile(expression, own);
    if (expression.type === 'bind') own.sure.add(expression.lhs.value);
    return code;
  });
  const inTurn: Code = (input, frame) => {
    let result: unknown;
    for (const code of codes) result = code(input, frame);
    return result;
  };
  if (!binds) return codes.length === 1 ? (codes[0] ?? inTurn) : inTurn;
  const size = sizeOf(own);
  return (input, frame) => {
    const values = new Array<unknown>(size).fill(unbound);
    return inTurn(input, { run: frame.run, up: frame, values, tuple: undefined });
  };
}

function compileBind({ lhs, rhs, position }: Bind, scope: Scope): Code {
  const value = compile(rhs, scope);
  const slot = scope.slots.get(lhs.value);
  if (slot === undefined)
    throw new NotCompiled('a variable that is bound here', 'a block around it: `($x := …; …)`', position);
  return (input, frame) => (frame.values[slot] = value(input, frame));
}

import { apply, asArgument, Lambda, TailCall } from '../calls.ts';
import { Failure, HandBack, located, NotCompiled } from '../failure.ts';
import type { Call, Chain, LambdaNode, Node } from '../nodes.ts';
import { type Code, type Frame, unbound } from '../run.ts';
import { settled } from '../sequence.ts';
import { isDefinition, isFunction, isRecord } from '../values.ts';
import { compile, newScope, type Scope, sizeOf, variableIn } from './scope.ts';

/** `$name(a, b)`. */
export function compileCall(node: Call, scope: Scope, first?: Code): Code {
  const { position, procedure: procedureNode } = node;
  const procedure = compile(procedureNode, scope);
  const forgotten = forgottenSign(procedureNode, scope);
  const args = node.arguments.map((argument) => compileArgument(argument, scope));
  const token = nameOf(procedureNode);
  const given = first ? 1 : 0;
  return (input, frame) => {
    const { run } = frame;
    const values = new Array<unknown>(args.length + given);
    // What stands before `~>` comes before the function.
    if (first) values[0] = first(input, frame);
    const called = procedure(input, frame);
    if (called === undefined && forgotten) forgotten(input, frame, 'T1005', position);
    for (let index = 0; index < args.length; index += 1) {
      values[index + given] = args[index]?.(input, frame);
    }
    try {
      return apply(called, values, input, run);
    } catch (error) {
      throw located(error, position, token);
    }
  };
}

/** Functions are handed on as functions of JavaScript. A regular expression is one already. */
function compileArgument(node: Node, scope: Scope): Code {
  const code = compile(node, scope);
  // What a predicate or a group makes of it may be one.
  const isWhole = !node.predicate && !node.group;
  if (node.type === 'regex' || (isWhole && neverFunctions.has(node.type))) return code;
  return (input, frame) => {
    const value = code(input, frame);
    return isFunction(value) ? asArgument(value, frame.run) : value;
  };
}

const neverFunctions = new Set(['string', 'number', 'value', 'binary', 'unary']);

/** What a function is called by: its name, with `$` or forgotten. */
function nameOf(procedure: Node): unknown {
  const named = procedure.type === 'path' ? procedure.steps[0] : procedure;
  return 'value' in named ? named.value : undefined;
}

type Forgotten = (input: unknown, frame: Frame, code: string, position: number | undefined) => void;

/** `uppercase(a)` where `$uppercase(a)` was meant: JSONata says so when there is a function with that name. */
function forgottenSign(procedure: Node, scope: Scope): Forgotten | undefined {
  if (procedure.type !== 'path') return undefined;
  const name = String(nameOf(procedure));
  const meant = variableIn(scope, name);
  return (input, frame, code, position) => {
    if (meant(input, frame)) throw new Failure(code, { position, token: name });
  };
}

/** `function($a) { … }`, or a call that ends such a function. */
export function compileLambda(node: LambdaNode, scope: Scope): Code {
  const { body, signature } = node;
  if (node.thunk === true && body.type === 'function') return compileTailCall(body, scope);
  const names = node.arguments.map(({ value }) => value);
  if (new Set(names).size < names.length)
    throw new NotCompiled('two parameters with one name', 'another name for one of them', node.position);
  const own = newScope(scope, [body], names);
  const code = compile(body, own);
  const size = sizeOf(own);
  return (input, frame) => {
    const { run } = frame;
    const call = (args: readonly unknown[]): unknown => {
      const values = new Array<unknown>(size).fill(unbound);
      for (let slot = 0; slot < names.length; slot += 1) values[slot] = args[slot];
      return code(input, { run, up: frame, values, tuple: undefined });
    };
    return new Lambda(names, call, { run, input, signature });
  };
}

function compileTailCall({ procedure, arguments: args }: Call, scope: Scope): Code {
  const called = compile(procedure, scope);
  const values = args.map((argument) => compile(argument, scope));
  return (input, frame) => new TailCall(called, values, { input, frame });
}

/** `$name(?, b)`: a function of what is left open. */
export function compilePartial(node: Call, scope: Scope): Code {
  const { position, procedure: procedureNode } = node;
  const procedure = compile(procedureNode, scope);
  const forgotten = forgottenSign(procedureNode, scope);
  const args = node.arguments.map((argument) =>
    argument.type === 'operator' && argument.value === '?' ? undefined : compile(argument, scope),
  );
  return (input, frame) => {
    const given = args.map((arg) => arg?.(input, frame));
    if (given.some(looksOpen)) throw new HandBack('a value that JSONata takes for a `?`');
    const called = procedure(input, frame);
    if (called === undefined && forgotten) forgotten(input, frame, 'T1007', position);
    if (!isFunction(called)) throw new Failure('T1008', { position, token: nameOf(procedureNode) });
    return partial(
      called,
      args.map((arg) => arg === undefined),
      given,
      input,
      frame,
    );
  };
}

function looksOpen(value: unknown): boolean {
  return isRecord(value) && value.type === 'operator' && value.value === '?';
}

function partial(
  called: unknown,
  isOpen: readonly boolean[],
  given: readonly unknown[],
  input: unknown,
  frame: Frame,
): Lambda {
  const parameters = parametersOf(called);
  const open = parameters.flatMap((_, index) => (isOpen[index] === true ? [index] : []));
  const call = (args: readonly unknown[]): unknown => {
    const all = parameters.map((_, index) =>
      isOpen[index] === true ? args[open.indexOf(index)] : given[index],
    );
    return called instanceof Lambda ? called.unchecked(all) : native(called, all, frame);
  };
  return new Lambda(open.map(String), call, { run: frame.run, input, signature: undefined, isPartial: true });
}

/** JSONata calls such a function with its values as they are, without looking at its signature. */
function native(called: unknown, args: readonly unknown[], { run }: Frame): unknown {
  const implementation = isDefinition(called) ? called.implementation : called;
  const result: unknown = Reflect.apply(implementation as (...all: unknown[]) => unknown, run, args);
  if (typeof result === 'object' && result !== null && 'then' in result)
    throw new HandBack('a function that answers later');
  return result;
}

/** JSONata reads the parameters of a function of JavaScript from its text. */
function parametersOf(called: unknown): readonly unknown[] {
  if (called instanceof Lambda) return called.arguments;
  const implementation = isDefinition(called) ? called.implementation : called;
  const [, names = ''] = /\(([^)]*)\)/.exec(String(implementation)) ?? [];
  if (!/^\s*\w+(\s*,\s*\w+)*\s*$/.test(names)) throw new HandBack('a function with unusual parameters');
  return names.split(',');
}

/** `a ~> $f`: calls a function with what is before it, or makes one function of two. */
export function compileChain({ lhs, rhs, position }: Chain, scope: Scope): Code {
  const left = compile(lhs, scope);
  if (rhs.type === 'function') return compileCall(rhs, scope, left);
  const right = compile(rhs, scope);
  return (input, frame) => {
    const value = left(input, frame);
    const called = right(input, frame);
    if (!isFunction(called)) throw new Failure('T2006', { position, value: called });
    return isFunction(value) ? chained(value, called, frame) : apply(called, [value], null, frame.run);
  };
}

/** A function that does one after the other. */
function chained(first: unknown, second: unknown, frame: Frame): Lambda {
  const { run } = frame;
  const given = (value: unknown): unknown => (isFunction(value) ? asArgument(value, run) : value);
  const call = ([value]: readonly unknown[]): unknown => {
    const between = (): unknown => settled(apply(first, [given(settled(value))], null, run));
    return new TailCall(() => second, [between], { input: null, frame });
  };
  return new Lambda(['x'], call, { run, input: null, signature: undefined });
}

import { apply, asArgument, Lambda, TailCall } from '../calls.ts';
import { Failure, HandBack, located } from '../failure.ts';
import type { Call, Chain, LambdaNode, Node } from '../nodes.ts';
import { type Code, type Frame, unbound } from '../run.ts';
import { settled } from '../sequence.ts';
import { isDefinition, isFunction } from '../values.ts';
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
    const called = procedure(input, frame);
    if (called === undefined && forgotten) forgotten(input, frame, 'T1005', position);
    const values = new Array<unknown>(args.length + given);
    if (first) values[0] = first(input, frame);
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
  if (node.type === 'regex' || neverFunctions.has(node.type)) return code;
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

function compileTailCall({ procedure, arguments: args, position }: Call, scope: Scope): Code {
  const called = compile(procedure, scope);
  const values = args.map((argument) => compile(argument, scope));
  const token = nameOf(procedure);
  return (input, frame) => new TailCall(called, values, { input, frame, position, token });
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
  return new Lambda(open.map(String), call, { run: frame.run, input, signature: undefined });
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
function chained(first: unknown, second: unknown, { run }: Frame): Lambda {
  const given = (value: unknown): unknown => (isFunction(value) ? asArgument(value, run) : value);
  const call = ([value]: readonly unknown[]): unknown => {
    const between = settled(apply(first, [given(value)], null, run));
    return settled(apply(second, [given(between)], null, run));
  };
  return new Lambda(['x'], call, { run, input: null, signature: undefined });
}

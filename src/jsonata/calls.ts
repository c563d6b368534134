import { Failure, HandBack } from './failure.ts';
import type { Signature } from './nodes.ts';
import type { Code, Frame, Run } from './run.ts';
import { acceptsAsTheyAre } from './signature.ts';
import { isDefinition, isFunction } from './values.ts';

/** A function that an expression defines, with the place where it was defined. */
export class Lambda {
  /** What JSONata's own functions know a function by. */
  readonly _jsonata_lambda = true;
  /** The names of its parameters. */
  readonly arguments: readonly string[];
  /** Calls it without a look at its signature. The result may be a call that is still to be made. */
  readonly unchecked: (args: readonly unknown[]) => unknown;
  readonly #made: Made;

  constructor(parameters: readonly string[], call: (args: readonly unknown[]) => unknown, made: Made) {
    this.arguments = parameters;
    this.unchecked = call;
    this.#made = made;
  }

  get isPartial(): boolean {
    return this.#made.isPartial === true;
  }

  call(args: readonly unknown[], input: unknown): unknown {
    const { signature } = this.#made;
    return this.unchecked(signature ? signature.validate(args, input) : args);
  }

  /** Calls it for what was looked at where it was defined. */
  called(args: readonly unknown[]): unknown {
    return apply(this, args, this.#made.input, this.#made.run);
  }

  /** As functions of JSONata call it. */
  apply(_self: unknown, args: readonly unknown[]): unknown {
    return this.called(args);
  }
}

/** How a function came to be. */
interface Made {
  readonly run: Run;
  /** What was looked at where it was defined. */
  readonly input: unknown;
  readonly signature: Signature | undefined;
  /** Whether it is what `$f(?, 1)` makes. */
  readonly isPartial?: boolean;
}

/** A call at the very end of a function: it is made after that function has ended, so that it needs no stack. */
export class TailCall {
  /** To JSONata it is a function: also a predicate that stands behind it, by mistake of its parser, takes it for one. */
  readonly _jsonata_lambda = true;
  readonly procedure: Code;
  readonly args: readonly Code[];
  readonly place: TailCallPlace;

  constructor(procedure: Code, args: readonly Code[], place: TailCallPlace) {
    this.procedure = procedure;
    this.args = args;
    this.place = place;
  }
}

interface TailCallPlace {
  readonly input: unknown;
  readonly frame: Frame;
}

/**
 * Calls a function.
 *
 * @param input what a parameter that is not given may be taken from
 * @throws Failure T1006 when it is none
 */
export function apply(procedure: unknown, args: readonly unknown[], input: unknown, run: Run): unknown {
  run.enter();
  let result = applyOnce(procedure, args, input, run);
  while (result instanceof TailCall) {
    run.step();
    const { input: own, frame } = result.place;
    const next = result.procedure(own, frame);
    // JSONata stumbles here, without a code.
    if (!isFunction(next)) throw new HandBack('a call of no function, at the end of a function');
    result = applyOnce(
      next,
      result.args.map((arg) => arg(own, frame)),
      input,
      run,
    );
  }
  run.leave();
  return result;
}

function applyOnce(procedure: unknown, args: readonly unknown[], input: unknown, run: Run): unknown {
  if (procedure instanceof Lambda) return procedure.call(args, input);
  if (isDefinition(procedure)) {
    const { implementation, signature } = procedure;
    const given = signature === undefined ? args : validated(signature as Signature, args, input);
    return inTime(Reflect.apply(implementation, run, given));
  }
  if (typeof procedure === 'function') return inTime(Reflect.apply(procedure, input, args) as unknown);
  if (procedure === null) throw new HandBack('a call of null');
  throw new Failure('T1006');
}

function validated(signature: Signature, args: readonly unknown[], input: unknown): readonly unknown[] {
  return acceptsAsTheyAre(signature, args) ? args : signature.validate(args, input);
}

/** What comes later, only the interpreter can wait for. */
function inTime(result: unknown): unknown {
  if (typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function')
    throw new HandBack('a function that answers later');
  return result;
}

/** How many parameters a function takes, as JSONata counts them. */
export function arityOf(value: unknown): number {
  if (value instanceof Lambda) return value.arguments.length;
  const { arity, implementation, length } = value as {
    readonly arity?: unknown;
    readonly implementation?: unknown;
    readonly length?: unknown;
  };
  if (typeof arity === 'number') return arity;
  if (typeof implementation === 'function') return implementation.length;
  return typeof length === 'number' ? length : 0;
}

/** A function as another one gets it: one of JavaScript, which knows how many parameters it takes. */
export function asArgument(value: unknown, run: Run): unknown {
  const call = (...args: unknown[]): unknown => apply(value, args, null, run);
  return Object.assign(call, { arity: arityOf(value) });
}

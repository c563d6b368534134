import { atOnce, type Definition, type Functions, functionsOf } from '../jsonata/index.ts';
import { once } from '../once.ts';
import { afterwards } from './afterwards.ts';
import { callCheck, checkResult, isSmall } from './bounds.ts';
import { type BuiltInName, builtInNames } from './built-ins.ts';
import { distinct, sort, spread } from './replaced.ts';
import { boundReplacing } from './replacing.ts';
import type { Evaluation } from './evaluation.ts';
import { boundsByName } from './rewrite.ts';
import type { ExpressionLimits } from './limits.ts';

/** A function as JSONata calls it: `this` is what JSONata gives its own functions. */
type Implementation = (this: unknown, ...args: unknown[]) => unknown;

/** JSONata's functions, for both ways to evaluate. */
const interpreted = once(() => functionsOf(builtInNames));
const originals = { interpreted, compiled: once(async () => atOnce(await interpreted())) };

/** Functions that we do ourselves, because JSONata's own take too long or show too much. */
const replacements: Partial<Record<BuiltInName, (original: Implementation) => Implementation>> = {
  distinct: () => distinct,
  sort,
  spread,
};

/**
 * Every function that an expression can reach, each within its bounds, by name.
 *
 * @param way how the expression is evaluated: compiled code has no time to wait for a function
 * @param helpers functions of ours, some in the place of JSONata's own; values that are no functions are left out
 * @param evaluation the one that is going on
 */
export async function boundedFunctions(
  way: keyof typeof originals,
  helpers: Readonly<Record<string, unknown>>,
  limits: ExpressionLimits,
  evaluation: () => Evaluation,
): Promise<Readonly<Record<string, Definition>>> {
  const functions = await originals[way]();
  const ours = { ...clockOf(helpers, functions), ...helpers };
  const bounded = builtInNames.flatMap((name) => {
    const original = functions[name];
    if (!original) return [];
    const own = ours[name];
    const replaced = isImplementation(own) ? own : replacements[name]?.(original.implementation);
    return [[name, boundedBuiltIn(name, original, replaced, { limits, evaluation })] as const];
  });
  const builtIn: Readonly<Record<string, Definition>> = Object.fromEntries(bounded);
  const toText = (value: unknown): unknown => builtIn.string?.implementation(value);
  const bounds = Object.entries(boundsByName(toText, evaluation)).flatMap(([name, value]) =>
    isImplementation(value) ? [[name, definition(value)] as const] : [],
  );
  const others = Object.entries(helpers).flatMap(([name, value]) =>
    isImplementation(value) ? [[name, boundedHelper(value, evaluation)] as const] : [],
  );
  return { ...Object.fromEntries([...others, ...bounds]), ...builtIn };
}

/** @param replaced what is called in its place */
function boundedBuiltIn(
  name: BuiltInName,
  { implementation, signature }: Definition,
  replaced: Implementation = implementation,
  { limits, evaluation }: { readonly limits: ExpressionLimits; readonly evaluation: () => Evaluation },
): Definition {
  const check = callCheck(name, limits);
  const call: Implementation = function (...args) {
    const current = evaluation();
    const small = isSmall(args);
    if (!small) current.checkTime();
    check(args, small, current);
    const done = (result: unknown): unknown => {
      if (!small) current.called();
      checkResult(name, result, limits, current);
      if (name === 'clone') current.own(result);
      return result;
    };
    return afterwards(
      Reflect.apply(replaced, this, name === 'replace' ? boundReplacing(args, limits) : args),
      done,
    );
  };
  return definition(inTheGuiseOf(implementation, call), signature);
}

/** `$now` by the clock of `$millis`: with an author's picture and zone, or as ISO 8601 in UTC. */
function clockOf(
  { millis }: Readonly<Record<string, unknown>>,
  { fromMillis }: Functions,
): Readonly<Record<string, Implementation>> {
  if (!isImplementation(millis) || !fromMillis) return {};
  return { now: (picture, zone) => fromMillis.implementation(millis(), picture, zone) };
}

/** A helper of ours. Given to `$map` and the like it gets the item alone: its other parameters are no index. */
function boundedHelper(
  helper: Implementation,
  evaluation: () => Evaluation,
): Definition & { readonly arity: 1 } {
  const call: Implementation = function (...args) {
    const current = evaluation();
    const small = isSmall(args);
    // Before the work, so that what held it up until here is not taken for a part of it.
    if (!small) current.checkTime();
    for (const arg of args) current.checkText(arg);
    const result = Reflect.apply(helper, this, args);
    if (!small) current.called();
    current.checkText(result);
    current.measure(result);
    return result;
  };
  return { ...definition(inTheGuiseOf(helper, call)), arity: 1 };
}

function definition(implementation: Implementation, signature?: unknown): Definition {
  return { _jsonata_function: true, implementation, signature };
}

/** JSONata reads the names and the number of the parameters from the function itself. */
function inTheGuiseOf(original: Implementation, call: Implementation): Implementation {
  return Object.defineProperties(call, {
    length: { value: original.length },
    toString: { value: () => original.toString() },
  });
}

function isImplementation(value: unknown): value is Implementation {
  return typeof value === 'function';
}

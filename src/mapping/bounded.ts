import jsonata from 'jsonata';
import { checkCall, checkResult, checkText } from './bounds.ts';
import { type BuiltInName, builtInNames } from './built-ins.ts';
import { distinct, sort, spread } from './replaced.ts';
import { boundReplacing } from './replacing.ts';
import type { Evaluation } from './evaluation.ts';
import { boundsByName } from './rewrite.ts';
import type { ExpressionLimits } from './limits.ts';

/** A function as JSONata calls it: `this` is what JSONata gives its own functions. */
type Implementation = (this: unknown, ...args: unknown[]) => unknown;

/** A function in the form in which JSONata keeps its own ones. */
interface Definition {
  readonly _jsonata_function: true;
  readonly implementation: Implementation;
  readonly signature: unknown;
}

/** JSONata gives its functions to expressions only, and expressions take their time: so not before the first one. */
let originals: Promise<readonly (readonly [BuiltInName, Definition])[]> | undefined;

function originalFunctions() {
  originals ??= Promise.all(
    builtInNames.map(async (name) => {
      const definition: unknown = await jsonata(`$${name}`).evaluate(undefined, {});
      return [name, definition as Definition] as const;
    }),
  );
  return originals;
}

/** Functions that we do ourselves, because JSONata's own take too long or show too much. */
const replacements: Partial<Record<BuiltInName, (original: Implementation) => Implementation>> = {
  distinct: () => distinct,
  sort,
  spread,
};

/**
 * Every function that an expression can reach, each within its bounds: for `assign`, by name.
 *
 * @param helpers functions of ours, some in the place of JSONata's own; values that are no functions are left out
 * @param evaluation the one that is going on
 */
export async function boundedFunctions(
  helpers: Readonly<Record<string, unknown>>,
  limits: ExpressionLimits,
  evaluation: () => Evaluation,
): Promise<Readonly<Record<string, Definition>>> {
  const bounded = (await originalFunctions()).map(([name, { implementation, signature }]) => {
    const helper = helpers[name];
    const replaced = isImplementation(helper)
      ? helper
      : (replacements[name]?.(implementation) ?? implementation);
    const call: Implementation = function (...args) {
      const current = evaluation();
      checkCall(name, { args, limits, evaluation: current });
      const given = name === 'replace' ? boundReplacing(args, limits) : args;
      return afterwards(Reflect.apply(replaced, this, given), (result) => {
        current.called();
        checkResult(name, result, { limits, evaluation: current });
        if (name === 'clone') current.own(result);
        return result;
      });
    };
    return [name, definition(inTheGuiseOf(implementation, call), signature)] as const;
  });
  const builtIn = Object.fromEntries(bounded);
  const toText = (value: unknown): unknown => builtIn.string?.implementation(value);
  const bounds = Object.entries(boundsByName(toText, limits, evaluation)).flatMap(([name, value]) =>
    isImplementation(value) ? [[name, definition(value)] as const] : [],
  );
  const ours = Object.entries(helpers).flatMap(([name, value]) =>
    isImplementation(value) ? [[name, boundedHelper(value, limits, evaluation)] as const] : [],
  );
  return { ...Object.fromEntries([...ours, ...bounds]), ...builtIn };
}

/** A helper of ours. Given to `$map` and the like it gets the item alone: its other parameters are no index. */
function boundedHelper(
  helper: Implementation,
  limits: ExpressionLimits,
  evaluation: () => Evaluation,
): Definition & { readonly arity: 1 } {
  const call: Implementation = function (...args) {
    const current = evaluation();
    current.checkTime();
    for (const arg of args) checkText(arg, limits);
    const result = Reflect.apply(helper, this, args);
    checkText(result, limits);
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

function afterwards(result: unknown, check: (result: unknown) => unknown): unknown {
  return result instanceof Promise ? result.then(check) : check(result);
}

import jsonata from 'jsonata';
import { once } from '../once.ts';
import { boundedFunctions } from './bounded.ts';
import { Evaluation } from './evaluation.ts';
import type { Bindings } from './expression.ts';
import type { ExpressionLimits } from './limits.ts';
import { patternEngine } from './patterns.ts';
import { plainJson } from './plain-json.ts';
import { putBounds, restorePatterns } from './rewrite.ts';

/**
 * An expression that JSONata itself evaluates: for what is not compiled.
 *
 * @param fixed the bindings that are the same for every evaluation
 */
export function interpreted(
  source: string,
  fixed: Bindings,
  limits: ExpressionLimits,
): (input: unknown, bindings: Bindings) => Promise<unknown> {
  let evaluation = new Evaluation(limits);
  const current = (): Evaluation => evaluation;
  const ready = once(async (): Promise<jsonata.Expression> => {
    const expression = jsonata(source, optionsFor(limits, current));
    restorePatterns(expression.ast());
    putBounds(expression.ast());
    const functions = await boundedFunctions('interpreted', fixed, limits, current);
    for (const [name, value] of Object.entries({ ...fixed, ...functions })) expression.assign(name, value);
    return expression;
  });
  return (input, bindings) =>
    inTurn(async () => {
      const expression = await ready();
      evaluation = new Evaluation(limits);
      // Always with bindings: without them jsonata keeps the input in an environment that evaluations share.
      return plainJson(await expression.evaluate(input, { ...bindings }), limits);
    });
}

function optionsFor(limits: ExpressionLimits, evaluation: () => Evaluation): jsonata.JsonataOptions {
  const options: jsonata.JsonataOptions = {
    // JSONata compares this with the clock on the wall, at every step.
    get timeout() {
      return evaluation().timeAllowed();
    },
    stack: limits.depth,
    sequence: limits.items,
  };
  // The type asks for all of JavaScript's own RegExp; JSONata needs `exec` and `lastIndex`.
  return Object.defineProperty(options, 'RegexEngine', { value: patternEngine(evaluation) });
}

let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Evaluations take turns. There is one thread for all of them, and JSONata's time limit also counts the time that
 * others use it: of a crowd, each would pass its limit.
 */
function inTurn<T>(evaluate: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(evaluate);
  lastTurn = turn.catch(() => undefined);
  return turn;
}

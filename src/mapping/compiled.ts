import { compile, type Evaluate } from '../jsonata/index.ts';
import { boundedFunctions } from './bounded.ts';
import { Evaluation } from './evaluation.ts';
import type { Bindings } from './expression.ts';
import type { ExpressionLimits } from './limits.ts';
import { patternEngine } from './patterns.ts';
import { plainJson } from './plain-json.ts';

/**
 * An expression as JavaScript. It keeps the same bounds as the interpreter, and is done before anything else happens in
 * this process.
 *
 * @param tree JSONata's syntax tree
 * @param fixed the bindings that are the same for every evaluation
 * @throws NotCompiled when only the interpreter knows how
 */
export async function compiled(tree: object, fixed: Bindings, limits: ExpressionLimits): Promise<Evaluate> {
  let evaluation = new Evaluation(limits);
  const current = (): Evaluation => evaluation;
  const functions = await boundedFunctions('compiled', fixed, limits, current);
  const evaluate = compile(tree, {
    globals: { ...fixed, ...functions },
    limits,
    RegexEngine: patternEngine(current),
    watch: () => (evaluation = new Evaluation(limits)),
  });
  return (input, bindings) => {
    const result = evaluate(input, bindings);
    return plainJson(result, limits, (record) => evaluation.takeMade(record));
  };
}

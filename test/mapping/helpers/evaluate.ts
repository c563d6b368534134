import { parseExpression, TranslationError } from '../../../src/mapping/expression.ts';
import { fixedBindings } from '../../../src/mapping/functions.ts';
import type { ExpressionLimits } from '../../../src/mapping/limits.ts';

/** A set to try helpers in. */
export interface Trial {
  readonly zone?: string;
  readonly codes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly unknownCodes?: Readonly<Record<string, 'pass' | 'refuse'>>;
  readonly limits?: Partial<ExpressionLimits>;
}

/** What an expression makes of an input, in a small set with much time. */
export async function evaluate(source: string, input: unknown = {}, trial: Trial = {}): Promise<unknown> {
  const fixed = fixedBindings({
    settings: {},
    codes: {},
    ...trial,
    clock: { now: () => 0 },
    random: () => 0,
  });
  const limits = { timeMs: 20_000, depth: 500, items: 10_000, text: 100_000, ...trial.limits };
  return await parseExpression('a.jsonata', source).compile(fixed, limits)(input, {});
}

/** The code with which an expression fails; undefined when it does not. */
export async function failureOf(source: string, input?: unknown, trial?: Trial): Promise<string | undefined> {
  try {
    await evaluate(source, input, trial);
    return undefined;
  } catch (error) {
    if (error instanceof TranslationError) return error.code;
    throw error;
  }
}

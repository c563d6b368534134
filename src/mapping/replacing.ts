import { afterwards } from './afterwards.ts';
import { EvaluationError, type ExpressionLimits } from './limits.ts';

/** A match as JSONata's patterns tell it, as far as we look at it. */
interface Match {
  readonly match: string;
  readonly next: () => unknown;
}

type Matcher = (text: unknown) => unknown;

/**
 * The arguments of `$replace`, with a pattern that ends the evaluation before what comes in the place of its matches
 * is longer than a text may be. `$0$0$0…` for a long match makes much of little.
 */
export function boundReplacing(args: readonly unknown[], limits: ExpressionLimits): readonly unknown[] {
  const [text, pattern, by, ...rest] = args;
  if (typeof pattern !== 'function' || typeof by !== 'string') return args;
  let left = limits.text;
  // Not even with a match at every character, and a group at every character of what comes in their place.
  if (typeof text === 'string' && (2 * text.length + 1) * by.length <= left) return args;
  const groups = by.split('$').length - 1;

  const counted = (found: unknown): unknown => {
    if (!isMatch(found)) return found;
    left -= by.length + groups * found.match.length;
    if (left < 0) throw new EvaluationError('K0003');
    return { ...found, next: () => afterwards(found.next(), counted) };
  };
  const watched = (subject: unknown): unknown => afterwards((pattern as Matcher)(subject), counted);
  return [text, watched, by, ...rest];
}

function isMatch(value: unknown): value is Match {
  return typeof value === 'object' && value !== null && 'match' in value && typeof value.match === 'string';
}

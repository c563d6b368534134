import type { BuiltInName } from './built-ins.ts';
import type { Evaluation } from './evaluation.ts';
import { EvaluationError, type ExpressionLimits, pictureLength, searchSteps, sharedCodes } from './limits.ts';

/** What a bound looks at: the arguments of one call, the limits of the set, and the evaluation that it is a part of. */
interface Call {
  readonly args: readonly unknown[];
  readonly limits: ExpressionLimits;
  readonly evaluation: Evaluation;
}

/** Ends the evaluation when a call could take long or make something large. */
type Bound = (call: Call) => void;

/**
 * The bounds of those functions that can do much with little, each before the function is called. All others take
 * time in proportion to what they are given, and that is bounded already.
 */
const bounds: Partial<Record<BuiltInName, Bound>> = {
  contains: boundSearch,
  formatInteger: boundPicture,
  formatNumber: boundNumber,
  fromMillis: boundPicture,
  join: boundJoin,
  now: ({ args }) => {
    checkPicture(args[0]);
  },
  pad: boundPad,
  parseInteger: boundPicture,
  replace: boundReplace,
  shuffle: boundItems,
  sort: boundItems,
  split: boundSearch,
  string: boundString,
  substringAfter: boundSearch,
  substringBefore: boundSearch,
  toMillis: boundTime,
};

/** The functions that walk through all of what they are given. */
const walking: ReadonlySet<string> = new Set<BuiltInName>([
  'boolean',
  'clone',
  'distinct',
  'keys',
  'lookup',
  'not',
  'spread',
  'string',
]);

/**
 * The check of a call of one of JSONata's functions, before it is made.
 *
 * @returns what throws an EvaluationError when the call may not be made; it is told whether the arguments are small, as
 *   `isSmall` has it
 */
export function callCheck(
  name: BuiltInName,
  limits: ExpressionLimits,
): (args: readonly unknown[], small: boolean, evaluation: Evaluation) => void {
  const bound = bounds[name];
  const isWalking = walking.has(name);
  // What is small is no text that is too long, and has nothing in it to be measured.
  const isSmallWithinLimits = limits.text >= smallText;
  return (args, small, evaluation) => {
    if (!small || !isSmallWithinLimits) {
      for (const arg of args) {
        evaluation.checkText(arg);
        if (isWalking) evaluation.measure(arg);
      }
    }
    bound?.({ args, limits, evaluation });
  };
}

/** A call with little in its hands is a step like any other: to look at the clock would take longer. */
export function isSmall(args: readonly unknown[]): boolean {
  for (const arg of args) {
    if (typeof arg === 'object' && arg !== null) return false;
    if (typeof arg === 'string' && arg.length > smallText) return false;
  }
  return true;
}

const smallText = 200;

/**
 * Checks what a function of JSONata yields.
 *
 * @throws EvaluationError when it is too large
 */
export function checkResult(
  name: BuiltInName,
  result: unknown,
  limits: ExpressionLimits,
  evaluation: Evaluation,
): void {
  if (typeof result !== 'object') {
    evaluation.checkText(result);
    return;
  }
  if (Array.isArray(result) && result.some((item) => Array.isArray(item))) evaluation.measure(result);
  if (name === 'split' && lengthOf(result) > limits.items) throw new EvaluationError(sharedCodes.items);
}

/**
 * Checks the picture of a time. One that asks for thousands of digits gets them.
 *
 * @throws EvaluationError
 */
function checkPicture(picture: unknown): void {
  if (typeof picture !== 'string') return;
  if (picture.length > pictureLength || /,[^\]]*[0-9]{3}/.test(picture)) throw new EvaluationError('K0006');
}

function boundPicture({ args }: Call): void {
  checkPicture(args[1]);
}

/** JSONata looks for the next separator without end when one is empty. */
function boundNumber(call: Call): void {
  const [, picture, options] = call.args;
  if (lengthOf(picture) > pictureLength) throw new EvaluationError('K0006');
  const given: unknown[] = typeof options === 'object' && options !== null ? Object.values(options) : [];
  const isSound = (option: unknown): boolean =>
    typeof option === 'string' && option !== '' && option.length <= pictureLength;
  if (!given.every(isSound)) throw new EvaluationError('K0006');
}

/**
 * JSONata reads a time with a pattern that it makes of the picture and runs on JavaScript's own engine: each part in
 * letters, and each of fractions, multiplies the ways in which a text can be divided.
 */
function boundTime(call: Call): void {
  const [text, picture] = call.args;
  if (typeof picture !== 'string') return;
  checkPicture(picture);
  const parts = picture.match(/\[(?:f|[FPCE]\s*[\],]|[A-Za-z][^\],]*[A-Za-z])/g) ?? [];
  if (lengthOf(text) > pictureLength || parts.length > 4) throw new EvaluationError('K0006');
}

function boundItems({ args: [list], limits }: Call): void {
  if (Array.isArray(list) && list.length > limits.items) throw new EvaluationError(sharedCodes.items);
}

/** The work of looking for one text in another is at worst their product. */
function boundSearch({ args: [text, part] }: Call): void {
  if (lengthOf(text) * lengthOf(part) > searchSteps.text) throw new EvaluationError('K0005');
}

function boundPad({ args: [, width, sign], limits }: Call): void {
  const signs = typeof sign === 'string' && sign !== '' ? sign.length : 1;
  if (typeof width === 'number' && Math.abs(width) * signs > limits.text) throw new EvaluationError('K0003');
}

function boundJoin({ args: [texts, between], limits }: Call): void {
  const all: readonly unknown[] = Array.isArray(texts) ? texts : [];
  const characters = all.reduce<number>((sum, text) => sum + lengthOf(text), 0);
  if (characters + all.length * lengthOf(between) > limits.text) throw new EvaluationError('K0003');
}

function boundReplace(call: Call): void {
  boundSearch(call);
  const { args, limits } = call;
  const [text, part, by] = args;
  if (typeof text !== 'string' || typeof part !== 'string' || part === '') return;
  const grows = Math.max(0, lengthOf(by) - part.length);
  if (text.length + (text.length / part.length) * grows <= limits.text) return;
  if (text.length + (text.split(part).length - 1) * grows > limits.text) throw new EvaluationError('K0003');
}

function boundString({ args: [value, prettify], limits, evaluation }: Call): void {
  const { values, characters, depth } = evaluation.measure(value);
  const blanks = prettify === true ? values * depth * 2 : 0;
  if (characters + blanks > limits.text) throw new EvaluationError('K0003');
}

/** How many characters or items; 0 for anything else. */
function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

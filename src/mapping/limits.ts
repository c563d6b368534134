/**
 * Bounds on one evaluation, so that a runaway expression ends by itself and takes nothing of others with it. Every
 * evaluator of translations keeps the same ones, and fails with the same codes (`failureCodes`).
 */
export interface ExpressionLimits {
  /** Time to work, in milliseconds. */
  readonly timeMs: number;
  /** Nesting of calls. JSONata evaluates the keys of an object at the same time, so a wide record is "deep" too. */
  readonly depth: number;
  /** Items in one list. A structure holds at most ten times as many values. */
  readonly items: number;
  /** Characters in one text that an expression makes. A structure holds at most ten times as many. */
  readonly text: number;
}

/** What holds for a mapping set that says nothing under `limits`. */
export const defaultLimits: ExpressionLimits = { timeMs: 100, depth: 2000, items: 10_000, text: 1_000_000 };

/** How much more than one list or one text all of a structure may hold. */
export const structureFactor = 10;

/**
 * What one call of a function may cost that cannot be stopped halfway, in steps of a search. Some tens of
 * milliseconds at most; how long several of them take is bounded by `timeMs`.
 */
export const searchSteps = { pattern: 1_000_000, text: 50_000_000 } as const;

/** Characters in the picture of a number or a time, and in a time that is read with one. */
export const pictureLength = 100;

/** JSONata's own codes that our bounds share with its own. */
export const sharedCodes = { time: 'D1012', items: 'D2015' } as const;

/** Our own codes of a translation that failed, beside those of JSONata, and what each means. */
export const failureCodes = {
  K0001: 'a word or a code table that the set does not have',
  K0002: 'a result that JSON cannot hold: a function, or a number such as 1/0',
  K0003: 'a text longer than `limits.text`',
  K0004: 'a structure of more than ten times `limits.items` values, or of ten times `limits.text` characters',
  K0005: 'a search that would take too long: a long text, with a long or a complicated pattern',
  K0006: 'a picture or an option of a number or a time that is too long, or has no end',
  K0007: 'a transformation (`|…|…|`) of something that is not its own copy',
  K0008:
    'a value that cannot be quoted: control characters, half a character, or not of the form that is asked for',
  K0009: 'a date or time that cannot be written, or a format or a zone that is none',
  K0010: 'a text that is longer than all the pieces that it is to be cut into, or pieces of no length',
  K0011: 'a text that is no JSON, or that is nested more than 100 deep',
} as const;

/** A code under which our own bounds end an evaluation. */
export type FailureCode = keyof typeof failureCodes | (typeof sharedCodes)[keyof typeof sharedCodes];

/** An evaluation that one of our own bounds or helpers ended. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly code: FailureCode;
  /** A character offset in the source, as JSONata counts them: it fills it in where it knows the place. */
  position?: number;

  constructor(code: FailureCode) {
    super(code);
    this.code = code;
  }
}

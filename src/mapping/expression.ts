import jsonata from 'jsonata';
import { once } from '../once.ts';
import { boundedFunctions } from './bounded.ts';
import { beginEvaluation, type Evaluation } from './evaluation.ts';
import type { ExpressionLimits } from './limits.ts';
import { patternEngine } from './patterns.ts';
import { plainJson } from './plain-json.ts';
import { putBounds } from './rewrite.ts';
import { syntaxAdvice } from './syntax-advice.ts';

/** The values that an expression can name with `$`, for one evaluation. */
export type Bindings = Readonly<Record<string, unknown>>;

/**
 * A compiled translation: input and bindings in, result out. This type is all that the rest of Klantbrug knows of
 * JSONata; another evaluator takes its place by making the same function.
 *
 * Results are plain JSON or undefined. Evaluations share nothing.
 *
 * @throws TranslationError when the expression fails or passes its limits
 */
export type Expression = (input: unknown, bindings: Bindings) => Promise<unknown>;

/** A position in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A translation that failed, told by its file, place and JSONata's error code. Never the message of the evaluator:
 * it quotes the values that it stumbled on.
 */
export class TranslationError extends Error {
  override readonly name = 'TranslationError';
  readonly file: string;
  readonly code: string;
  readonly position: Position | undefined;

  constructor(file: string, code: string, position: Position | undefined) {
    super(`${file}${position ? `:${position.line}:${position.column}` : ''} failed with ${code}`);
    this.file = file;
    this.code = code;
    this.position = position;
  }
}

/** An expression that is no JSONata: what the parser says of it, which quotes only the file itself. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';
  readonly position: Position;
  /** What to write instead, where the cause is a usual one. */
  readonly advice: string | undefined;

  constructor(message: string, position: Position, advice: string | undefined) {
    super(message);
    this.position = position;
    this.advice = advice;
  }
}

/** A parsed expression: what it refers to, and a way to compile it. */
export interface ParsedExpression {
  readonly file: string;
  readonly source: string;
  /** JSONata's syntax tree, for analysis. */
  readonly tree: unknown;
  compile(fixed: Bindings, limits: ExpressionLimits): Expression;
}

/**
 * Parses JSONata source.
 *
 * @throws ExpressionSyntaxError with the place in the file
 */
export function parseExpression(file: string, source: string): ParsedExpression {
  try {
    const tree: unknown = jsonata(source).ast();
    return { file, source, tree, compile: (fixed, limits) => compile(file, source, fixed, limits) };
  } catch (error) {
    const offset = offsetOf(error) ?? placeOfPattern(source, error);
    const message = messageOf(error);
    throw new ExpressionSyntaxError(
      message,
      positionIn(source, offset),
      syntaxAdvice(source, offset, message),
    );
  }
}

function compile(file: string, source: string, fixed: Bindings, limits: ExpressionLimits): Expression {
  let evaluation = beginEvaluation(limits);
  const current = (): Evaluation => evaluation;
  // When it is first evaluated: whoever only looks at a set does not wait for it.
  const ready = once(async (): Promise<jsonata.Expression> => {
    const expression = jsonata(source, optionsFor(limits, current));
    putBounds(expression.ast());
    const functions = await boundedFunctions(fixed, limits, current);
    for (const [name, value] of Object.entries({ ...fixed, ...functions })) expression.assign(name, value);
    return expression;
  });

  // Always with bindings: without them jsonata keeps the input in an environment that evaluations share.
  const evaluate: Expression = (input, bindings) =>
    inTurn(async () => {
      const expression = await ready();
      evaluation = beginEvaluation(limits);
      return plainJson(await expression.evaluate(input, { ...bindings }), evaluation);
    });

  return async (input, bindings) => {
    try {
      return await evaluate(input, bindings);
    } catch (error) {
      const offset = offsetOf(error);
      throw new TranslationError(
        file,
        codeOf(error),
        offset === undefined ? undefined : positionIn(source, offset),
      );
    }
  };
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

/** The line and column of a character offset, counted from 1. */
export function positionIn(source: string, offset: number): Position {
  const before = source.slice(0, Math.max(0, offset));
  const line = before.split('\n').length;
  return { line, column: before.length - before.lastIndexOf('\n') };
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function codeOf(error: unknown): string {
  const code = property(error, 'code');
  return typeof code === 'string' && /^[A-Z][0-9]{4}$/.test(code) ? code : 'E0000';
}

/** JSONata counts from the end of a token; it does not tell a place for everything. */
function offsetOf(error: unknown): number | undefined {
  const position = property(error, 'position');
  return typeof position === 'number' ? Math.max(0, position - 1) : undefined;
}

/** JavaScript tells which pattern is no regular expression, but not where it stands. */
function placeOfPattern(source: string, error: unknown): number {
  const [, pattern = ''] = /^Invalid regular expression: (\/.*\/)/s.exec(messageOf(error)) ?? [];
  return Math.max(0, source.indexOf(pattern));
}

function messageOf(error: unknown): string {
  const message = property(error, 'message');
  return typeof message === 'string' ? message : 'this is no JSONata';
}

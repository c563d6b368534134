import jsonata from 'jsonata';
import { HandBack, NotCompiled } from '../jsonata/index.ts';
import { once } from '../once.ts';
import { compiled } from './compiled.ts';
import { interpreted } from './interpreter.ts';
import type { ExpressionLimits } from './limits.ts';
import { restorePatterns } from './rewrite.ts';
import { syntaxAdvice } from './syntax-advice.ts';

/** The values that an expression can name with `$`, for one evaluation. */
export type Bindings = Readonly<Record<string, unknown>>;

/**
 * A translation: input and bindings in, result out. This type is all that the rest of Klantbrug knows of JSONata.
 *
 * The result is plain JSON or undefined, and is there at once; where JSONata's interpreter does the work it is a promise of
 * that. Evaluations share nothing.
 *
 * @throws TranslationError when the expression fails or passes its limits
 */
export type Expression = (input: unknown, bindings: Bindings) => unknown;

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

/** Is told of each evaluation that compiled code left to the interpreter, and of what it was not made for. */
export type HandedBack = (file: string, why: string) => void;

/** How expressions are evaluated. Answers are the same in every way. */
export interface Evaluating {
  /** JSONata's interpreter does all of it: to compare, and to measure. */
  readonly evaluatedBy?: 'compiler' | 'interpreter' | undefined;
  readonly handedBack?: HandedBack | undefined;
}

/** What a file holds. */
interface Source {
  readonly file: string;
  readonly source: string;
  /** JSONata's syntax tree. */
  readonly tree: object;
}

/** A parsed expression: what it refers to, and a way to compile it. */
export interface ParsedExpression extends Source {
  compile(fixed: Bindings, limits: ExpressionLimits, how?: Evaluating): Expression;
}

/**
 * Parses JSONata source.
 *
 * @throws ExpressionSyntaxError with the place in the file
 */
export function parseExpression(file: string, source: string): ParsedExpression {
  try {
    const tree = jsonata(source).ast();
    restorePatterns(tree);
    const parsed: Source = { file, source, tree };
    return {
      ...parsed,
      compile: (fixed, limits, how = {}) => failingIn(parsed, evaluator(parsed, fixed, limits, how)),
    };
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

/**
 * Evaluates compiled code where it can, and has the interpreter do what it cannot: all of an expression, or one evaluation
 * of data that the code was not made for.
 */
function evaluator(
  { file, source, tree }: Source,
  fixed: Bindings,
  limits: ExpressionLimits,
  { evaluatedBy, handedBack }: Evaluating,
): Expression {
  const interpret = interpreted(source, fixed, limits);
  if (evaluatedBy === 'interpreter') return interpret;
  const evaluate =
    (code: Expression): Expression =>
    (input, bindings) => {
      try {
        return code(input, bindings);
      } catch (error) {
        if (!(error instanceof HandBack)) throw error;
        handedBack?.(file, error.message);
        return interpret(input, bindings);
      }
    };
  let prepared: Expression | undefined;
  // When it is first evaluated: whoever only looks at a set does not wait for it.
  const prepare = once(async (): Promise<Expression> => {
    const code = await compiled(tree, fixed, limits).catch((error: unknown) => {
      if (error instanceof NotCompiled) return undefined;
      throw error;
    });
    return (prepared = code ? evaluate(code) : interpret);
  });
  return (input, bindings) =>
    prepared ? prepared(input, bindings) : prepare().then((ready) => ready(input, bindings));
}

/** An expression whose errors tell the place in the file, and nothing of what it was given. */
function failingIn({ file, source }: Source, evaluate: Expression): Expression {
  const fail = (error: unknown): never => {
    const offset = offsetOf(error);
    const position = offset === undefined ? undefined : positionIn(source, offset);
    throw new TranslationError(file, codeOf(error), position);
  };
  return (input, bindings) => {
    try {
      const result = evaluate(input, bindings);
      return result instanceof Promise ? result.catch(fail) : result;
    } catch (error) {
      return fail(error);
    }
  };
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

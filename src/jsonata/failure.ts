/** An evaluation that failed, with JSONata's code of what went wrong. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  /** A character offset in the source, as JSONata counts them. */
  position: number | undefined;
  /** The operator or function. */
  token: unknown;
  /** What it stumbled on. Never in the message: it may be about a person. */
  readonly value: unknown;

  constructor(code: string, about: { position?: number | undefined; token?: unknown; value?: unknown } = {}) {
    super(code);
    this.code = code;
    this.position = about.position;
    this.token = about.token;
    this.value = about.value;
  }
}

/** Compiled code met data that it was not made for: the interpreter has to do this evaluation. */
export class HandBack extends Error {
  override readonly name = 'HandBack';
}

/** A construct that is not compiled: the interpreter has to do this expression. */
export class NotCompiled extends Error {
  override readonly name = 'NotCompiled';
  /** What it is, for the author. */
  readonly construct: string;
  /** What to write in its place. */
  readonly instead: string;
  /** A character offset in the source, as JSONata counts them. */
  readonly position: number | undefined;

  constructor(construct: string, instead: string, position: number | undefined) {
    super(construct);
    this.construct = construct;
    this.instead = instead;
    this.position = position;
  }
}

/**
 * Says of an error where it happened, and in which operator or function, unless that is said already. Errors of JSONata's
 * own functions are no `Error`, but have a `code` as ours do.
 */
export function located(error: unknown, position: number | undefined, token: unknown): unknown {
  if (typeof error !== 'object' || error === null || error instanceof HandBack) return error;
  const about = error as { code?: unknown; position?: unknown; token?: unknown };
  if (about.code === undefined) return error;
  about.position ??= position;
  about.token ??= token;
  return error;
}

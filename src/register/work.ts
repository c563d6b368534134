import type { BackendAnswer, BackendRequest, Send } from '../backend/send.ts';
import type { Deadline } from '../deadline.ts';
import type { Bindings, Expression } from '../mapping/expression.ts';
import { TranslationError } from '../mapping/expression.ts';
import type { Observe } from '../observe/events.ts';
import { Problem } from '../problem.ts';

/** Who calls, as mappings may see it. */
export interface Caller {
  readonly clientId: string;
  readonly userId: string | undefined;
  readonly userRepresentation: string | undefined;
}

/** What one request cost so far; ends in its line of the access log. */
export interface Trace {
  mappingMs: number;
  backendMs: number;
  backendCalls: number;
  cache: 'none' | 'miss' | 'hit' | 'revalidated';
}

/** On whose behalf something is done: passed along from the request to the last call. */
export interface Work {
  readonly deadline: Deadline;
  readonly observe: Observe;
  readonly caller: Caller | undefined;
  readonly trace: Trace;
}

/** Which way a translation goes decides whose fault its failure is. */
export type Direction = 'outgoing' | 'incoming';

/**
 * Evaluates a translation. It fails closed: nothing is sent, nothing is shown.
 *
 * @throws Problem 500 for an outgoing translation, 502 for an incoming one
 */
export async function translate(
  expression: Expression,
  input: unknown,
  bindings: Bindings,
  work: Work,
  direction: Direction,
): Promise<unknown> {
  const start = performance.now();
  try {
    return await expression(input, { ...bindings, caller: work.caller });
  } catch (error) {
    if (!(error instanceof TranslationError)) throw error;
    work.observe({ event: 'translation-failed', file: error.file, code: error.code, ...error.position });
    throw translationProblem(direction, error);
  } finally {
    work.trace.mappingMs += performance.now() - start;
  }
}

/** What a client is told of a translation that failed. */
export function translationProblem(direction: Direction, cause: unknown): Problem {
  return direction === 'outgoing'
    ? new Problem('APIException', { detail: 'Internal Server Error', cause })
    : new Problem('BadGateway', { cause });
}

/** Sends a request, and counts it. */
export async function ask(send: Send, request: BackendRequest, work: Work): Promise<BackendAnswer> {
  const start = performance.now();
  work.trace.backendCalls += 1;
  try {
    return await send(request, work);
  } finally {
    work.trace.backendMs += performance.now() - start;
  }
}

/** Whether an answer says that there is no such record: some CRMs say so as of a search that found nothing. */
export function isMissing({ meaning }: BackendAnswer): boolean {
  return meaning === 'not-found' || meaning === 'nothing';
}

/** The caller as part of a key, exactly when a translation looks at the caller; blank otherwise. */
export function callerKey({ usesCaller }: { readonly usesCaller: boolean }, { caller }: Work): string {
  return usesCaller ? JSON.stringify(caller ?? null) : '';
}

/** An answer that is no failure, and still not what the mapping says it is. */
export function unexpectedAnswer(backend: string, work: Work): Problem {
  work.observe({ event: 'backend-failed', backend, reason: 'unexpected-answer' });
  return new Problem('BadGateway');
}

import { type Json, scalarText, valueAt } from '../json.ts';
import { BackendProblem, Problem, unavailable } from '../problem.ts';
import { type Encoding, type Reading } from './encoding/encoding.ts';
import { jsonEncoding } from './encoding/json.ts';
import { BackendFault, type Meaning, type Send, type SendContext, TooMuch } from './send.ts';
import type { Transport } from './transport.ts';
import type { RawAnswer } from './wire.ts';

/** What an author may say that an answer means. `ok` and `not-modified` speak for themselves. */
type DeclaredMeaning =
  'not-found' | 'nothing' | 'too-much' | 'duplicate' | 'busy' | 'failing' | 'credentials' | 'refused';

/** One line of a backend's error table: all conditions that are given must hold. */
export interface ErrorLine {
  readonly when: {
    readonly status?: number;
    /** The name of a header, or a dotted path in the body; without either, `contains` is about all of the body. */
    readonly header?: string;
    readonly field?: string;
    /** The value there. */
    readonly is?: string | number | boolean;
    /** Anything else is there; nothing at all does not count. */
    readonly isNot?: string | number | boolean;
    /** A piece of the text there, capitals and all. */
    readonly contains?: string;
  };
  readonly means: DeclaredMeaning;
}

/** Seconds to wait after a 429 that does not say how long. */
export const defaultRetryAfterSeconds = 5;

/**
 * Reads answers: parses the body and says what the answer means, by the backend's error table first and by its
 * status otherwise. Real CRMs answer "not found" with a 200, so the body decides as well as the status.
 *
 * A backend that fails is thrown as a BackendFault, which the breaker counts; one that answers, but not to our use
 * (busy, credentials, refused), as a BackendProblem, which it does not.
 */
export function interpret(
  backend: string,
  send: Transport,
  table: readonly ErrorLine[],
  encoding: Encoding = jsonEncoding(),
): Send {
  let lastNumber = 0;
  return async (request, context) => {
    const asked = encoding.isNumbered ? { ...request, number: ++lastNumber } : request;
    const raw = await send(asked, context);
    const answer = encoding.read(raw, asked);
    // Whatever it says, it says it to somebody else.
    if (answer.isAnothers === true) throw new BackendFault('unexpected-answer', 'unknown', raw);
    const { meaning } = judgementOf(raw, answer.whole, table, answer.says);
    switch (meaning) {
      case 'ok':
      case 'not-modified':
      case 'not-found':
      case 'nothing':
      case 'duplicate':
        // An answer that matters must be readable: an HTML page with status 200 is a failing CRM.
        if (meaning === 'ok' && answer.unreadable) throw new BackendFault(answer.unreadable, 'unknown', raw);
        return { meaning, status: raw.status, headers: raw.headers, body: answer.value };
      case 'too-much':
        context.observe({ event: 'backend-failed', backend, reason: 'too-much', status: raw.status });
        throw new TooMuch(raw.status);
      case 'busy':
        throw new BackendProblem(
          unavailable(retryAfterSeconds(raw) ?? defaultRetryAfterSeconds),
          'declined',
          raw.status,
        );
      case 'failing':
        throw new BackendFault('status', 'unknown', {
          status: raw.status,
          retryAfterSeconds: raw.status === 503 ? retryAfterSeconds(raw) : undefined,
        });
      case 'credentials':
        context.observe({ event: 'credentials-refused', backend, status: raw.status });
        throw new BackendProblem(new Problem('BadGateway'), 'declined', raw.status);
      case 'refused':
        throw refusal(backend, raw, context);
    }
  };
}

function refusal(backend: string, { status }: RawAnswer, { observe }: SendContext): BackendProblem {
  const reason = status >= 300 && status < 400 ? 'redirect' : 'unexpected-answer';
  observe({ event: 'backend-failed', backend, reason, status });
  return new BackendProblem(new Problem('BadGateway'), 'declined', status);
}

/**
 * What an answer means, and the line of the error table that says so: undefined when the answer itself or its status
 * does.
 *
 * @param says what it means by itself
 */
export function judgementOf(
  raw: RawAnswer,
  body: Json | undefined,
  table: readonly ErrorLine[],
  says?: Reading['says'],
): { readonly meaning: Meaning | DeclaredMeaning; readonly line: ErrorLine | undefined } {
  const line = table.find((candidate) => fits(candidate, raw, body));
  return { meaning: line?.means ?? says ?? meaningOfStatus(raw.status), line };
}

function fits({ when }: ErrorLine, raw: RawAnswer, body: Json | undefined): boolean {
  const { status, is, isNot, contains } = when;
  if (status !== undefined && status !== raw.status) return false;
  if (when.field === undefined && when.header === undefined && contains === undefined) return true;
  const value = lookedAt(when, raw, body);
  if (value === undefined || value === null) return false;
  const text = scalarText(value) ?? '';
  return (
    (is === undefined || text === scalarText(is)) &&
    (isNot === undefined || text !== scalarText(isNot)) &&
    (contains === undefined || text.includes(contains))
  );
}

/** What a line is about. */
function lookedAt({ header, field }: ErrorLine['when'], raw: RawAnswer, body: Json | undefined) {
  if (header !== undefined) return raw.headers[header.toLowerCase()];
  return field === undefined ? raw.body.toString('utf8') : valueAt(body, field);
}

function meaningOfStatus(status: number): Meaning | DeclaredMeaning {
  if (status >= 200 && status < 300) return 'ok';
  if (status === 304) return 'not-modified';
  if (isRefusalOfUs(status)) return 'credentials';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'busy';
  if (isFailure(status)) return 'failing';
  return 'refused';
}

/** Whether a status says that the backend failed, whatever was asked of it. */
export function isFailure(status: number): boolean {
  return status === 408 || status >= 500;
}

/** Whether a status says that the backend does not let us in. */
export function isRefusalOfUs(status: number): boolean {
  return status === 401 || status === 403;
}

/** Retry-After is a number of seconds or a date; undefined when an answer has none that means anything. */
export function retryAfterSeconds({ headers }: RawAnswer): number | undefined {
  const value = headers['retry-after'] ?? '';
  if (/^[0-9]{1,6}$/.test(value)) return Number(value);
  const seconds = (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

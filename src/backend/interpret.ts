import { type Json, scalarText, valueAt } from '../json.ts';
import { BackendProblem, Problem, unavailable } from '../problem.ts';
import { BackendFault, type Meaning, type Send, type SendContext } from './send.ts';
import type { Transport } from './transport.ts';
import type { RawAnswer } from './wire.ts';

/** What an author may say that an answer means. `ok` and `not-modified` speak for themselves. */
type DeclaredMeaning = 'not-found' | 'duplicate' | 'busy' | 'failing' | 'credentials' | 'refused';

/** One line of a backend's error table: all conditions that are given must hold. */
export interface ErrorLine {
  readonly when: {
    readonly status?: number;
    readonly field?: string;
    readonly is?: string | number | boolean;
  };
  readonly means: DeclaredMeaning;
}

/** Seconds to wait after a 429 that does not say how long. */
const defaultRetryAfterSeconds = 5;

/**
 * Reads answers: parses the body and says what the answer means, by the backend's error table first and by its
 * status otherwise. Real CRMs answer "not found" with a 200, so the body decides as well as the status.
 *
 * A backend that fails is thrown as a BackendFault, which the breaker counts; one that answers, but not to our use
 * (busy, credentials, refused), as a BackendProblem, which it does not.
 */
export function interpret(backend: string, send: Transport, table: readonly ErrorLine[]): Send {
  return async (request, context) => {
    const raw = await send(request, context);
    const body = parse(raw);
    const meaning = meaningOf(raw.status, body.value, table);
    switch (meaning) {
      case 'ok':
      case 'not-modified':
      case 'not-found':
      case 'duplicate':
        // An answer that matters must be readable: an HTML page with status 200 is a failing CRM.
        if (meaning === 'ok' && !body.readable) throw new BackendFault('not-json', 'unknown', raw);
        return { meaning, status: raw.status, headers: raw.headers, body: body.value };
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

/** The body as JSON: `readable` is false when it is something else, and an empty one is no value at all. */
export function parse(raw: RawAnswer): { value: Json | undefined; readable: boolean } {
  if (raw.body.length === 0) return { value: undefined, readable: true };
  try {
    return { value: JSON.parse(raw.body.toString('utf8')) as Json, readable: true };
  } catch {
    return { value: undefined, readable: false };
  }
}

function meaningOf(
  status: number,
  body: Json | undefined,
  table: readonly ErrorLine[],
): Meaning | DeclaredMeaning {
  const line = table.find(({ when }) => {
    if (when.status !== undefined && when.status !== status) return false;
    if (when.field === undefined) return true;
    const value = valueAt(body, when.field);
    return when.is === undefined
      ? value !== undefined && value !== null
      : scalarText(value) === scalarText(when.is);
  });
  return line?.means ?? meaningOfStatus(status);
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
function retryAfterSeconds({ headers }: RawAnswer): number | undefined {
  const value = headers['retry-after'] ?? '';
  if (/^[0-9]{1,6}$/.test(value)) return Number(value);
  const seconds = (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

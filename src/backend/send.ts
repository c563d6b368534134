import type { Deadline } from '../deadline.ts';
import type { Json } from '../json.ts';
import type { FaultReason, Observe } from '../observe/events.ts';
import { BackendProblem, type Outcome, Problem, unavailable } from '../problem.ts';
import type { Content } from './content.ts';

/** One request to a backend, as structured data: encoding it is the gateway's work, never a mapping's. */
export interface BackendRequest extends Content {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path segments under the backend's base URL; each is encoded. A blank one at the end is a slash there. */
  readonly path: readonly string[];
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it changes nothing, so that it may be made again. When nobody says so, a GET is, and nothing else. */
  readonly isSafe?: boolean;
}

/** What a backend's answer comes down to; `nothing` is that of a search that found nothing. */
export type Meaning = 'ok' | 'not-modified' | 'not-found' | 'nothing' | 'duplicate';

/** A usable answer. Everything else is thrown. */
export interface BackendAnswer {
  readonly meaning: Meaning;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
}

/** On whose behalf a request is sent. */
export interface SendContext {
  readonly deadline: Deadline;
  readonly observe: Observe;
  /** Whose work it is; absent for what we do of our own accord. */
  readonly caller?: { readonly userId: string | undefined } | undefined;
}

/** A call to a backend. */
export type Send = (request: BackendRequest, context: SendContext) => Promise<BackendAnswer>;

/** Something wrapped around a call to a backend. */
export type SendFilter = (next: Send) => Send;

/** A call that gave no usable answer. Who sends a BackendRequest sees a BackendProblem instead. */
export class BackendFault extends Error {
  override readonly name = 'BackendFault';
  readonly reason: FaultReason;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  /** When the backend says that it makes sense to try again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    reason: FaultReason,
    outcome: Outcome,
    options: { status?: number; retryAfterSeconds?: number | undefined; cause?: unknown } = {},
  ) {
    super(`backend: ${reason}`, { cause: options.cause });
    this.reason = reason;
    this.outcome = outcome;
    this.status = options.status;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The backend refuses to answer, because there is too much to look at: 501, as past a bound of our own. */
export class TooMuch extends BackendProblem {
  constructor(status: number) {
    const detail = 'Deze vraag raakt in het achterliggende systeem te veel gegevens.';
    super(new Problem('NotImplemented', { detail }), 'declined', status);
  }
}

/** What a client is told of a fault: 504 for slow, 503 for no room or for later, 502 for the rest. */
export function problemOf(fault: BackendFault): Problem {
  if (fault.reason === 'timeout' || fault.reason === 'connect-timeout') {
    return new Problem('GatewayTimeout', { cause: fault });
  }
  if (fault.retryAfterSeconds !== undefined) return unavailable(fault.retryAfterSeconds, fault);
  return fault.reason === 'saturated' ? unavailable(1, fault) : new Problem('BadGateway', { cause: fault });
}

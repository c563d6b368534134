import { BackendProblem, Problem, unavailable } from '../problem.ts';
import { defaultRetryAfterSeconds, isFailure, retryAfterSeconds } from './interpret.ts';
import { BackendFault, type SendContext } from './send.ts';
import type { RawAnswer } from './wire.ts';

/** Who asked for a token or a session: the backend that it is for, and the work that it was asked on behalf of. */
export interface AskedFor {
  readonly backend: string;
  readonly context: SendContext;
}

/**
 * The answer of a system that was asked for a token or a session, when its status is a success.
 *
 * @throws BackendFault when it failed; BackendProblem when it refused, was busy, or sent us elsewhere
 */
export function granted(answer: RawAnswer, { backend, context }: AskedFor): RawAnswer {
  const { status } = answer;
  if (isFailure(status)) {
    throw new BackendFault('status', 'not-sent', { status, retryAfterSeconds: retryAfterSeconds(answer) });
  }
  if (status === 429) {
    throw new BackendProblem(unavailable(retryAfterSeconds(answer) ?? defaultRetryAfterSeconds), 'not-sent');
  }
  if (status >= 400) throw refusal(status, { backend, context });
  if (status >= 300) {
    context.observe({ event: 'backend-failed', backend, reason: 'redirect', status });
    throw noUse();
  }
  return answer;
}

/** The other side does not let us in: an event for the operator, and what to throw. */
export function refusal(status: number, { backend, context }: AskedFor): BackendProblem {
  context.observe({ event: 'credentials-refused', backend, status });
  return noUse();
}

/** An answer that is not what it should be: an event for the operator, and what to throw. */
export function unusable({ backend, context }: AskedFor): BackendProblem {
  context.observe({ event: 'backend-failed', backend, reason: 'unexpected-answer' });
  return noUse();
}

/** Whether a value can be sent as a header, or as a part of one. */
export function isSendable(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

function noUse(): BackendProblem {
  return new BackendProblem(new Problem('BadGateway'), 'not-sent');
}

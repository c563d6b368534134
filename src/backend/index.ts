import { BackendProblem } from '../problem.ts';
import type { Observe } from '../observe/events.ts';
import { type ErrorLine, interpret } from './interpret.ts';
import { BackendFault, problemOf, type Send, type SendFilter } from './send.ts';
import { transport, type TransportLimits } from './transport.ts';
import { type BreakerSettings, withBreaker } from './with-breaker.ts';
import { type Credentials, withCredentials } from './with-credentials.ts';
import { withRetry } from './with-retry.ts';

/** One backend, as the configuration (where and how) and the mapping set (what its errors mean) describe it. */
export interface BackendSettings {
  readonly name: string;
  readonly baseUrl: string;
  readonly credentials: Credentials | undefined;
  readonly limits: TransportLimits;
  readonly breaker: BreakerSettings;
  readonly errors: readonly ErrorLine[];
}

/** Builds the stack around one backend, from the wire upwards. */
export function openBackend(settings: BackendSettings, observe: Observe): Send {
  const wire = withCredentials(settings.credentials, transport(settings.baseUrl, settings.limits));
  const answers = interpret(settings.name, wire, settings.errors);
  const broken = withBreaker(settings.name, settings.breaker, observe)(answers);
  // Outside the breaker, so that a second try counts as a call of its own.
  const tried = withRetry(broken);
  return withProblems(settings.name)(tried);
}

/** Outermost: a fault becomes an event for the operator and a problem for the client. */
function withProblems(backend: string): SendFilter {
  return (next) => async (request, context) => {
    try {
      return await next(request, context);
    } catch (error) {
      if (!(error instanceof BackendFault)) throw error;
      const status = error.status === undefined ? {} : { status: error.status };
      context.observe({ event: 'backend-failed', backend, reason: error.reason, ...status });
      throw new BackendProblem(problemOf(error), error.outcome);
    }
  };
}

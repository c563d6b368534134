import { BackendProblem } from '../problem.ts';
import type { Observe } from '../observe/events.ts';
import { accessTo } from './access.ts';
import type { Credentials, ForwardUser } from './credentials.ts';
import { type GetUrl, literalGet } from './get-url.ts';
import { type ErrorLine, interpret } from './interpret.ts';
import { BackendFault, problemOf, type Send, type SendFilter } from './send.ts';
import { transport } from './transport.ts';
import { openWire, type TlsSettings, type TransportLimits } from './wire.ts';
import { type BreakerSettings, openBreaker, withBreaker } from './with-breaker.ts';
import { withCredentials } from './with-credentials.ts';
import { withRetry } from './with-retry.ts';

/** One backend, as the configuration (where and how) and the mapping set (what its errors mean) describe it. */
export interface BackendSettings {
  readonly name: string;
  readonly baseUrl: string;
  readonly credentials: Credentials | undefined;
  readonly forwardUser?: ForwardUser | undefined;
  readonly tls?: TlsSettings | undefined;
  /** By which tokens get old, in milliseconds since whenever; never set back. */
  readonly clock?: () => number;
  readonly limits: TransportLimits;
  readonly breaker: BreakerSettings;
  readonly errors: readonly ErrorLine[];
}

/** A system that is called in two ways, over the same connections and with the same breaker. */
export interface System {
  /** Requests that are made here, under its base URL. */
  readonly send: Send;
  /** URLs that were made elsewhere: only for those under its base URL. */
  readonly get: GetUrl;
}

/** Opens a system of which only requests of our own making are wanted. */
export function openBackend(settings: BackendSettings, observe: Observe): Send {
  return openSystem(settings, observe).send;
}

/** Builds the stack around one system, from the wire upwards. */
export function openSystem(settings: BackendSettings, observe: Observe): System {
  const { name, baseUrl, limits, tls, forwardUser } = settings;
  const access = accessTo(settings);
  const wire = withCredentials({ access, forwardUser }, openWire(limits, true, tls));
  const breaker = openBreaker(name, settings.breaker, observe);

  const answers = interpret(name, transport(baseUrl, wire), settings.errors);
  const broken = withBreaker(breaker)(answers);
  // Outside the breaker, so that a second try counts as a call of its own.
  const tried = withRetry(broken);
  return {
    send: withProblems(name)(tried),
    get: literalGet(name, { wire, introduced: access !== undefined, breaker }),
  };
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
      throw new BackendProblem(problemOf(error), error.outcome, error.status);
    }
  };
}

import { BackendProblem } from '../problem.ts';
import type { Observe } from '../observe/events.ts';
import { accessTo } from './access.ts';
import type { Credentials, ForwardUser } from './credentials.ts';
import type { EncodingSettings } from './encoding/encoding.ts';
import { encodedBy, encodingOf } from './encoding/index.ts';
import { type GetUrl, literalGet } from './get-url.ts';
import { type ErrorLine, interpret } from './interpret.ts';
import { BackendFault, problemOf, type Send, type SendFilter } from './send.ts';
import { type Tap, untapped } from './tap.ts';
import { transport } from './transport.ts';
import { openWire, type TlsSettings, type TransportLimits } from './wire.ts';
import { type Breaker, type BreakerSettings, openBreaker, withBreaker } from './with-breaker.ts';
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
  /** How it writes; absent: JSON. */
  readonly encoding?: EncodingSettings | undefined;
  /** Who looks at what passes; absent: nobody. */
  readonly tap?: Tap | undefined;
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

/**
 * What is kept of a system between calls: its connections, its tokens or session, its breaker. A mapping set that takes
 * the place of another one goes on with them.
 */
export interface Connection {
  readonly access: ReturnType<typeof accessTo>;
  readonly line: ReturnType<typeof openWire>;
  readonly breaker: Breaker;
}

/** Builds the stack around one system, from the wire upwards. */
export function openSystem(settings: BackendSettings, observe: Observe): System {
  return systemOn(openConnection(settings, observe), settings);
}

/** What a mapping set says of a backend is not asked for: that comes with `sendOn`. */
export function openConnection(
  settings: Omit<BackendSettings, 'errors' | 'encoding'>,
  observe: Observe,
): Connection {
  const { name, limits, tls, tap = untapped } = settings;
  return {
    access: accessTo(settings),
    line: tap.line(name, 'call', openWire(limits, true, tls)),
    breaker: openBreaker(name, settings.breaker, observe),
  };
}

/** Requests of our own making, over a connection that may be older than what the mapping set says of the system. */
export function sendOn(connection: Connection, settings: BackendSettings): Send {
  return systemOn(connection, settings).send;
}

function systemOn({ access, line, breaker }: Connection, settings: BackendSettings): System {
  const { name, baseUrl, forwardUser, tap = untapped } = settings;
  const encoding = encodingOf(settings.encoding);
  const wire = withCredentials({ access, forwardUser }, encodedBy(encoding, line));

  const answers = interpret(name, tap.requests(name, transport(baseUrl, wire)), settings.errors, encoding);
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

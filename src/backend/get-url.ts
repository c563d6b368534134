import type { Json } from '../json.ts';
import type { AddressCheck } from './addresses.ts';
import { parse } from './encoding/json.ts';
import { isFailure, isRefusalOfUs } from './interpret.ts';
import { BackendFault, type SendContext } from './send.ts';
import type { Wire } from './wire.ts';
import type { Breaker } from './with-breaker.ts';
import { onceMore } from './with-retry.ts';

/** How one URL is asked for. */
export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Without it, only the status and the headers are taken in. */
  readonly readBody?: boolean;
  /** Which addresses may be reached; all of them without it. */
  readonly allowed?: AddressCheck;
}

/** What was answered, whatever the status. The body is undefined when it was not read, is too large or is no JSON. */
export interface UrlAnswer {
  readonly status: number;
  /** Names in lower case; none when the system failed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
}

/** Asks for one URL, literally. Throws BackendFault, or BackendProblem when it was not even asked, when there is no answer. */
export type GetUrl = (url: string, context: SendContext, options?: GetOptions) => Promise<UrlAnswer>;

/** What belongs to one system, and what its calls share. */
interface SystemParts {
  /** Adds the system's credentials itself. */
  readonly wire: Wire;
  /** Whether there are any. */
  readonly introduced: boolean;
  readonly breaker: Breaker;
}

/** GETs of URLs of one system, with its credentials, through its breaker. */
export function literalGet(name: string, { wire, introduced, breaker }: SystemParts): GetUrl {
  return async (url, context, { headers = {}, ...options } = {}) => {
    const asked = { method: 'GET', url, headers, ...options } as const;
    const answer = await tolerant(() =>
      onceMore(() => breaker(() => failing(getOnce(wire, asked, context))), context),
    );
    if (introduced && isRefusalOfUs(answer.status)) {
      context.observe({ event: 'credentials-refused', backend: name, status: answer.status });
    }
    return answer;
  };
}

/** GETs at a host of which we know nothing: nobody is introduced, and nothing is remembered of how it does. */
export function plainGet(wire: Wire): GetUrl {
  return (url, context, { headers = {}, ...options } = {}) =>
    getOnce(wire, { method: 'GET', url, headers, ...options }, context);
}

async function getOnce(wire: Wire, request: Parameters<Wire>[0], context: SendContext): Promise<UrlAnswer> {
  try {
    const raw = await wire({ ...request, readBody: request.readBody ?? false }, context);
    return { status: raw.status, headers: raw.headers, body: parse(raw).value };
  } catch (error) {
    // Who sends a URL chooses how large its answer is: that is no failure of the system.
    if (error instanceof BackendFault && error.reason === 'too-large' && error.status !== undefined) {
      return { status: error.status, headers: {}, body: undefined };
    }
    throw error;
  }
}

/** A status that says that the system failed is a fault, for the breaker to count. */
async function failing(answered: Promise<UrlAnswer>): Promise<UrlAnswer> {
  const answer = await answered;
  if (isFailure(answer.status)) throw new BackendFault('status', 'unknown', { status: answer.status });
  return answer;
}

/** Once it is counted, it is a status like any other. */
async function tolerant(call: () => Promise<UrlAnswer>): Promise<UrlAnswer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof BackendFault) || error.reason !== 'status' || error.status === undefined)
      throw error;
    return { status: error.status, headers: {}, body: undefined };
  }
}

import type { Json } from '../json.ts';
import { BackendProblem } from '../problem.ts';
import { parseUrl } from '../url.ts';
import { type AddressCheck, addressCheck } from './addresses.ts';
import { type GetUrl, plainGet, type UrlAnswer } from './get-url.ts';
import { BackendFault, type SendContext } from './send.ts';
import { type Tap, untapped } from './tap.ts';
import { isUnderRoot } from './under-root.ts';
import { openWire } from './wire.ts';

/** One host that a URL in a request may make us call, without being introduced. */
export interface CheckedHost {
  /** Scheme, host and port: `https://brp.example`. */
  readonly origin: string;
  /** CIDR ranges that the host must resolve to. */
  readonly addresses?: readonly string[];
}

/** A register that a URL in a request may make us call: only under its root, with its credentials. */
export interface CheckedRegister {
  /** An absolute URL without a slash at its end. */
  readonly root: string;
  /** CIDR ranges that its host must resolve to, when the URL comes out of a request. */
  readonly addresses?: readonly string[];
  readonly get: GetUrl;
}

/** Settings of fetching URLs. */
export interface FetchSettings {
  /** Milliseconds for one hop at a host; a register has limits of its own. */
  readonly timeoutMs: number;
  readonly hosts: readonly CheckedHost[];
  readonly registers: readonly CheckedRegister[];
  /** Who looks at what passes; absent: nobody. */
  readonly tap?: Tap | undefined;
}

/** What a URL finally answered: its status, and its JSON when it was asked for (undefined when it is not JSON). */
export interface FetchedUrl {
  readonly status: number;
  readonly body: Json | undefined;
}

/** How a URL is fetched: `readBody` takes in its JSON; the headers go along to every hop. */
export interface FetchOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly readBody?: boolean;
}

/** Undefined when the host is not configured, or cannot be reached (with an event). */
export type FetchUrl = (
  url: string,
  context: SendContext,
  options?: FetchOptions,
) => Promise<FetchedUrl | undefined>;

/** Ruling R7: at most so many redirects, each to a configured host. */
const maximumRedirects = 3;

/** What is read at most of a host of which we know nothing; JSON of the standard is far smaller. */
const hostResponseBytes = 1_000_000;

/** Where a URL leads: who asks for it, and which addresses it may turn out to have. */
interface Place {
  readonly get: GetUrl;
  readonly allowed: AddressCheck;
}

/**
 * Makes the fetch of ruling R7: a GET of the literal URL, that follows redirects. What is not configured is never
 * connected to, and neither are addresses that a host may not resolve to: they are judged at the moment of
 * connecting, so that a name that changes its address in between gains nothing. At each hop it is decided anew
 * whether the URL lies under the root of a register: only then are credentials sent, and only those of that register.
 */
export function urlFetcher(settings: FetchSettings): FetchUrl {
  const placeOf = places(settings);

  return async (text, context, options = {}) => {
    let url = parseUrl(text);
    for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
      const place = url && placeOf(url);
      if (!url || !place) return undefined;
      const answer = await answerAt(url, place, context, options);
      const location = answer && redirectOf(answer);
      if (!answer || location === undefined) return answer && { status: answer.status, body: answer.body };
      url = parseUrl(location, url);
    }
    return undefined;
  };
}

/** Finds the place of a URL; undefined for one that is not configured, or that brings a user of its own. */
function places({ timeoutMs, hosts, registers, tap }: FetchSettings): (url: URL) => Place | undefined {
  const ofHosts = new Map(
    hosts.map(({ origin, addresses }) => [
      new URL(origin).origin,
      { get: getWithin(origin, timeoutMs, tap), allowed: addressCheck(addresses) },
    ]),
  );
  const ofRegisters = registers.map(({ root, addresses, get }) => ({
    root,
    place: { get, allowed: addressCheck(addresses) },
  }));
  return (url) => {
    if (url.username !== '' || url.password !== '') return undefined;
    const register = ofRegisters.find(({ root }) => isUnderRoot(url, root));
    return register?.place ?? ofHosts.get(url.origin);
  };
}

/** GETs that may take so long in all, each over a connection of its own. */
function getWithin(host: string, timeoutMs: number, tap: Tap = untapped): GetUrl {
  const limits = { connectMs: timeoutMs, headersMs: timeoutMs, bodyMs: timeoutMs };
  const wire = openWire({ ...limits, responseBytes: hostResponseBytes, concurrency: Infinity }, false);
  const get = plainGet(tap.line(host, 'call', wire));
  return (url, { deadline, observe }, options) => {
    const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(timeoutMs)]);
    return get(url, { deadline: { signal, leftMs: () => deadline.leftMs() }, observe }, options);
  };
}

async function answerAt(
  url: URL,
  { get, allowed }: Place,
  context: SendContext,
  options: FetchOptions,
): Promise<UrlAnswer | undefined> {
  try {
    return await get(url.href, context, { ...options, allowed });
  } catch (error) {
    if (!(error instanceof BackendFault || error instanceof BackendProblem)) throw error;
    context.observe({ event: 'url-check-failed', host: url.host, reason: failureOf(error) });
    return undefined;
  }
}

function redirectOf({ status, headers }: UrlAnswer): string | undefined {
  return status >= 300 && status < 400 ? headers.location : undefined;
}

/** The system's word for what went wrong where there is one (ENOTFOUND), ours otherwise. */
function failureOf(error: BackendFault | BackendProblem): string {
  if (error instanceof BackendProblem)
    return error.cause instanceof BackendFault ? error.cause.reason : 'breaker';
  const { reason, cause } = error;
  if (!['refused', 'reset', 'certificate'].includes(reason)) return reason;
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : reason;
}

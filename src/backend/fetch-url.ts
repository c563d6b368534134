import { lookup as resolve, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import axios from 'axios';
import type { Deadline } from '../deadline.ts';
import type { Observe } from '../observe/events.ts';
import { type AddressCheck, addressCheck } from './addresses.ts';
import { parseUrl } from '../url.ts';

/** One host that a URL in a request may make us call. */
export interface CheckedHost {
  /** Scheme, host and port: `https://brp.example`. */
  readonly origin: string;
  /** CIDR ranges that the host must resolve to. */
  readonly addresses?: readonly string[];
}

/** Settings of URL checks. */
export interface UrlCheckSettings {
  readonly timeoutMs: number;
  readonly hosts: readonly CheckedHost[];
}

/** Whether a URL of another register finally answers 200. */
export type UrlCheck = (url: string, context: { deadline: Deadline; observe: Observe }) => Promise<boolean>;

/** Ruling R7: at most so many redirects, each to a configured host. */
const maximumRedirects = 3;

/**
 * Makes the check of ruling R7: a GET that must finally answer 200. Hosts that are not configured are never
 * connected to, and neither are addresses that the host may not resolve to: they are judged at the moment of
 * connecting, so that a name that changes its address in between gains nothing. No credentials are sent.
 */
export function urlCheck(settings: UrlCheckSettings): UrlCheck {
  const hosts = new Map(
    settings.hosts.map((host) => [new URL(host.origin).origin, addressCheck(host.addresses)]),
  );

  return async (text, { deadline, observe }) => {
    let url = parseUrl(text);
    for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
      const allowed = url && hosts.get(url.origin);
      if (!url || !allowed || url.username !== '' || url.password !== '') return false;
      const answer = await ask(
        url,
        allowed,
        AbortSignal.any([deadline.signal, AbortSignal.timeout(settings.timeoutMs)]),
      );
      if ('failure' in answer) {
        observe({ event: 'url-check-failed', host: url.host, reason: answer.failure });
        return false;
      }
      if (answer.location === undefined) return answer.status === 200;
      url = parseUrl(answer.location, url);
    }
    return false;
  };
}

type Answer =
  { readonly status: number; readonly location: string | undefined } | { readonly failure: string };

async function ask(url: URL, allowed: AddressCheck, signal: AbortSignal): Promise<Answer> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Node does not look up what is an address already, so that one is judged here.
  if (isIP(host) !== 0 && !allowed(host)) return { failure: 'address' };
  try {
    const response = await axios.get<Readable>(url.href, {
      adapter: 'http',
      maxRedirects: 0,
      proxy: false,
      responseType: 'stream',
      validateStatus: () => true,
      headers: { Accept: 'application/json' },
      signal,
      transport: { request: requestThrough(lookupWithin(allowed)) },
    });
    // Only the status matters: the rest is not read.
    response.data.destroy();
    const location: unknown = response.headers.location;
    const redirected = response.status >= 300 && response.status < 400 && typeof location === 'string';
    return { status: response.status, location: redirected ? location : undefined };
  } catch (error) {
    return { failure: failureOf(error, signal) };
  }
}

function requestThrough(lookup: LookupFunction) {
  return (
    options: https.RequestOptions,
    answered: (message: http.IncomingMessage) => void,
  ): http.ClientRequest =>
    (options.protocol === 'https:' ? https : http).request({ ...options, lookup, agent: false }, answered);
}

/** A name look-up that fails when the name leads to an address that may not be reached. */
function lookupWithin(allowed: AddressCheck): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[] | undefined) => {
      const addresses = found ?? [];
      const [first] = addresses;
      if (error || !first) {
        done(error ?? new Error('no address'), '', 0);
      } else if (!addresses.every(({ address }) => allowed(address))) {
        done(Object.assign(new Error('address not allowed'), { code: 'EADDRESS' }), '', 0);
      } else if (options.all === true) {
        done(null, addresses);
      } else {
        done(null, first.address, first.family);
      }
    });
  };
}

function failureOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'timeout';
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'EADDRESS') return 'address';
  return typeof code === 'string' && /^[A-Z_]{3,30}$/.test(code) ? code : 'failed';
}

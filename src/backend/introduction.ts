import type { JsonObject } from '../json.ts';
import { withHeaders } from './headers.ts';
import type { WireRequest } from './wire.ts';

/** What goes along with one request so that its system knows who we are. */
export interface Introduction {
  readonly headers: Readonly<Record<string, string>>;
  /** A parameter of the query; its value is a secret. */
  readonly query?: QuerySecret;
  /** What goes into the header of a SOAP envelope. */
  readonly soapHeader?: JsonObject;
}

/** A secret in a query. */
export interface QuerySecret {
  readonly name: string;
  readonly value: string;
}

/** A request with our introduction, which takes the place of everything that has the same name. */
export function introduced(request: WireRequest, { headers, query, soapHeader }: Introduction): WireRequest {
  return {
    ...request,
    ...(soapHeader ? { soapHeader } : {}),
    url: query ? withParameter(request.url, query) : request.url,
    headers: withHeaders(request.headers, headers),
  };
}

/** A URL without one parameter of its query, and for the rest as it was written. */
export function withoutParameter(url: string, name: string): string {
  const start = url.indexOf('?');
  if (start === -1) return url;
  const pairs = url.slice(start + 1).split('&');
  const kept = pairs.filter((pair) => !new URLSearchParams(pair).has(name));
  if (kept.length === pairs.length) return url;
  return kept.length === 0 ? url.slice(0, start) : `${url.slice(0, start)}?${kept.join('&')}`;
}

function withParameter(url: string, { name, value }: QuerySecret): string {
  const bare = withoutParameter(url.replace(/#.*$/s, ''), name);
  const parameter = [name, value].map(encodeURIComponent).join('=');
  return `${bare}${bare.includes('?') ? '&' : '?'}${parameter}`;
}

import type { BackendRequest, SendContext } from './send.ts';
import type { RawAnswer, Wire } from './wire.ts';

/** Sends one request and reads its whole answer. Throws BackendFault when there is no complete one. */
export type Transport = (request: BackendRequest, context: SendContext) => Promise<RawAnswer>;

/** Calls under one base URL. */
export function transport(baseUrl: string, wire: Wire): Transport {
  return ({ path, query, ...request }, context) =>
    wire({ ...request, url: urlOf(baseUrl, { path, query }) }, context);
}

/** Base URL, encoded segments and encoded query: the only place where an outgoing URL is made. */
export function urlOf(baseUrl: string, request: Pick<BackendRequest, 'path' | 'query'>): string {
  const path = request.path.map((segment) => `/${encodeURIComponent(segment)}`).join('');
  const query = request.query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return `${baseUrl}${path}${query === '' ? '' : `?${query}`}`;
}

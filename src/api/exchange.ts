import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import type { BaseUrl, OwnUrls } from '../gateway/own-urls.ts';
import type { Trace } from '../register/work.ts';

/** What Koa carries along for one request: only what the access log and the problem documents need. */
export interface Exchange {
  readonly requestId: string;
  readonly base: BaseUrl;
  readonly trace: Trace;
  client: string;
  operation: string;
  /** The code and `instance` of the problem that was answered. */
  problem?: { readonly code: string; readonly instance: string };
}

/** A Koa context with our state. */
export type ApiContext = Context & { state: Exchange };

/** Answers one operation. The ids are those in the path: of the record, and of what is under it. */
export type Handler = (ctx: ApiContext, ids: readonly string[]) => Promise<void>;

/** Where to read the host that a client used. */
export interface HostSource {
  readonly ownUrls: OwnUrls;
  /** Whether X-Forwarded-Host of a peer may be believed. */
  readonly trusts: (address: string) => boolean;
}

/**
 * A header of a request; blank when there is none.
 *
 * @param name in lower case: Node has them so, and to change the letters of each takes longer than to find it
 */
export function headerIn({ req }: Context, name: string): string {
  const value = req.headers[name];
  return typeof value === 'string' ? value : '';
}

/** Sets headers of an answer where Node keeps them: Koa's own `set` takes as long again. */
export function setHeaders({ res }: Context, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
}

/** Begins an exchange: gives it an id, and the base URL that its answer is written for (ruling R1). */
export function beginExchange(ctx: Context, { ownUrls, trusts }: HostSource): Exchange {
  const forwarded = headerIn(ctx, 'x-forwarded-host');
  const isBelieved = forwarded !== '' && trusts(ctx.req.socket.remoteAddress ?? '');
  const host = isBelieved ? (forwarded.split(',')[0] ?? '').trim() : headerIn(ctx, 'host');
  return {
    requestId: acceptedId(headerIn(ctx, 'x-request-id')) ?? randomUUID(),
    base: ownUrls.baseFor(host),
    trace: { mappingMs: 0, backendMs: 0, backendCalls: 0, cache: 'none' },
    client: 'none',
    operation: 'none',
  };
}

/** A client's request id goes into our log, so only what can be nothing else is accepted: a UUID, with or without dashes. */
function acceptedId(given: string): string | undefined {
  return /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(given) ? given : undefined;
}

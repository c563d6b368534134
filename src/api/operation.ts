import type { Middleware } from 'koa';
import { type Operation, operationId, type Resource } from '../contract/resource.ts';
import { deadlineIn } from '../deadline.ts';
import type { OwnUrls } from '../gateway/own-urls.ts';
import type { Call, Perform, Result } from '../gateway/perform.ts';
import type { Observe } from '../observe/events.ts';
import { observed } from './access-log.ts';
import { type Authenticate, authorize } from './authenticate.ts';
import { type BodyLimits, readBody } from './body.ts';
import { etagOf, matches } from './etag.ts';
import type { ApiContext } from './exchange.ts';
import { presentPage, presentRecord } from './present.ts';
import { readQuery } from './query.ts';

/** What handling a request needs, besides the request. */
export interface ApiParts {
  readonly perform: Perform;
  readonly authenticate: Authenticate;
  readonly ownUrls: OwnUrls;
  readonly limits: BodyLimits & { readonly requestMs: number };
  readonly observe: Observe;
}

/** One operation of one resource, from the headers to the answer, in the order of ruling R2. */
export function handle(resource: Resource, operation: Operation, parts: ApiParts): Middleware {
  const scope = resource.scopes[operation];
  const isWrite = operation !== 'list' && operation !== 'read' && operation !== 'delete';

  return async function handleOperation(context) {
    const ctx = context as ApiContext;
    ctx.state.operation = operationId(resource, operation);
    const authenticated = await parts.authenticate(ctx.get('Authorization'));
    ctx.state.client = authenticated.caller.clientId;
    const observe = observed(ctx.state.requestId, parts.observe);
    // A time of its own: that of the request begins when its body is in.
    const deadline = deadlineIn(parts.limits.requestMs);
    await authorize(authenticated, scope, resource.api, { deadline, observe });

    const body = isWrite ? await readBody(ctx.req, parts.limits) : {};
    const query = operation === 'list' ? readQuery(resource, ctx.querystring, parts.ownUrls) : undefined;
    const call: Call = {
      resource,
      operation,
      uuid: (ctx as ApiContext & { params: Record<string, string> }).params.uuid ?? '',
      body,
      filters: query?.filters ?? {},
      ordering: query?.ordering ?? [],
      page: query?.page ?? 1,
      idempotencyKey: ctx.get('Idempotency-Key') || undefined,
      work: {
        caller: authenticated.caller,
        deadline: deadlineIn(parts.limits.requestMs),
        observe,
        trace: ctx.state.trace,
      },
    };
    answer(ctx, resource, parts.ownUrls, await parts.perform(call), query?.others ?? new URLSearchParams());
  };
}

function answer(
  ctx: ApiContext,
  resource: Resource,
  urls: OwnUrls,
  result: Result,
  others: URLSearchParams,
): void {
  const { base } = ctx.state;
  switch (result.kind) {
    case 'page':
      answerJson(ctx, 200, JSON.stringify(presentPage(urls, base, resource, result.page, others)));
      break;
    case 'record': {
      const body = JSON.stringify(presentRecord(urls, base, resource, result.stored));
      if (ctx.method === 'GET' || ctx.method === 'HEAD') answerConditionally(ctx, body);
      else answerJson(ctx, 200, body);
      break;
    }
    case 'created':
      ctx.set('Location', urls.of(base, resource, result.stored.uuid));
      answerJson(ctx, 201, JSON.stringify(presentRecord(urls, base, resource, result.stored)));
      break;
    case 'deleted':
      ctx.status = 204;
  }
}

/** A read carries an ETag; a client that has this very representation gets 304 (STD, HTTP-Caching). */
function answerConditionally(ctx: ApiContext, body: string): void {
  const etag = etagOf(body);
  ctx.set('ETag', etag);
  if (matches(ctx.get('If-None-Match'), etag)) {
    ctx.set('Cache-Control', cacheControl);
    ctx.status = 304;
  } else {
    answerJson(ctx, 200, body);
  }
}

/** Personal data: no shared cache may keep it, and a client's own must ask before using it. */
const cacheControl = 'private, no-cache';

function answerJson(ctx: ApiContext, status: number, body: string): void {
  ctx.status = status;
  ctx.set({ 'Content-Type': 'application/json', 'Cache-Control': cacheControl });
  ctx.body = body;
}

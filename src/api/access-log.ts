import type { Middleware } from 'koa';
import type { Observe, RequestEvent } from '../observe/events.ts';
import { type ApiContext, beginExchange, type HostSource, setHeaders } from './exchange.ts';

/** Begins the exchange, and writes its one line in the log: never a path, a query value or a body. */
export function accessLog(hosts: HostSource, observe: Observe): Middleware {
  return async function accessLog(context, next) {
    const ctx = context as ApiContext;
    const start = performance.now();
    ctx.state = beginExchange(ctx, hosts);
    setHeaders(ctx, { 'X-Request-Id': ctx.state.requestId });
    await next();
    const { client, operation, problem, trace, requestId } = ctx.state;
    const event: RequestEvent = {
      event: 'request',
      requestId,
      client,
      operation,
      method: ctx.method,
      status: ctx.status,
      durationMs: round(performance.now() - start),
      mappingMs: round(trace.mappingMs),
      backendMs: round(trace.backendMs),
      backendCalls: trace.backendCalls,
      cache: trace.cache,
    };
    if (problem) Object.assign(event, problem);
    if (ctx.res.destroyed) event.abandoned = true;
    observe(event);
  };
}

/** Every other event that happens on behalf of a request is told with its id. */
export function observed(requestId: string, observe: Observe): Observe {
  return (event) => {
    observe(event, requestId);
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

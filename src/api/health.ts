import type { Middleware } from 'koa';
import { setHeaders } from './exchange.ts';

/**
 * `/health/live`: the process answers. `/health/ready`: configuration and mappings are loaded and requests are taken.
 * A CRM that is down does not make us unready: all instances would leave the load balancer together, and clients
 * would see a refused connection instead of a clear 503.
 */
export function health(isReady: () => boolean): Middleware {
  return function health(ctx, next) {
    const { path } = ctx;
    if (path !== '/health/live' && path !== '/health/ready') return next();
    const well = path === '/health/live' || isReady();
    ctx.status = well ? 200 : 503;
    setHeaders(ctx, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    ctx.body = JSON.stringify({ status: well ? 'ok' : 'stopping' });
    return undefined;
  };
}

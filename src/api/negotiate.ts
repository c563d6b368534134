import type { Context, Middleware } from 'koa';
import { Problem } from '../problem.ts';
import { setHeaders } from './exchange.ts';
import type { ServedApi } from './routes.ts';

/**
 * What holds for every path of an API before its route is looked for: the API's version in a header, also on
 * errors, and an answer in JSON or none at all (R2: 406 comes first).
 */
export function negotiate(apis: readonly ServedApi[]): Middleware {
  return function negotiate(ctx, next) {
    const { path } = ctx;
    const api = apis.find((one) => path === one.path || path.startsWith(`${one.path}/`));
    if (api) {
      setHeaders(ctx, { 'API-version': api.version });
      if (!acceptsJson(ctx)) throw new Problem('NotAcceptable');
    }
    return next();
  };
}

/** A parameter (`charset=utf-8`, which clients add) does not make it another type, though Koa takes it for one. */
function acceptsJson(ctx: Context): boolean {
  // What nearly all clients send needs no reading.
  const { accept = '*/*' } = ctx.headers;
  return (
    accept === '*/*' ||
    accept === 'application/json' ||
    ctx.accepts('application/json') !== false ||
    ctx.accepts().some((type) => type.toLowerCase() === 'application/json')
  );
}

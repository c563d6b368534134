import type { Middleware } from 'koa';
import { parseUrl } from '../url.ts';

/**
 * Makes a path of every request target. RFC 9112 also allows a whole URL; Koa takes that apart with a parser that
 * throws on some of them, before there is anything that could answer with a problem document.
 */
export function target(): Middleware {
  return function target(ctx, next) {
    if (!ctx.url.startsWith('/')) ctx.url = pathIn(ctx.url);
    return next();
  };
}

/** The path and query of an absolute URL; the root, where nothing is, for anything else. */
function pathIn(given: string): string {
  const url = parseUrl(given);
  return url?.pathname.startsWith('/') ? `${url.pathname}${url.search}` : '/';
}

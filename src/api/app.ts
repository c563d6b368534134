import Koa from 'koa';
import { unexpectedError } from '../observe/events.ts';
import { notFound } from '../problem.ts';
import { accessLog } from './access-log.ts';
import { type CallbackParts, callbacks } from './callbacks.ts';
import type { HostSource } from './exchange.ts';
import { health } from './health.ts';
import { negotiate } from './negotiate.ts';
import type { Offers } from './openapi/index.ts';
import type { ApiParts } from './operation.ts';
import { pages } from './pages/index.ts';
import { problems } from './problems.ts';
import { routes, type ServedApi } from './routes.ts';
import { target } from './target.ts';

/** What the HTTP side of one deployment is made of. */
export interface AppParts extends ApiParts {
  readonly apis: readonly ServedApi[];
  readonly trusts: HostSource['trusts'];
  readonly offers: Offers;
  readonly isReady: () => boolean;
  /** Where notifications come in; undefined where none are wanted. */
  readonly callbacks: Omit<CallbackParts, 'authenticate' | 'limits'> | undefined;
}

/** The HTTP side, in the order in which a request meets it. */
export function app(parts: AppParts): Koa {
  const { apis, ownUrls, observe } = parts;
  const koa = new Koa();
  koa.use(target()); // what is no path becomes one
  koa.use(health(parts.isReady)); // before all else: no log line, no token
  koa.use(accessLog(parts, observe)); // one line a request, whatever becomes of it
  koa.use(problems(observe)); // everything thrown below becomes a problem document
  koa.use(pages(apis, ownUrls.canonical, parts.offers)); // OpenAPI and its viewer, pages about errors: for everybody
  if (parts.callbacks) koa.use(callbacks({ ...parts, ...parts.callbacks })); // notifications that come in
  koa.use(negotiate(apis)); // API-version; 406
  koa.use(routes(apis, parts)); // 405; then 403, 415, 413, 400, 404 as each operation finds them
  koa.use(() => {
    throw notFound(); // no such place
  });
  koa.on('error', (error: unknown) => {
    observe(unexpectedError(error)); // a connection that broke while we answered
  });
  return koa;
}

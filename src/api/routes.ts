import Router, { type RouterContext } from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import { type Operation, type Resource, trailUnder } from '../contract/resource.ts';
import { Problem } from '../problem.ts';
import { handleAuditTrail } from './audit-trail.ts';
import type { ApiContext, Handler } from './exchange.ts';
import { type ApiParts, handle } from './operation.ts';

/** One API of the standard, as this deployment serves it. */
export interface ServedApi {
  readonly name: string;
  readonly path: string;
  readonly version: string;
  readonly resources: readonly Resource[];
}

const onList = { GET: 'list', POST: 'create' } as const satisfies Record<string, Operation>;

const onRecord = {
  GET: 'read',
  PUT: 'update',
  PATCH: 'partial_update',
  DELETE: 'delete',
} as const satisfies Record<string, Operation>;

/**
 * The routes of all resources. A known path with another method is refused before anybody asks for a token (R2). Each resource
 * has a router of its own: one with the routes of all would try each of them for every request.
 */
export function routes(apis: readonly ServedApi[], parts: ApiParts): Middleware {
  const routers = apis.flatMap(({ path, resources }) =>
    resources.map((resource) => {
      const place = `${path}/${resource.plural}`;
      return { place, under: `${place}/`, router: routerOf(place, resource, parts) };
    }),
  );
  return function routes(ctx, next) {
    const { path } = ctx;
    const found = routers.find(({ place, under }) => path === place || path.startsWith(under));
    return found ? answer(found.router, ctx, next) : next();
  };
}

/**
 * Has the route of a request answer it. A router's own middleware makes a chain of functions for every request, which takes an
 * eighth of a 304 from memory. Here a route is one function, so there is nothing to chain.
 */
function answer(router: Router, context: Context, next: Next): unknown {
  const { path, method } = context;
  const [route] = router.match(path, method).pathAndMethod;
  const handle = route?.stack[0];
  if (!handle) return next();
  context.params = route.params(path, route.captures(path));
  return handle(context as RouterContext, next);
}

function routerOf(place: string, resource: Resource, parts: ApiParts): Router {
  const router = new Router({ strict: true, sensitive: true });
  mount(router, place, handlersOf(onList, resource, parts));
  mount(router, `${place}/:uuid`, handlersOf(onRecord, resource, parts));
  mountAuditTrail(router, `${place}/:uuid`, resource, parts);
  return router;
}

/** A main object has its audit trail under it; that of a relation is the one of its main object. */
function mountAuditTrail(router: Router, path: string, main: Resource, parts: ApiParts): void {
  const trail = trailUnder(main);
  if (!trail) return;
  const read = (operation: 'list' | 'read') =>
    new Map([['GET', handleAuditTrail(main, trail, operation, parts)]]);
  mount(router, `${path}/${trail.plural}`, read('list'));
  mount(router, `${path}/${trail.plural}/:entry`, read('read'));
}

/** The operations of a resource on one path, by their method. */
function handlersOf(
  operations: Readonly<Record<string, Operation>>,
  resource: Resource,
  parts: ApiParts,
): ReadonlyMap<string, Handler> {
  return new Map(
    Object.entries(operations)
      .filter(([, operation]) => resource.operations.includes(operation))
      .map(([method, operation]) => [method, handle(resource, operation, parts)]),
  );
}

/** One route a path, whatever the method: the fewer a router has to try, the sooner it has found one. */
function mount(router: Router, path: string, byMethod: ReadonlyMap<string, Handler>): void {
  const methods = [...byMethod.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  router.all(path, (context) => {
    const ctx = context as ApiContext & { params: Record<string, string> };
    const handler = byMethod.get(ctx.method === 'HEAD' ? 'GET' : ctx.method);
    if (!handler) throw otherMethod(ctx.method, methods.join(', '));
    const { uuid = '', entry = '' } = ctx.params;
    return handler(ctx, [uuid, entry]);
  });
}

/** OPTIONS belongs to no scope, so nobody may use it; everything else is not a method of this path. */
function otherMethod(method: string, allow: string): Problem {
  if (method === 'OPTIONS') return new Problem('PermissionDenied', { headers: { Allow: allow } });
  return new Problem('MethodNotAllowed', {
    detail: `Methode "${method}" niet toegestaan.`,
    headers: { Allow: allow },
  });
}

import Router from '@koa/router';
import type { Middleware } from 'koa';
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
      return { place, route: routerOf(place, resource, parts).routes() as Middleware };
    }),
  );
  return function routes(ctx, next) {
    const found = routers.find(({ place }) => ctx.path === place || ctx.path.startsWith(`${place}/`));
    return found ? (found.route(ctx, next) as Promise<unknown>) : next();
  };
}

function routerOf(place: string, resource: Resource, parts: ApiParts): Router {
  const router = new Router({ strict: true, sensitive: true });
  mount(router, place, onList, resource, parts);
  mount(router, `${place}/:uuid`, onRecord, resource, parts);
  mountAuditTrail(router, `${place}/:uuid`, resource, parts);
  return router;
}

/** A main object has its audit trail under it; that of a relation is the one of its main object. */
function mountAuditTrail(router: Router, path: string, main: Resource, parts: ApiParts): void {
  const trail = trailUnder(main);
  if (!trail) return;
  mountRead(router, `${path}/${trail.plural}`, handleAuditTrail(main, trail, 'list', parts));
  mountRead(router, `${path}/${trail.plural}/:entry`, handleAuditTrail(main, trail, 'read', parts));
}

function mountRead(router: Router, path: string, handler: Handler): void {
  router.register(path, ['GET', 'HEAD'], [answeredBy(handler)]);
  refuseOthers(router, path, 'GET, HEAD');
}

function mount(
  router: Router,
  path: string,
  operations: Readonly<Record<string, Operation>>,
  resource: Resource,
  parts: ApiParts,
): void {
  const offered = Object.entries(operations).filter(([, operation]) =>
    resource.operations.includes(operation),
  );
  for (const [method, operation] of offered) {
    router.register(path, method === 'GET' ? ['GET', 'HEAD'] : [method], [
      answeredBy(handle(resource, operation, parts)),
    ]);
  }
  const allow = offered.flatMap(([method]) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  refuseOthers(router, path, allow);
}

function answeredBy(handler: Handler): Middleware {
  return (context) => {
    const ctx = context as ApiContext & { params: Record<string, string> };
    const { uuid = '', entry = '' } = ctx.params;
    return handler(ctx, [uuid, entry]);
  };
}

function refuseOthers(router: Router, path: string, allow: string): void {
  router.all(path, (ctx) => {
    throw otherMethod(ctx.method, allow);
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

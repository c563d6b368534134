import type { Operation, Resource } from '../contract/resource.ts';
import { notFound, Problem } from '../problem.ts';
import type { MappedResource } from '../mapping/set.ts';
import type { Register } from '../register/index.ts';
import type { Perform } from './perform.ts';
import { type IdempotencySettings, withIdempotency } from './with-idempotency.ts';
import { type WorldParts, worldOf } from './world.ts';
import { create, remove, update, type WriteParts } from './write.ts';

/** What a gateway is made of; everything that is shared or random comes in from outside. */
export interface GatewayParts extends WorldParts, WriteParts {
  readonly idempotency: IdempotencySettings;
}

/** Everything that Klantbrug does, without HTTP: calls in, results or problems out. */
export function gateway(parts: GatewayParts): Perform {
  return withIdempotency(parts.idempotency)(performWith(parts));
}

/** Whether a mapping can do an operation; what it cannot is 501, and absent from the OpenAPI document. */
export function supports({ list, plans }: MappedResource, operation: Operation): boolean {
  switch (operation) {
    case 'read':
      return true;
    case 'list':
      return list !== undefined;
    case 'create':
    case 'delete':
      return plans[operation] !== undefined;
    case 'update':
    case 'partial_update':
      return plans.update !== undefined;
  }
}

function performWith(parts: GatewayParts): Perform {
  return async (call) => {
    const register = registerFor(parts, call.resource, call.operation);
    const world = worldOf(parts, call.work);
    switch (call.operation) {
      case 'list':
        return {
          kind: 'page',
          page: await register.list({ filters: call.filters, page: call.page }, call.work),
        };
      case 'read': {
        const stored = await register.read(call.uuid, call.work);
        if (!stored) throw notFound();
        return { kind: 'record', stored };
      }
      case 'create':
        return create({ call, register, world, parts });
      case 'update':
      case 'partial_update':
        return update({ call, register, world, parts });
      case 'delete':
        return remove({ call, register, world, parts });
    }
  };
}

function registerFor(parts: GatewayParts, resource: Resource, operation: Operation): Register {
  const register = parts.registers.get(resource.name);
  if (!register || !supports(register.mapped, operation)) throw new Problem('NotImplemented');
  return register;
}

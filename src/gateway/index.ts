import { passes } from '../contract/filter.ts';
import type { Operation, Resource } from '../contract/resource.ts';
import type { JsonObject } from '../json.ts';
import { notFound, Problem } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { ListPage } from '../register/pages.ts';
import type { Call, Filter, Perform } from './perform.ts';
import { remove } from './remove.ts';
import { recordsFor, type WorldParts, worldOf } from './world.ts';
import { create, update } from './write.ts';
import type { WriteParts, Writing } from './writing.ts';

/** What a gateway is made of; everything that is shared or random comes in from outside. */
export interface GatewayParts extends WorldParts, WriteParts {
  /** Outermost: what answers a repeated create with the first answer. */
  readonly idempotency: Filter;
  /** What performs calls to older APIs as calls on our own resources. */
  readonly dialects?: readonly Filter[];
}

/** Everything that Klantbrug does, without HTTP: calls in, results or problems out. */
export function gateway(parts: GatewayParts): Perform {
  const { dialects = [] } = parts;
  const perform = dialects.reduce((inner, dialect) => dialect(inner), performWith(parts));
  return parts.idempotency(perform);
}

function performWith(parts: GatewayParts): Perform {
  return async (call) => {
    const register = registerFor(parts, call.resource, call.operation);
    const hidden = parts.tombstones.of(call.resource.name);
    switch (call.operation) {
      case 'list': {
        const { filters, ordering, page } = call;
        const found = await register.list({ filters, ordering, page }, call.work);
        return { kind: 'page', page: hidden.size === 0 ? found : without(hidden, found, call) };
      }
      case 'read': {
        const stored = await register.read(call.uuid, call.work);
        if (!stored || hidden.has(stored.uuid)) throw notFound();
        return { kind: 'record', stored };
      }
      case 'create':
        return create(writingOf(parts, register, call));
      case 'update':
      case 'partial_update':
        return update(writingOf(parts, register, call));
      case 'delete':
        return remove(writingOf(parts, register, call));
    }
  };
}

/** A list without the records that are just being deleted. */
function without(hidden: ReadonlyMap<string, JsonObject>, page: ListPage, call: Call): ListPage {
  const passing = [...hidden.values()].filter((one) => passes(call.resource.filters, call.filters, one));
  const items = page.items.filter(({ uuid }) => !hidden.has(uuid));
  return { ...page, items, count: Math.max(items.length, page.count - passing.length) };
}

function writingOf(parts: GatewayParts, register: Register, call: Call): Writing {
  const readRecord = recordsFor(parts, call.work);
  return {
    call,
    register,
    parts,
    readRecord,
    worldOn: (work) => worldOf(parts, readRecord, work, call.dialect?.api),
  };
}

function registerFor(parts: GatewayParts, resource: Resource, operation: Operation): Register {
  const register = parts.registers.get(resource.name);
  if (!register?.supports(operation)) throw new Problem('NotImplemented');
  return register;
}

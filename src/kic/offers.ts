import type { Operation, Resource } from '../contract/resource.ts';
import type { MappingSet } from '../mapping/set.ts';
import { supports } from '../register/index.ts';
import { neededFor } from './views.ts';

/**
 * What a mapping set can do of what is declared. The API that shows resources of ours again needs more of them than is
 * asked of it: the klant of a contactmoment is a relation.
 */
export function offersOf(mapping: MappingSet): (resource: Resource, operation: Operation) => boolean {
  return (resource, operation) =>
    [[resource.name, operation] as const, ...neededFor(resource)].every(([name, needed]) => {
      const mapped = mapping.resources.get(name);
      return mapped !== undefined && supports(mapped, needed);
    });
}

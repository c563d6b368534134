import { type Operation, operationId, type Resource } from '../../../../contract/resource.ts';
import { type ApiName, type Check, optionalApi } from '../../check.ts';

/** The id of a check. The older API has operations with the names of those of the newer ones: its own begin with `kic.`. */
export function idIn(api: string, id: string): string {
  return api === optionalApi ? `${optionalApi}.${id}` : id;
}

/** How a check of one operation is called, and what it proves. */
export function namesOf(
  resource: Resource,
  operation: Operation,
  what: string,
): Pick<Check, 'id' | 'api' | 'proves'> {
  const proven = operationId(resource, operation);
  return {
    id: idIn(resource.api, `${proven}.${what}`),
    api: resource.api as ApiName,
    proves: [proven],
  };
}

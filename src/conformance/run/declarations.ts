import type { Resource } from '../../contract/resource.ts';
import { kicResources } from '../../kic/views.ts';
import { resources } from '../../resources/index.ts';
import type { ApiName } from './check.ts';

const all: readonly Resource[] = [...resources, ...kicResources];

/** The resources of an API, in the order of its documentation. */
export function resourcesOf(api: ApiName): readonly Resource[] {
  return all.filter((resource) => resource.api === api);
}

/** The declaration of a resource of the three newer APIs. Throws for a name that there is none of. */
export function declared(name: string): Resource {
  return found(resources, name);
}

/**
 * What a name means in a check of an API: the Klantinteracties API has resources with the names of those of the newer
 * APIs, and not all of them.
 */
export function declaredFor(api: ApiName, name: string): Resource {
  return found([...resourcesOf(api), ...resources], name);
}

function found(among: readonly Resource[], name: string): Resource {
  const resource = among.find((one) => one.name === name);
  if (!resource) throw new Error(`There is no resource ${name}.`);
  return resource;
}

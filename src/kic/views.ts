import { kicApi } from '../contract/apis.ts';
import type { Operation, Resource } from '../contract/resource.ts';
import { contactmoment } from './contactmoment.ts';
import { klant } from './klant.ts';
import { relations } from './relations.ts';
import { verzoek } from './verzoek.ts';
import type { View } from './view.ts';

/** Every resource of the Klantinteracties API, in the order of its documentation. */
export const views: readonly View[] = [klant, contactmoment, verzoek, ...relations];

/** What the Klantinteracties API declares. */
export const kicResources: readonly Resource[] = views.map(({ resource }) => resource);

/**
 * The same for one deployment.
 *
 * @param strict whether lists refuse the filters of newer APIs, which they do not have
 */
export function kicResourcesFor(strict: boolean): readonly Resource[] {
  if (strict) return kicResources;
  return kicResources.map((resource) =>
    resource.unknownParameters === 'refuse' ? resource : { ...resource, unknownParameters: 'ignore' },
  );
}

/** The view that a declaration belongs to; undefined for a resource of another API. */
export function viewOf(resource: Resource): View | undefined {
  return resource.api === kicApi ? views.find((view) => view.resource.name === resource.name) : undefined;
}

/** What a resource of ours must be able to do, besides what is asked of it, for the API that shows it again. */
export function neededFor(resource: Resource): readonly (readonly [name: string, operation: Operation])[] {
  const view = viewOf(resource);
  return [
    ...(view?.klantLink ? [[view.klantLink.relation.name, 'list'] as const] : []),
    ...(view?.shownWith === undefined ? [] : [[view.shownWith, 'read'] as const]),
  ];
}

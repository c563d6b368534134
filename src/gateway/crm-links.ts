import type { MappingSet } from '../mapping/set.ts';
import type { Links } from '../register/links.ts';
import type { OwnUrls } from './own-urls.ts';

/** Between our URLs and the ids of the CRM: the one place that knows both. */
export function linksThrough(urls: OwnUrls, mapping: MappingSet): Links {
  const partsOf = (resource: string) => mapping.resources.get(resource)?.parts ?? [];
  const uuidOf = (resource: string, url: string): string | undefined => {
    const place = urls.find(url);
    return place?.resource === resource && place.uuid !== '' ? place.uuid : undefined;
  };
  return {
    canonicalOf: (resource, uuid) => urls.canonicalOf(resource, uuid),
    canonical(url) {
      const place = urls.find(url);
      return place && place.uuid !== '' ? urls.canonicalOf(place.resource, place.uuid) : url;
    },
    uuidOf,
    urlOf(resource, id) {
      const uuids = partsOf(resource).map(({ id: { codec } }) => codec.toUuid(id));
      const uuid = uuids.find((candidate) => candidate !== undefined);
      return uuid !== undefined && urls.serves(resource) ? urls.canonicalOf(resource, uuid) : undefined;
    },
    idOf(resource, url) {
      const uuid = uuidOf(resource, url) ?? '';
      const ids = partsOf(resource).map(({ id: { codec } }) => codec.fromUuid(uuid));
      return ids.find((candidate) => candidate !== undefined);
    },
  };
}

import type { CrmId } from '../mapping/ids.ts';
import type { MappedPart, MappingSet } from '../mapping/set.ts';
import { type KeptId, type KeptIds, openKeptIds } from '../register/kept-ids.ts';
import type { Links, Target } from '../register/links.ts';
import type { OwnUrls } from './own-urls.ts';

/** What stands behind a UUID that has to be looked up, of a resource or a part of one. */
type KeyOf = (resource: string, uuid: string) => string | undefined;

/**
 * Between our URLs and the ids of the CRM: the one place that knows both.
 *
 * @param kept where ids are looked up that fit in no UUID; without it, as in examples, only what was named is known
 */
export function linksThrough(
  urls: OwnUrls,
  mapping: MappingSet,
  kept: KeptIds = openKeptIds(undefined, noBackend),
): Links {
  const partsOf = (resource: string) => mapping.resources.get(resource)?.parts ?? [];
  /** Those that are looked up say so for certain, where one with the CRM's own UUIDs takes every UUID. */
  const lookedUpFirst = (resource: string) =>
    partsOf(resource).toSorted((one, other) => Number(isLookedUp(other)) - Number(isLookedUp(one)));

  const uuidOf = (resource: string, url: string): string | undefined => {
    const place = urls.find(url);
    return place?.resource === resource && place.uuid !== '' ? place.uuid : undefined;
  };

  function uuidIn(part: MappedPart, id: unknown, shown?: KeptId[]): string | undefined {
    const { codec, keptAs } = part.id;
    const uuid = codec.toUuid(id);
    if (uuid !== undefined && keptAs !== undefined && typeof id === 'string') {
      const noted = { resource: keptAs, uuid, key: id };
      kept.note(noted);
      shown?.push(noted);
    }
    return uuid;
  }

  function idThrough(resource: string, url: string, keyOf: KeyOf): CrmId | undefined {
    const uuid = uuidOf(resource, url) ?? '';
    return firstOf(lookedUpFirst(resource), (part) => idThroughPart(part, uuid, keyOf));
  }

  return {
    canonicalOf: (resource, uuid) => urls.canonicalOf(resource, uuid),
    canonical(url) {
      const place = urls.find(url);
      return place && place.uuid !== '' ? urls.canonicalOf(place.resource, place.uuid) : url;
    },
    uuidOf,
    uuidIn,
    urlOf(resource, id, shown) {
      if (!urls.serves(resource)) return undefined;
      const uuid = firstOf(partsOf(resource), (part) => uuidIn(part, id, shown));
      return uuid === undefined ? undefined : urls.canonicalOf(resource, uuid);
    },
    keep: (shown, work) => kept.keep(shown, work),
    idOf: (resource, url) => idThrough(resource, url, kept.known),
    idIn: (part, uuid) => idThroughPart(part, uuid, kept.known),

    async lookUp(targets, work) {
      const found = new Map<string, ReadonlyMap<string, string>>();
      for (const [name, uuids] of lookedUpAmong(targets, partsOf, uuidOf)) {
        found.set(name, await kept.find(name, [...uuids], work));
      }
      return (resource, url) => idThrough(resource, url, (name, uuid) => found.get(name)?.get(uuid));
    },

    async lookUpIn(part, uuid, work) {
      const { codec, keptAs } = part.id;
      if (keptAs === undefined || !codec.owns(uuid)) return codec.fromUuid(uuid);
      const wanted = uuid.toLowerCase();
      return (await kept.find(keptAs, [wanted], work)).get(wanted);
    },
  };
}

function noBackend(): never {
  throw new Error('There is no backend that keeps ids.');
}

function isLookedUp({ id }: MappedPart): boolean {
  return id.keptAs !== undefined;
}

function idThroughPart({ id: { codec, keptAs } }: MappedPart, uuid: string, keyOf: KeyOf): CrmId | undefined {
  return keptAs === undefined ? codec.fromUuid(uuid) : keyOf(keptAs, uuid.toLowerCase());
}

/** The UUIDs in some links that may have to be looked up, by the name under which they are kept. */
function lookedUpAmong(
  targets: readonly Target[],
  partsOf: (resource: string) => readonly MappedPart[],
  uuidOf: (resource: string, url: string) => string | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const [resource, url] of targets) {
    const uuid = uuidOf(resource, url) ?? '';
    for (const { id } of partsOf(resource)) {
      if (id.keptAs === undefined || !id.codec.owns(uuid)) continue;
      wanted.set(id.keptAs, (wanted.get(id.keptAs) ?? new Set()).add(uuid.toLowerCase()));
    }
  }
  return wanted;
}

/** The first thing that comes of these, if anything does. */
function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

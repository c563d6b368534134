import type { Filters, FilterValues } from '../contract/filter.ts';
import type { Resource } from '../contract/resource.ts';
import type { Json, JsonObject } from '../json.ts';
import type { CrmId } from '../mapping/ids.ts';
import type { MappedPart } from '../mapping/set.ts';
import type { KeptId } from './kept-ids.ts';
import type { Work } from './work.ts';

/** The id behind a canonical URL of ours; undefined when it leads to something else. */
export type IdOf = (resource: string, url: string) => CrmId | undefined;

/** A URL, and the resource that it may lead to. */
export type Target = readonly [resource: string, url: string];

/**
 * Links between resources, both ways. Inside Klantbrug a link to a resource of ours is its canonical URL; a mapping
 * never sees one: it gets, and gives, the id that its own system uses, or the URL of something that is not ours.
 */
export interface Links {
  /**
   * The canonical URL of the record of a resource that has this id; undefined when it cannot have.
   *
   * @param shown gets the id when it is one that is looked up: keep it before anybody sees the URL
   */
  urlOf(resource: string, id: unknown, shown?: KeptId[]): string | undefined;
  /** The UUID of the record of a part that has this id, likewise. */
  uuidIn(part: MappedPart, id: unknown, shown?: KeptId[]): string | undefined;
  /** Waits until everybody can look up what was shown. Throws a Problem 502 or 503 when that cannot be had. */
  keep(shown: readonly KeptId[], work: Work): Promise<void>;
  /** The canonical URL of a record of ours. */
  canonicalOf(resource: string, uuid: string): string;
  /** The canonical form of a URL, whichever of our base URLs it has; every other URL as it is. */
  canonical(url: string): string;
  /** The id behind a URL, as far as that is known without asking: one that is looked up may not be. */
  readonly idOf: IdOf;
  /** The id of a part that a UUID stands for, likewise. */
  idIn(part: MappedPart, uuid: string): CrmId | undefined;
  /** The ids behind some URLs, looked up where they must be: of these only. Throws a Problem 502 or 503. */
  lookUp(targets: readonly Target[], work: Work): Promise<IdOf>;
  /** The id of a part that a UUID stands for, looked up where it must be. Throws a Problem 502 or 503. */
  lookUpIn(part: MappedPart, uuid: string, work: Work): Promise<CrmId | undefined>;
  /** The UUID in a canonical URL of ours; undefined when it leads to something else. */
  uuidOf(resource: string, url: string): string | undefined;
}

/** What a mapping made of a record, with its ids of linked records as URLs. */
export function linksFromCrm(
  resource: Resource,
  mapped: JsonObject,
  links: Links,
  shown?: KeptId[],
): JsonObject {
  const read = resource.links.flatMap(([name, link]): [string, Json][] => {
    const value = mapped[name];
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'string' && isUrl(value)) return [[name, links.canonical(value)]];
    // What is no id stays what it is: the field then finds it wrong, and its policy decides.
    return [[name, links.urlOf(link.to, value, shown) ?? value]];
  });
  return read.length === 0 ? mapped : { ...mapped, ...Object.fromEntries(read) };
}

/** The links in a representation, or in a part of one. */
export function linksIn(resource: Resource, representation: JsonObject): Target[] {
  return resource.links.flatMap(([name, link]): Target[] => {
    const value = representation[name];
    return typeof value === 'string' ? [[link.to, value]] : [];
  });
}

/** A representation, or a part of one, as a mapping sees it. */
export function linksToCrm(resource: Resource, representation: JsonObject, idOf: IdOf): JsonObject {
  const read = resource.links.flatMap(([name, link]): [string, Json][] => {
    const value = representation[name];
    return typeof value === 'string' ? [[name, idOf(link.to, value) ?? value]] : [];
  });
  return read.length === 0 ? representation : { ...representation, ...Object.fromEntries(read) };
}

/** The links among the filters of a list. */
export function linksAmong(filters: Filters, values: FilterValues): Target[] {
  return Object.entries(values).flatMap(([name, value]): Target[] => {
    const link = filters[name]?.link;
    return link ? [[link.to, value]] : [];
  });
}

/** The filters of a list as a mapping sees them. */
export function filtersToCrm(filters: Filters, values: FilterValues, idOf: IdOf): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Json] => {
      const link = filters[name]?.link;
      return [name, (link && idOf(link.to, value)) ?? value];
    }),
  );
}

/** Whether a filter asks for a local record that cannot be there: no CRM needs to be asked for that. */
export function asksForNothing(filters: Filters, values: FilterValues, idOf: IdOf): boolean {
  return Object.entries(values).some(([name, value]) => {
    const link = filters[name]?.link;
    return link?.reach === 'local' && idOf(link.to, value) === undefined;
  });
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

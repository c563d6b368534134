import type { Filters, FilterValues } from '../contract/filter.ts';
import type { Resource } from '../contract/resource.ts';
import type { Json, JsonObject } from '../json.ts';
import type { CrmId } from '../mapping/ids.ts';

/**
 * Links between resources, both ways. Inside Klantbrug a link to a resource of ours is its canonical URL; a mapping
 * never sees one: it gets, and gives, the id that its own system uses, or the URL of something that is not ours.
 */
export interface Links {
  /** The canonical URL of the record of a resource that has this id; undefined when it cannot have. */
  urlOf(resource: string, id: unknown): string | undefined;
  /** The canonical URL of a record of ours. */
  canonicalOf(resource: string, uuid: string): string;
  /** The canonical form of a URL, whichever of our base URLs it has; every other URL as it is. */
  canonical(url: string): string;
  /** The id behind a canonical URL of ours; undefined when it leads to something else. */
  idOf(resource: string, url: string): CrmId | undefined;
  /** The UUID in a canonical URL of ours; undefined when it leads to something else. */
  uuidOf(resource: string, url: string): string | undefined;
}

/** What a mapping made of a record, with its ids of linked records as URLs. */
export function linksFromCrm(resource: Resource, mapped: JsonObject, links: Links): JsonObject {
  const read = resource.links.flatMap(([name, link]): [string, Json][] => {
    const value = mapped[name];
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'string' && isUrl(value)) return [[name, links.canonical(value)]];
    // What is no id stays what it is: the field then finds it wrong, and its policy decides.
    return [[name, links.urlOf(link.to, value) ?? value]];
  });
  return read.length === 0 ? mapped : { ...mapped, ...Object.fromEntries(read) };
}

/** A representation, or a part of one, as a mapping sees it. */
export function linksToCrm(resource: Resource, representation: JsonObject, links: Links): JsonObject {
  const read = resource.links.flatMap(([name, link]): [string, Json][] => {
    const value = representation[name];
    return typeof value === 'string' ? [[name, links.idOf(link.to, value) ?? value]] : [];
  });
  return read.length === 0 ? representation : { ...representation, ...Object.fromEntries(read) };
}

/** The filters of a list as a mapping sees them. */
export function filtersToCrm(filters: Filters, values: FilterValues, links: Links): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Json] => {
      const link = filters[name]?.link;
      return [name, (link && links.idOf(link.to, value)) ?? value];
    }),
  );
}

/** Whether a filter asks for a local record that cannot be there: no CRM needs to be asked for that. */
export function asksForNothing(filters: Filters, values: FilterValues, links: Links): boolean {
  return Object.entries(values).some(([name, value]) => {
    const link = filters[name]?.link;
    return link?.reach === 'local' && links.idOf(link.to, value) === undefined;
  });
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

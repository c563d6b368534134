import { pageSize } from '../contract/paging.ts';
import type { Resource } from '../contract/resource.ts';
import type { BaseUrl, OwnUrls } from '../gateway/own-urls.ts';
import type { JsonObject } from '../json.ts';
import type { ListPage } from '../register/pages.ts';
import type { Stored } from '../register/record.ts';

/** A record as clients of one base URL see it: its URL first, then the declared fields, then what the mapping adds. */
export function presentRecord(urls: OwnUrls, base: BaseUrl, resource: Resource, stored: Stored): JsonObject {
  return {
    url: urls.of(base, resource, stored.uuid),
    ...withLinks(urls, base, resource, stored.representation),
    ...stored.added,
  };
}

/** Links to resources of ours are written for the base URL that the client uses (ruling R1), and for the API that it called. */
function withLinks(urls: OwnUrls, base: BaseUrl, resource: Resource, representation: JsonObject): JsonObject {
  const links = resource.links.flatMap(([name]): [string, string][] => {
    const url = representation[name];
    if (typeof url !== 'string') return [];
    const shown = urls.rebase(url, base, resource.api);
    return shown === url ? [] : [[name, shown]];
  });
  return links.length === 0 ? representation : { ...representation, ...Object.fromEntries(links) };
}

/** The envelope of a list (contract section 1.4). */
export function presentPage(
  urls: OwnUrls,
  base: BaseUrl,
  resource: Resource,
  { count, page, items }: ListPage,
  others: URLSearchParams,
): JsonObject {
  const link = (to: number): string => {
    const query = new URLSearchParams(others);
    // The first page is the list itself.
    if (to > 1) query.set('page', String(to));
    const text = query.toString();
    return `${urls.listOf(base, resource)}${text === '' ? '' : `?${text}`}`;
  };
  return {
    count,
    next: page * pageSize < count ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results: items.map((stored) => presentRecord(urls, base, resource, stored)),
  };
}

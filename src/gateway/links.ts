import type { FilterValues } from '../contract/filter.ts';
import type { Link } from '../contract/links.ts';
import type { Resource } from '../contract/resource.ts';
import type { JsonObject } from '../json.ts';
import type { Complaint } from '../problem.ts';
import type { OwnPlace, OwnUrls } from './own-urls.ts';

const reasons = {
  no_match: 'Ongeldige hyperlink: geen URL van een bekende resource.',
  incorrect_match: 'Ongeldige hyperlink: URL van een andere resource.',
  invalid: 'Ongeldige hyperlink: geen geldige identificatie.',
  'invalid-type': 'Deze URL leidt naar een andere soort resource.',
} as const;

/**
 * The links that a body supplied, as they are kept: ours as canonical URLs, others as they are. A local link that
 * cannot be one is a complaint (contract section 3.1); whether what it leads to exists is for a rule to say.
 */
export function readLinks(
  resource: Resource,
  change: JsonObject,
  urls: OwnUrls,
): { readonly change: JsonObject; readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = [];
  const read = resource.links.flatMap(([name, link]): [string, string][] => {
    const given = change[name];
    if (typeof given !== 'string' || given === '') return [];
    const place = link.reach === 'local' ? urls.findPath(given) : urls.find(given);
    const code = link.reach === 'local' ? wrongReference(resource, link, place, urls) : undefined;
    if (code) complaints.push({ name, code, reason: reasons[code] });
    return [[name, canonical(urls, place) ?? given]];
  });
  return { change: { ...change, ...Object.fromEntries(read) }, complaints };
}

/** The links in the filters of a list, read in the same way; a local one must have a host of ours as well. */
export function readFilterLinks(
  resource: Resource,
  values: FilterValues,
  urls: OwnUrls,
  complaints: Complaint[],
): FilterValues {
  const read = Object.entries(values).map(([name, given]) => {
    const link = resource.filters[name]?.link;
    if (!link || complaints.some((complaint) => complaint.name === name)) return [name, given];
    const place = urls.find(given);
    if (link.reach === 'local' && place && place.uuid !== '') {
      const wrong = wrongReference(resource, link, place, urls);
      // What is of another API, or of none, is simply found with nothing.
      const code = wrong === 'incorrect_match' ? 'invalid-type' : wrong === 'invalid' ? wrong : undefined;
      if (code) complaints.push({ name, code, reason: reasons[code] });
    }
    return [name, canonical(urls, place) ?? given];
  });
  return Object.fromEntries(read) as FilterValues;
}

function wrongReference(
  { api }: Resource,
  link: Link,
  place: OwnPlace | undefined,
  urls: OwnUrls,
): 'no_match' | 'incorrect_match' | 'invalid' | undefined {
  if (!place || place.resource === '' || place.uuid === '') return 'no_match';
  if (place.resource !== link.to)
    return urls.apisOf(place.resource).includes(api) ? 'incorrect_match' : 'no_match';
  return isUuid(place.uuid) ? undefined : 'invalid';
}

function canonical(urls: OwnUrls, place: OwnPlace | undefined): string | undefined {
  return place && isUuid(place.uuid) ? urls.canonicalOf(place.resource, place.uuid) : undefined;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

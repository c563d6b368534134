import type { Resource } from '../contract/resource.ts';
import { parseUrl } from '../url.ts';

/** A base URL that this deployment is reached under (ruling R1). No trailing slash. */
export type BaseUrl = string;

/** Where something of ours lives. */
export interface OwnPlace {
  /** The singular name, or blank for a place of ours that is no resource. */
  readonly resource: string;
  readonly uuid: string;
}

/** Turns our resources into URLs and back, under every configured base URL. */
export interface OwnUrls {
  readonly canonical: BaseUrl;
  /** The base URL whose host a client used; the canonical one for any other host. */
  baseFor(host: string | undefined): BaseUrl;
  /** The URL of one record. */
  of(base: BaseUrl, resource: Resource, uuid: string): string;
  /** The URL of a list. */
  listOf(base: BaseUrl, resource: Resource): string;
  /** What a URL points at, if it is ours; the scheme does not matter (contract section 1.5). */
  find(url: string): OwnPlace | undefined;
  /** What the path of a URL points at, whatever its host; a path alone will do (contract section 3.2). */
  findPath(url: string): OwnPlace | undefined;
  /** The APIs that show a resource, its own first; none for what has no URLs of ours. */
  apisOf(resource: string): readonly string[];
  /** Whether a resource has URLs of ours at all: its API is served. */
  serves(resource: string): boolean;
  /** The canonical URL of one record, by the resource's name. */
  canonicalOf(resource: string, uuid: string): string;
  /** Every URL that a record of ours has, the canonical one first; just the URL itself when it is not ours. */
  allOf(url: string): string[];
  /** A canonical URL of ours as clients of a base URL, and of an API, see it; every other URL as it is. */
  rebase(url: string, base: BaseUrl, api?: string): string;
}

/**
 * Two APIs may show one resource: then the first of its declarations is canonical, and the other ones are more URLs of
 * the same records.
 *
 * @param paths the path of each API: `klanten` -> `/klanten/api/v1`
 */
export function ownUrls(
  bases: { readonly canonical: BaseUrl; readonly further: readonly BaseUrl[] },
  paths: ReadonlyMap<string, string>,
  resources: readonly Resource[],
): OwnUrls {
  const all = [bases.canonical, ...bases.further];
  const byHost = new Map(all.flatMap((base) => hostsOf(base).map((host) => [host, base])));
  const listPath = (resource: Resource): string => `${paths.get(resource.api) ?? ''}/${resource.plural}`;
  const listOf = (base: BaseUrl, resource: Resource): string => `${base}${listPath(resource)}`;
  const apiPrefixes = all.flatMap((base) =>
    [...paths.values()].map((path) => withoutScheme(`${base}${path}/`)),
  );
  const lists = all.flatMap((base) =>
    resources.map((resource) => ({ resource, prefix: withoutScheme(`${listOf(base, resource)}/`) })),
  );

  const byName = new Map(resources.toReversed().map((resource) => [resource.name, resource]));
  const basePaths = [...new Set(all.map((base) => new URL(base).pathname.replace(/\/$/, '')))];
  const listPrefixes = resources.map((resource) => ({ resource, prefix: `${listPath(resource)}/` }));
  const canonicalApis = [...paths.values()].map((path) => `${bases.canonical}${path}/`);
  const otherViews = resources.filter((resource) => byName.get(resource.name) !== resource);

  function rebase(url: string, base: BaseUrl, api?: string): string {
    const shown = api === undefined ? url : withinApi(url, api);
    const isOurs = base !== bases.canonical && canonicalApis.some((prefix) => shown.startsWith(prefix));
    return isOurs ? `${base}${shown.slice(bases.canonical.length)}` : shown;
  }

  /** The canonical URL of a record within one of the APIs that show it. */
  function withinApi(url: string, api: string): string {
    const byApi = otherViews.filter((resource) => resource.api === api);
    if (byApi.length === 0) return url;
    const place = find(url);
    const declared = byApi.find(({ name }) => name === place?.resource);
    return place && declared ? `${listOf(bases.canonical, declared)}/${place.uuid}` : url;
  }

  function find(url: string): OwnPlace | undefined {
    const plain = withoutScheme(url);
    const list = lists.find(({ prefix }) => plain.startsWith(prefix));
    if (list) return placeIn(list.resource, plain.slice(list.prefix.length));
    return apiPrefixes.some((prefix) => plain.startsWith(prefix)) ? { resource: '', uuid: '' } : undefined;
  }

  /** A record has a URL in each API that shows it, under each base URL. */
  function allOf(url: string): string[] {
    const apis = apisOf(find(url)?.resource ?? '');
    const within = apis.length === 0 ? [url] : apis.map((api) => withinApi(url, api));
    return [...new Set(within.flatMap((one) => all.map((base) => rebase(one, base))))];
  }

  function apisOf(name: string): readonly string[] {
    return resources.filter((resource) => resource.name === name).map(({ api }) => api);
  }

  return {
    canonical: bases.canonical,
    baseFor: (host) => byHost.get(host?.toLowerCase() ?? '') ?? bases.canonical,
    of: (base, resource, uuid) => `${listOf(base, resource)}/${uuid}`,
    listOf,
    find,
    findPath(url) {
      const whole = parseUrl(url, new URL(bases.canonical))?.pathname ?? '';
      const within = basePaths.filter((base) => whole.startsWith(`${base}/`));
      for (const path of within.map((base) => whole.slice(base.length))) {
        const list = listPrefixes.find(({ prefix }) => path.startsWith(prefix));
        if (list) return placeIn(list.resource, path.slice(list.prefix.length));
      }
      return undefined;
    },
    apisOf,
    serves: (name) => byName.has(name),
    canonicalOf(name, uuid) {
      const resource = byName.get(name);
      if (!resource) throw new Error(`There is no resource ${name}.`);
      return `${listOf(bases.canonical, resource)}/${uuid.toLowerCase()}`;
    },
    allOf,
    rebase,
  };
}

/** What comes after a list is a record of it, unless there is more: that is a place without a resource. */
function placeIn({ name }: Resource, rest: string): OwnPlace {
  return rest.includes('/') ? { resource: '', uuid: '' } : { resource: name, uuid: rest };
}

/** How a client may name a base URL in its Host header: the default port may be there or not. */
function hostsOf(base: BaseUrl): string[] {
  const { protocol, host, port } = new URL(base);
  return port === '' ? [host, `${host}:${protocol === 'https:' ? 443 : 80}`] : [host];
}

/** Host and port in lower case with the default port left out, and the path as it is. */
function withoutScheme(url: string): string {
  const parsed = parseUrl(url);
  return parsed ? `${parsed.host}${parsed.pathname}` : url;
}

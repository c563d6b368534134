import type { Middleware } from 'koa';
import type { BaseUrl } from '../../gateway/own-urls.ts';
import { Problem } from '../../problem.ts';
import { matches } from '../etag.ts';
import { headerIn, setHeaders } from '../exchange.ts';
import type { Offers } from '../openapi/index.ts';
import type { ServedApi } from '../routes.ts';
import { channelPlaces } from './channels.ts';
import { documentPlaces } from './documents.ts';
import { errorPlaces } from './errors/index.ts';
import type { Place } from './place.ts';
import { theViewer, viewerPlaces } from './viewer.ts';

/** A place, and the version of the API that it belongs to; undefined for what belongs to all of them. */
interface ServedPlace {
  readonly place: Place | (() => Place);
  readonly version: string | undefined;
}

/**
 * Serves what is the same for everybody and needs no token: the OpenAPI document of each API, a page that shows it,
 * the page of every kind of error, and one about the channels of notifications. All of it is made once, at start or when it is
 * first asked for.
 */
export function pages(apis: readonly ServedApi[], canonical: BaseUrl, offers: Offers): Middleware {
  const served = servedPlaces(apis, canonical, offers);
  return function pages(ctx, next) {
    const found = served.get(ctx.path);
    if (!found) return next();
    const { version } = found;
    const place = typeof found.place === 'function' ? found.place() : found.place;
    if (version !== undefined) setHeaders(ctx, { 'API-version': version });
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw otherMethod(ctx.method);
    setHeaders(ctx, place.headers);
    if (place.etag !== undefined && matches(headerIn(ctx, 'if-none-match'), place.etag)) {
      ctx.status = 304;
    } else {
      ctx.status = place.status;
      ctx.body = place.body;
    }
    return undefined;
  };
}

function servedPlaces(
  apis: readonly ServedApi[],
  canonical: BaseUrl,
  offers: Offers,
): ReadonlyMap<string, ServedPlace> {
  const viewer = theViewer();
  const ofApis = apis.flatMap((api) =>
    [...documentPlaces(api, canonical, offers), ...viewerPlaces(api, viewer)].map(
      ([path, place]) => [path, { place, version: api.version }] as const,
    ),
  );
  const resources = apis.flatMap((api) => api.resources);
  const ofAll = [...errorPlaces(canonical), ...channelPlaces(resources)].map(
    ([path, place]) => [path, { place, version: undefined }] as const,
  );
  return new Map<string, ServedPlace>([...ofAll, ...ofApis]);
}

function otherMethod(method: string): Problem {
  return new Problem('MethodNotAllowed', {
    detail: `Methode "${method}" niet toegestaan.`,
    headers: { Allow: 'GET, HEAD' },
  });
}

import type { Middleware } from 'koa';
import type { Operation, Resource } from '../contract/resource.ts';
import type { BaseUrl } from '../gateway/own-urls.ts';
import { openApiDocument, openApiYaml } from './openapi/index.ts';
import type { ServedApi } from './routes.ts';

/** Every place where an API's OpenAPI document is served: those of the standard, and those of the reference implementation. */
const places = {
  '/openapi.json': 'json',
  '/schema/openapi.json': 'json',
  '/schema/openapi.yaml': 'yaml',
} as const;

const mediaTypes = { json: 'application/json', yaml: 'application/yaml' } as const;

/** Serves the OpenAPI document of each API, without a token. Made once at start. */
export function documents(
  apis: readonly ServedApi[],
  canonical: BaseUrl,
  supports: (resource: Resource, operation: Operation) => boolean,
): Middleware {
  const served = new Map(apis.flatMap((api) => documentsOf(api, canonical, supports)));
  return async function documents(ctx, next) {
    const document = served.get(ctx.path);
    if (!document || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) {
      await next();
      return;
    }
    ctx.set({ 'Content-Type': mediaTypes[document.format], 'API-version': document.version });
    ctx.body = document.text;
  };
}

interface ServedDocument {
  readonly format: 'json' | 'yaml';
  readonly text: string;
  readonly version: string;
}

function documentsOf(
  api: ServedApi,
  canonical: BaseUrl,
  supports: (resource: Resource, operation: Operation) => boolean,
): (readonly [string, ServedDocument])[] {
  const document = openApiDocument({
    title: `${capitalised(api.name)} API`,
    description: `De ${capitalised(api.name)} API-standaard, aangeboden door Klantbrug.`,
    version: api.version,
    serverUrl: `${canonical}${api.path}`,
    resources: api.resources,
    supports,
  });
  const texts = { json: JSON.stringify(document, undefined, 2), yaml: openApiYaml(document) };
  return Object.entries(places).map(([place, format]) => [
    `${api.path}${place}`,
    { format, text: texts[format], version: api.version },
  ]);
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

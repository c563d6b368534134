import { apiTitle } from '../../contract/apis.ts';
import type { BaseUrl } from '../../gateway/own-urls.ts';
import { type Offers, openApiDocument, openApiYaml } from '../openapi/index.ts';
import type { ServedApi } from '../routes.ts';
import { once } from '../../once.ts';
import { contentPlace, type Places } from './place.ts';

/** Every place where an API's OpenAPI document is served: those of the standard, and those of the reference implementation. */
const places = {
  '/openapi.json': 'json',
  '/openapi.yaml': 'yaml',
  '/schema/openapi.json': 'json',
  '/schema/openapi.yaml': 'yaml',
} as const;

/** The OpenAPI document of an API, with what this deployment offers of it. It is made when it is first asked for. */
export function documentPlaces(api: ServedApi, canonical: BaseUrl, offers: Offers): Places {
  const document = once(() =>
    openApiDocument({
      title: apiTitle(api.name),
      description: `De ${apiTitle(api.name)}-standaard, aangeboden door Klantbrug.`,
      version: api.version,
      serverUrl: `${canonical}${api.path}`,
      resources: api.resources,
      ...offers,
    }),
  );
  const made = {
    json: once(() => contentPlace('application/json', JSON.stringify(document(), undefined, 2), 'ask')),
    yaml: once(() => contentPlace('application/yaml', openApiYaml(document()), 'ask')),
  };
  return Object.entries(places).map(([place, format]) => [`${api.path}${place}`, made[format]]);
}

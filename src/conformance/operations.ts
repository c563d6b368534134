import { openApiDocument, type OpenApiOptions } from '../api/openapi/index.ts';
import type { Resource } from '../contract/resource.ts';
import { isObject, type Json, scalarText } from '../json.ts';
import { kicResources } from '../kic/views.ts';
import { resources } from '../resources/index.ts';

/** One operation of an API, as its OpenAPI document has it. */
export interface ApiOperation {
  readonly api: string;
  /** `klant_read`; the same one may occur in several APIs. */
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** Within the API: `/klanten/{uuid}`. */
  readonly path: string;
}

/** Every resource of every API. The one place that says so here. */
export const declaredResources: readonly Resource[] = [...resources, ...kicResources];

/** The APIs that are declared, in the order of the documentation. */
export function declaredApis(): string[] {
  return [...new Set(declaredResources.map(({ api }) => api))];
}

/**
 * The operations of an API, in the order of its OpenAPI document, because that is what clients are told.
 *
 * @param supports what is offered of the declarations; absent: everything
 */
export function operationsOf(
  api: string,
  supports: OpenApiOptions['supports'] = () => true,
): readonly ApiOperation[] {
  const document = openApiDocument({
    title: api,
    description: '',
    version: '',
    serverUrl: '/',
    resources: declaredResources.filter((resource) => resource.api === api),
    supports,
  });
  return entriesOf(document.paths).flatMap(([path, item]) =>
    entriesOf(item).flatMap(([method, operation]) => {
      const id = isObject(operation) ? scalarText(operation.operationId) : undefined;
      return id === undefined ? [] : [{ api, id, method: method.toUpperCase(), path }];
    }),
  );
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

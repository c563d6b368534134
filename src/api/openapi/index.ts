import { stringify } from 'yaml';
import type { Operation, Resource } from '../../contract/resource.ts';
import { deepFreeze, type JsonObject } from '../../json.ts';
import { faultSchemas } from './faults.ts';
import { hasBody } from './parameters.ts';
import { pathsOf, securityScheme } from './paths.ts';
import { faultResponses } from './responses.ts';
import { resourceSchemas, schemaRef } from './schemas.ts';

/** What an OpenAPI document says beyond the declarations of its resources. */
export interface OpenApiOptions {
  readonly title: string;
  readonly description: string;
  /** The version of the API, as in the header `API-version`: `1.0.0`. */
  readonly version: string;
  /** Where the paths start: an absolute URL, or a path such as `/klanten/api/v1`. */
  readonly serverUrl: string;
  readonly resources: readonly Resource[];
  /** Whether this deployment offers a declared operation; what it does not offer is left out. */
  supports(resource: Resource, operation: Operation): boolean;
}

interface Offer {
  readonly resource: Resource;
  readonly operations: readonly Operation[];
}

/**
 * The OpenAPI 3.0 document of an API, derived from its declarations.
 *
 * @returns the document, frozen: its parts are shared
 * @throws Error when two declarations give the same name to different schemas
 */
export function openApiDocument(options: OpenApiOptions): JsonObject {
  const offers = offersOf(options);
  const paths = offers.map(({ resource, operations }) => pathsOf(resource, operations));
  return deepFreeze({
    openapi: '3.0.0',
    info: { title: options.title, description: options.description, version: options.version },
    servers: [{ url: options.serverUrl }],
    security: [{ [securityScheme]: [] }],
    tags: offers.map(({ resource }) => ({ name: resource.plural, description: resource.description })),
    paths: Object.assign({}, ...paths) as JsonObject,
    components: {
      responses: faultResponses(),
      requestBodies: requestBodies(offers),
      securitySchemes: { [securityScheme]: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { ...resourceSchemas(offers.map(({ resource }) => resource)), ...faultSchemas() },
    },
  });
}

/** The document as YAML 1.2, every value written out where it stands. */
export function openApiYaml(document: JsonObject): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 110 });
}

/** The resources of which anything is offered, each with what is. */
function offersOf(options: OpenApiOptions): Offer[] {
  return options.resources
    .map((resource) => ({
      resource,
      operations: resource.operations.filter((operation) => options.supports(resource, operation)),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function requestBodies(offers: readonly Offer[]): JsonObject {
  return Object.fromEntries(
    offers
      .filter(({ operations }) => operations.some(hasBody))
      .map(({ resource: { schemaName } }) => [
        schemaName,
        { content: { 'application/json': { schema: schemaRef(schemaName) } }, required: true },
      ]),
  );
}

import { stringify } from 'yaml';
import { type Operation, type Resource, trailUnder } from '../../contract/resource.ts';
import { deepFreeze, type JsonObject } from '../../json.ts';
import { faultSchemas } from './faults.ts';
import { hasBody } from './parameters.ts';
import { pathsOf, securityScheme, trailPathsOf } from './paths.ts';
import { faultResponses } from './responses.ts';
import { resourceSchemas, schemaRef } from './schemas.ts';

/** What a deployment makes of the declared resources. */
export interface Offers {
  /** Whether this deployment offers a declared operation; what it does not offer is left out. */
  supports(resource: Resource, operation: Operation): boolean;
  /** What this deployment shows of a resource beside the standard; absent: nothing. */
  adds?(resource: Resource): readonly string[];
}

/** What an OpenAPI document says beyond the declarations of its resources. */
export interface OpenApiOptions extends Offers {
  readonly title: string;
  readonly description: string;
  /** The version of the API, as in the header `API-version`: `1.0.0`. */
  readonly version: string;
  /** Where the paths start: an absolute URL, or a path such as `/klanten/api/v1`. */
  readonly serverUrl: string;
  readonly resources: readonly Resource[];
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
  const trails = trailsOf(offers, options);
  const paths = [
    ...offers.map(({ resource, operations }) => pathsOf(resource, operations)),
    ...trails.map(({ main, trail }) => trailPathsOf(main, trail)),
  ];
  const described = [...offers.map(({ resource }) => resource), ...trails.map(({ trail }) => trail)];
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
      schemas: {
        ...resourceSchemas(described, (resource) => options.adds?.(resource) ?? []),
        ...faultSchemas(),
      },
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

/** The audit trails that clients can read here, with what each is under. */
function trailsOf(offers: readonly Offer[], options: OpenApiOptions) {
  return offers.flatMap(({ resource: main }) => {
    const trail = trailUnder(main);
    return trail && options.supports(trail, 'list') ? [{ main, trail }] : [];
  });
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

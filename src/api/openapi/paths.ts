import { type Operation, operationId, type Resource } from '../../contract/resource.ts';
import type { JsonObject } from '../../json.ts';
import { hasBody, parametersOf, uuidParameter } from './parameters.ts';
import { responsesOf, trailResponsesOf } from './responses.ts';

const collectionMethods = { list: 'get', create: 'post' } as const;

const itemMethods = { read: 'get', update: 'put', partial_update: 'patch', delete: 'delete' } as const;

/** The name of the security scheme, whose scopes are those of the token's client. */
export const securityScheme = 'JWT-Claims';

/** The paths of a resource with the given operations; a path without any is absent. */
export function pathsOf(resource: Resource, offered: readonly Operation[]): JsonObject {
  const collection = operationsAt(resource, offered, collectionMethods);
  const item = operationsAt(resource, offered, itemMethods);
  return {
    ...(collection === undefined ? {} : { [`/${resource.plural}`]: collection }),
    ...(item === undefined
      ? {}
      : { [`/${resource.plural}/{uuid}`]: { ...item, parameters: [uuidParameter] } }),
  };
}

/** The paths of the audit trail of a main object, whose UUID has a name of its own in them. */
export function trailPathsOf(main: Resource, trail: Resource): JsonObject {
  const list = `/${main.plural}/{${main.name}_uuid}/${trail.plural}`;
  const uuidOfMain = { ...uuidParameter, name: `${main.name}_uuid` };
  return {
    [list]: { get: trailOperation(main, trail, 'list'), parameters: [uuidOfMain] },
    [`${list}/{uuid}`]: {
      get: trailOperation(main, trail, 'read'),
      parameters: [uuidOfMain, uuidParameter],
    },
  };
}

function trailOperation(main: Resource, trail: Resource, operation: 'list' | 'read'): JsonObject {
  return {
    operationId: operationId(trail, operation),
    summary:
      operation === 'list' ? 'De hele audit trail opvragen.' : 'Eén regel van de audit trail opvragen.',
    parameters: operation === 'list' ? [] : parametersOf(trail, operation),
    responses: trailResponsesOf(trail, operation),
    tags: [main.plural],
    security: [{ [securityScheme]: [trail.scopes[operation]] }],
  };
}

function operationsAt(
  resource: Resource,
  offered: readonly Operation[],
  methods: Partial<Record<Operation, string>>,
): JsonObject | undefined {
  const here = offered.flatMap((operation) => {
    const method = methods[operation];
    return method === undefined ? [] : [[method, describe(resource, operation)] as const];
  });
  return here.length === 0 ? undefined : Object.fromEntries(here);
}

function describe(resource: Resource, operation: Operation): JsonObject {
  return {
    operationId: operationId(resource, operation),
    summary: summaryOf(resource, operation),
    parameters: parametersOf(resource, operation),
    ...(hasBody(operation)
      ? { requestBody: { $ref: `#/components/requestBodies/${resource.schemaName}` } }
      : {}),
    responses: responsesOf(resource, operation),
    tags: [resource.plural],
    security: [{ [securityScheme]: [resource.scopes[operation]] }],
  };
}

/** Worded so that it is right for de-words and het-words alike. */
function summaryOf({ name, plural }: Resource, operation: Operation): string {
  switch (operation) {
    case 'list':
      return `Alle ${plural} opvragen.`;
    case 'create':
      return `Maak een ${name} aan.`;
    case 'read':
      return `Eén ${name} opvragen.`;
    case 'update':
      return `Werk een ${name} in zijn geheel bij.`;
    case 'partial_update':
      return `Werk een ${name} deels bij.`;
    case 'delete':
      return `Verwijder een ${name}.`;
  }
}

import { plainSchema } from './schemas.ts';
import { auditHeaders, type AuditHeaders, type Operation, type Resource } from '../../contract/resource.ts';
import type { JsonObject } from '../../json.ts';

/** The operations that carry a representation in their body. */
const withBody: ReadonlySet<Operation> = new Set(['create', 'update', 'partial_update']);

/** Whether an operation takes a body. */
export function hasBody(operation: Operation): boolean {
  return withBody.has(operation);
}

/** The path parameter of every address with an id in it. */
export const uuidParameter: JsonObject = {
  name: 'uuid',
  in: 'path',
  description: 'De unieke identificatie van de resource (UUID).',
  required: true,
  schema: { type: 'string', format: 'uuid' },
};

/** The parameters of one operation: a list's filters in declared order, and the headers that mean something to it. */
export function parametersOf(resource: Resource, operation: Operation): JsonObject[] {
  switch (operation) {
    case 'list':
      return [...filterParameters(resource), ...orderingParameters(resource), ...pageParameters(resource)];
    case 'read':
      return [ifNoneMatch];
    default:
      return [...(hasBody(operation) ? [contentType] : []), ...auditParameters(resource)];
  }
}

function filterParameters(resource: Resource): JsonObject[] {
  return Object.entries(resource.filters).map(([name, filter]) => {
    // A parameter has its description beside its schema, not in it.
    const { description = '', ...schema } = filter.schema;
    return { name, in: 'query', description, required: false, schema: plainSchema(schema) };
  });
}

/** The words are those of single fields; several may be given, with commas between them. */
function orderingParameters({ ordering }: Resource): JsonObject[] {
  if (ordering === undefined) return [];
  return [
    {
      name: 'ordering',
      in: 'query',
      description:
        'Waarop de lijst geordend is; met een min ervoor aflopend, en meer woorden met komma’s ertussen.',
      required: false,
      schema: { type: 'string', enum: Object.keys(ordering).flatMap((word) => [word, `-${word}`]) },
    },
  ];
}

function pageParameters({ envelope }: Resource): JsonObject[] {
  return envelope === 'none' ? [] : [page];
}

const page: JsonObject = {
  name: 'page',
  in: 'query',
  description: 'De pagina van de lijst, geteld vanaf 1.',
  required: false,
  schema: { type: 'integer' },
};

const ifNoneMatch: JsonObject = {
  name: 'If-None-Match',
  in: 'header',
  description:
    'De ETags die de client al heeft. Staat de huidige ETag erbij, dan is het antwoord een 304 zonder inhoud.',
  required: false,
  examples: {
    oneValue: { summary: 'Eén ETag', value: '"0cc175b9c0f1b6a831c399e269772661"' },
    multipleValues: {
      summary: 'Meerdere ETags',
      value: '"0cc175b9c0f1b6a831c399e269772661", "92eb5ffee6ae2fec3ad71c777531578f"',
    },
  },
  schema: { type: 'string' },
};

const contentType: JsonObject = {
  name: 'Content-Type',
  in: 'header',
  description: 'Het mediatype van de body.',
  required: true,
  schema: { type: 'string', enum: ['application/json'] },
};

const auditDescriptions: Readonly<Record<(typeof auditHeaders)[AuditHeaders][number], string>> = {
  'X-NLX-Logrecord-ID': 'De identificatie waarmee de aanvraag door het hele netwerk te volgen is.',
  'X-NLX-Request-Application-Id': 'De identificatie van de applicatie die de aanvraag doet.',
  'X-NLX-Request-User-Id': 'De identificatie van de gebruiker voor wie de aanvraag is.',
  'X-Audit-Toelichting': 'Waarom de handeling wordt gedaan.',
};

function auditParameters({ audit }: Resource): JsonObject[] {
  if (audit === undefined) return [];
  return auditHeaders[audit.headers].map((name) => ({
    name,
    in: 'header',
    description: auditDescriptions[name],
    required: false,
    schema: { type: 'string' },
  }));
}

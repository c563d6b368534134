import type { Operation, Resource } from '../../contract/resource.ts';
import type { JsonObject } from '../../json.ts';
import { hasBody } from './parameters.ts';
import { pageSchema, schemaRef } from './schemas.ts';

const apiVersion: JsonObject = {
  schema: { type: 'string' },
  description: 'De versie van de API die antwoordt.',
};

const location: JsonObject = {
  schema: { type: 'string', format: 'uri' },
  description: 'Het adres van de nieuwe resource.',
};

const etag: JsonObject = {
  schema: { type: 'string' },
  description: 'Een kenmerk van de inhoud: gelijke ETags betekenen gelijke inhoud.',
};

const retryAfter: JsonObject = {
  schema: { type: 'integer', minimum: 1 },
  description: 'Na hoeveel seconden het zin heeft om het opnieuw te proberen.',
};

/** What each fault status says; the ones beyond the standard's own are those of a gateway. */
const faults: Readonly<Record<string, string>> = {
  '400': 'De aanvraag is ongeldig. Is de body geen JSON, dan ontbreekt `invalidParams`.',
  '401': 'De aanvraag is niet geauthenticeerd.',
  '403': 'De client mag dit niet.',
  '404': 'De resource of pagina bestaat niet.',
  '406': 'De client accepteert geen JSON.',
  '409': 'De aanvraag botst met de huidige toestand.',
  '410': 'De resource bestaat niet meer.',
  '413': 'De body is te groot.',
  '415': 'De body is geen JSON.',
  '429': 'De client doet te veel aanvragen.',
  '500': 'Er is iets onverwachts misgegaan.',
  '501': 'Het achterliggende systeem kan dit niet.',
  '502': 'Het achterliggende systeem gaf geen bruikbaar antwoord.',
  '503': 'Het achterliggende systeem is tijdelijk niet beschikbaar.',
  '504': 'Het achterliggende systeem antwoordde niet op tijd.',
};

/** The fault responses that operations point at. */
export function faultResponses(): JsonObject {
  return Object.fromEntries(
    Object.entries(faults).map(([status, description]) => [status, faultResponse(status, description)]),
  );
}

function faultResponse(status: string, description: string): JsonObject {
  const schema = schemaRef(status === '400' ? 'ValidatieFout' : 'Fout');
  const headers = status === '503' ? { 'Retry-After': retryAfter } : {};
  return { ...response(description, headers), content: { 'application/problem+json': { schema } } };
}

/** Every answer that an operation can give, by status. */
export function responsesOf(resource: Resource, operation: Operation): JsonObject {
  const possible = Object.keys(faults).filter((status) => canFail(operation, status));
  return {
    ...success(resource, operation),
    ...Object.fromEntries(possible.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
  };
}

/** Every answer about an audit trail, by status: the list is bare, and one without entries does not exist. */
export function trailResponsesOf(trail: Resource, operation: 'list' | 'read'): JsonObject {
  const responses = responsesOf(trail, 'read');
  if (operation === 'read') return responses;
  const others = Object.entries(responses).filter(([status]) => status !== '304');
  const schema = { type: 'array', items: schemaRef(trail.schemaName) };
  return {
    ...Object.fromEntries(others),
    '200': { ...response('Alle regels.'), content: { 'application/json': { schema } } },
  };
}

function canFail(operation: Operation, status: string): boolean {
  switch (status) {
    case '400':
      return operation === 'list' || hasBody(operation);
    case '404':
      return operation !== 'list' && operation !== 'create';
    case '413':
      return hasBody(operation);
    default:
      return true;
  }
}

function success(resource: Resource, operation: Operation): JsonObject {
  const one = { 'application/json': { schema: schemaRef(resource.schemaName) } };
  switch (operation) {
    case 'list': {
      const isWhole = resource.envelope === 'none';
      const schema = isWhole
        ? { type: 'array', items: schemaRef(resource.schemaName) }
        : pageSchema(resource.schemaName);
      const description = isWhole ? 'De hele lijst.' : 'Een pagina van de lijst.';
      return { '200': { ...response(description), content: { 'application/json': { schema } } } };
    }
    case 'create':
      return { '201': { ...response('Aangemaakt.', { Location: location }), content: one } };
    case 'read':
      return {
        '200': { ...response('De resource.', { ETag: etag }), content: one },
        '304': response('De inhoud is niet veranderd.', { ETag: etag }),
      };
    case 'update':
    case 'partial_update':
      return { '200': { ...response('Bijgewerkt.'), content: one } };
    case 'delete':
      return { '204': response('Verwijderd.') };
  }
}

function response(description: string, headers: JsonObject = {}): JsonObject {
  return { description, headers: { 'API-version': apiVersion, ...headers } };
}

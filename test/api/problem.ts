import { expect } from 'chai';
import { type Answer, canonical } from '../kit/gateway.ts';

/** The table of contract section 4, and the gateway's own classes: status, code and title. */
const classes = {
  ValidationError: [400, 'invalid', 'Invalid input.'],
  ParseError: [400, 'parse_error', 'Ongeldig samengestelde request.'],
  PermissionDenied: [403, 'permission_denied', 'Je hebt geen toestemming om deze actie uit te voeren.'],
  NotFound: [404, 'not_found', 'Niet gevonden.'],
  MethodNotAllowed: [405, 'method_not_allowed', 'Methode "{method}" niet toegestaan.'],
  NotAcceptable: [406, 'not_acceptable', 'Kan niet voldoen aan de opgegeven Accept header.'],
  Conflict: [409, 'conflict', 'Er is een conflict'],
  PayloadTooLarge: [413, 'payload_too_large', 'De aanvraag is te groot.'],
  UnsupportedMediaType: [415, 'unsupported_media_type', 'Ongeldige media type "{media_type}" in aanvraag.'],
  APIException: [500, 'error', 'Er is een serverfout opgetreden.'],
  NotImplemented: [501, 'not_implemented', 'Deze voorziening ondersteunt de gevraagde bewerking niet.'],
  BadGateway: [502, 'bad_gateway', 'Het achterliggende systeem gaf geen bruikbaar antwoord.'],
  ServiceUnavailable: [
    503,
    'service_unavailable',
    'Het achterliggende systeem is tijdelijk niet beschikbaar.',
  ],
  GatewayTimeout: [504, 'gateway_timeout', 'Het achterliggende systeem antwoordde niet op tijd.'],
} as const;

/** A class of problem documents. */
export type ProblemClass = keyof typeof classes;

/** What one occurrence says that its class does not. */
export interface Occurrence {
  readonly code?: string;
  /** Default: the title, as frameworks do it. */
  readonly detail?: string;
  /** The base URL that the client used. */
  readonly base?: string;
}

/** Expects an answer to be exactly the problem document that contract section 4 describes. */
export function expectProblem(answer: Answer, problem: ProblemClass, occurrence: Occurrence = {}): void {
  const [status, code, title] = classes[problem];
  const { body, headers } = answer;
  const { instance, invalidParams, ...rest } = body;
  expect(answer.status, answer.text).to.equal(status);
  expect(headers.get('Content-Type')).to.equal('application/problem+json');
  const keys = ['type', 'code', 'title', 'status', 'detail', 'instance'];
  expect(Object.keys(body)).to.deep.equal(problem === 'ValidationError' ? [...keys, 'invalidParams'] : keys);
  expect(rest).to.deep.equal({
    type: `${occurrence.base ?? canonical}/ref/fouten/${problem}/`,
    code: occurrence.code ?? code,
    title,
    status,
    detail: occurrence.detail ?? (problem === 'ValidationError' ? '' : title),
  });
  expect(instance).to.match(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  if (problem === 'ValidationError') expect(invalidParams).to.be.an('array').that.is.not.empty;
}

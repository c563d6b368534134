/**
 * The error catalogue: everything that a client can be told, in one place.
 * Contract, section 4: `type` is made from the class, `title` belongs to the class, `detail` to the occurrence.
 */
interface ProblemClass {
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

/** Class names, codes and titles; those of the standard's family first, then those of a gateway. */
export const problemClasses = {
  ValidationError: { status: 400, code: 'invalid', title: 'Invalid input.' },
  ParseError: { status: 400, code: 'parse_error', title: 'Ongeldig samengestelde request.' },
  PermissionDenied: {
    status: 403,
    code: 'permission_denied',
    title: 'Je hebt geen toestemming om deze actie uit te voeren.',
  },
  NotFound: { status: 404, code: 'not_found', title: 'Niet gevonden.' },
  MethodNotAllowed: {
    status: 405,
    code: 'method_not_allowed',
    title: 'Methode "{method}" niet toegestaan.',
  },
  NotAcceptable: {
    status: 406,
    code: 'not_acceptable',
    title: 'Kan niet voldoen aan de opgegeven Accept header.',
  },
  Conflict: { status: 409, code: 'conflict', title: 'Er is een conflict' },
  PayloadTooLarge: { status: 413, code: 'payload_too_large', title: 'De aanvraag is te groot.' },
  UnsupportedMediaType: {
    status: 415,
    code: 'unsupported_media_type',
    title: 'Ongeldige media type "{media_type}" in aanvraag.',
  },
  APIException: { status: 500, code: 'error', title: 'Er is een serverfout opgetreden.' },
  NotImplemented: {
    status: 501,
    code: 'not_implemented',
    title: 'Deze voorziening ondersteunt de gevraagde bewerking niet.',
  },
  BadGateway: {
    status: 502,
    code: 'bad_gateway',
    title: 'Het achterliggende systeem gaf geen bruikbaar antwoord.',
  },
  ServiceUnavailable: {
    status: 503,
    code: 'service_unavailable',
    title: 'Het achterliggende systeem is tijdelijk niet beschikbaar.',
  },
  GatewayTimeout: {
    status: 504,
    code: 'gateway_timeout',
    title: 'Het achterliggende systeem antwoordde niet op tijd.',
  },
} as const satisfies Record<string, ProblemClass>;

export type ProblemName = keyof typeof problemClasses;

/** One entry of `invalidParams`: the field's JSON path, a stable code, and a reason for a person. */
export interface Complaint {
  readonly name: string;
  readonly code: string;
  readonly reason: string;
}

interface ProblemOptions {
  /** Overrides the class's code, as the token errors of contract section 5.2 do. */
  readonly code?: string;
  readonly detail?: string;
  readonly invalidParams?: readonly Complaint[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/**
 * What a request is refused with. Throw it anywhere; `api/problems.ts` is the only place that renders it.
 * `detail` defaults to the class's title. It never holds text of a CRM, nor a value from the request.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly class: ProblemName;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly invalidParams: readonly Complaint[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problemClass: ProblemName, options: ProblemOptions = {}) {
    const { status, code, title } = problemClasses[problemClass];
    super(`${problemClass}: ${options.code ?? code}`, { cause: options.cause });
    this.class = problemClass;
    this.status = status;
    this.code = options.code ?? code;
    this.detail = options.detail ?? title;
    this.invalidParams = options.invalidParams;
    this.headers = options.headers ?? {};
  }
}

/** 400 with `invalidParams`: the contract's ValidationError, whose detail is always empty. */
export function invalidInput(complaints: readonly Complaint[]): Problem {
  return new Problem('ValidationError', { detail: '', invalidParams: complaints });
}

/** 404 for a resource that is not there. */
export function notFound(): Problem {
  return new Problem('NotFound');
}

/** 404 for a page outside the list (contract section 1.4: not a 400). */
export function pageNotFound(): Problem {
  return new Problem('NotFound', { detail: 'Ongeldige pagina.' });
}

/** 503 with Retry-After: try again in so many seconds. */
export function unavailable(retryAfterSeconds: number, cause?: unknown): Problem {
  return new Problem('ServiceUnavailable', {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) },
    cause,
  });
}

/**
 * Whether a request that failed can have been carried out: `not-sent` it never reached the backend, `declined`
 * the backend said no, `unknown` only a read-back can tell.
 */
export type Outcome = 'not-sent' | 'declined' | 'unknown';

/** A problem that a backend caused: what the client is told, and what may have happened to a write. */
export class BackendProblem extends Problem {
  readonly outcome: Outcome;
  /** The status that the backend answered with, as far as it did. */
  readonly backendStatus: number | undefined;

  constructor(problem: Problem, outcome: Outcome, backendStatus?: number) {
    super(problem.class, {
      code: problem.code,
      detail: problem.detail,
      headers: problem.headers,
      cause: problem.cause,
    });
    this.outcome = outcome;
    this.backendStatus = backendStatus;
  }
}

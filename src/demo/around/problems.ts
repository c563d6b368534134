import { randomUUID } from 'node:crypto';
import type { Reply } from '../crm/reply.ts';

/** What is wrong with one field. */
export interface InvalidParam {
  readonly name: string;
  readonly code: string;
  readonly reason: string;
}

const classes: Readonly<Record<number, readonly [name: string, title: string]>> = {
  400: ['ParseError', 'Ongeldig samengestelde request.'],
  403: ['PermissionDenied', 'Je hebt geen toestemming om deze actie uit te voeren.'],
  404: ['NotFound', 'Niet gevonden.'],
  405: ['MethodNotAllowed', 'Methode "{method}" niet toegestaan.'],
  406: ['NotAcceptable', 'Kan niet voldoen aan de opgegeven Accept header.'],
  415: ['UnsupportedMediaType', 'Ongeldige media type "{media_type}" in aanvraag.'],
};

/** A refusal as the systems of the standard word it: application/problem+json. */
export function problem(status: number, code: string, detail?: string): Reply {
  const [name, title] = classes[status] ?? ['APIException', 'Er is een serverfout opgetreden.'];
  return problemOf(name, { code, title, status, detail: detail ?? title });
}

/** 404: there is nothing here. */
export function notFound(): Reply {
  return problem(404, 'not_found');
}

/** 400: these fields are wrong. */
export function invalid(invalidParams: readonly InvalidParam[]): Reply {
  const content = { code: 'invalid', title: 'Invalid input.', status: 400, detail: '', invalidParams };
  return problemOf('ValidationError', content);
}

/** 400: the whole does not fit. */
export function invalidWhole(code: string, reason: string): Reply {
  return invalid([{ name: 'nonFieldErrors', code, reason }]);
}

function problemOf(
  name: string,
  content: { readonly status: number; readonly [key: string]: unknown },
): Reply {
  return {
    status: content.status,
    headers: { 'Content-Type': 'application/problem+json' },
    body: {
      type: `https://registers.gemeente.example/ref/fouten/${name}/`,
      ...content,
      instance: `urn:uuid:${randomUUID()}`,
    },
  };
}

import { randomUUID } from 'node:crypto';
import type { Operation, Resource } from '../../../../contract/resource.ts';
import { scalarText } from '../../../../json.ts';
import { type Check, NotTried } from '../../check.ts';
import { objectIn } from '../../client.ts';
import type { Ask, Context } from '../../context.ts';
import { expectStatus } from '../../records.ts';
import type { Identity } from '../../identities.ts';
import { namesOf } from './names.ts';

/** Who may not do an operation, and the code of the refusal; undefined where the standard leaves it open. */
const refused: readonly (readonly [Identity, string | undefined])[] = [
  ['nobody', 'permission_denied'],
  ['garbage', 'jwt-decode-error'],
  ['forged', 'invalid-jwt-signature'],
  ['stranger', 'invalid-client-identifier'],
];

/** Tokens, media types and methods: what is decided before anybody looks at a record. */
export function accessChecks(resource: Resource): Check[] {
  return [
    ...resource.operations.flatMap((operation) => [
      tokenCheck(resource, operation),
      scopeCheck(resource, operation),
    ]),
    ...resource.operations.filter(hasBody).map((operation) => bodyCheck(resource, operation)),
    acceptCheck(resource),
    methodCheck(resource),
  ];
}

function tokenCheck(resource: Resource, operation: Operation): Check {
  return {
    ...namesOf(resource, operation, 'token'),
    title: '403 without a token, and with one that is not right',
    async run(context) {
      for (const [as, code] of refused) {
        const answer = await context.ask(resource, operation, { ...askOf(operation), as });
        expectStatus(context, answer, 403);
        const given = scalarText(objectIn(answer).code);
        context.expect(code === undefined || given === code, answer, `code ${code ?? ''} (token: ${as})`);
      }
    },
  };
}

function scopeCheck(resource: Resource, operation: Operation): Check {
  return {
    ...namesOf(resource, operation, 'scope'),
    title: `403 for a client without the scope ${resource.scopes[operation]}`,
    async run(context) {
      if (!context.run.identities.hasClientWithoutScopes)
        throw new NotTried('it takes --client-id-without-scopes');
      const answer = await context.ask(resource, operation, { ...askOf(operation), as: 'without-scopes' });
      expectStatus(context, answer, 403);
      context.expect(objectIn(answer).code === 'permission_denied', answer, 'code permission_denied');
    },
  };
}

function bodyCheck(resource: Resource, operation: Operation): Check {
  return {
    ...namesOf(resource, operation, 'media-type'),
    title: '415 for another media type, 400 parse_error for what is no JSON',
    async run(context) {
      const other = { ...askOf(operation), body: '<klant/>', headers: { 'Content-Type': 'text/xml' } };
      expectStatus(context, await context.ask(resource, operation, other), 415);
      const answer = await context.ask(resource, operation, {
        ...askOf(operation),
        body: '{"bronorganisatie": ',
      });
      expectStatus(context, answer, 400);
      const { code, invalidParams } = objectIn(answer);
      context.expect(
        code === 'parse_error' && invalidParams === undefined,
        answer,
        'parse_error without invalidParams',
      );
    },
  };
}

/** Tried with a record that there is not: a list of everything would take its time. */
function acceptCheck(resource: Resource): Check {
  return {
    ...namesOf(resource, 'read', 'accept'),
    title: '406 for who takes no JSON, and not for who takes anything',
    async run(context) {
      const ask = (Accept: string) =>
        context.ask(resource, 'read', { uuid: randomUUID(), headers: { Accept } });
      expectStatus(context, await ask('text/html'), 406);
      for (const accept of ['application/json', 'application/*', '*/*'])
        expectStatus(context, await ask(accept), 404);
    },
  };
}

/** A method that a path does not have is refused before anybody asks for a token. */
function methodCheck(resource: Resource): Check {
  const onRecord = (['PUT', 'PATCH'] as const).filter(
    (method) => !resource.operations.includes(method === 'PUT' ? 'update' : 'partial_update'),
  );
  return {
    ...namesOf(resource, 'list', 'methods'),
    title: '405 with Allow for a method that there is not, with a token or without',
    async run(context) {
      const places = [
        ...['PUT', 'PATCH', 'DELETE'].map((method) => [method, `/${resource.plural}`] as const),
        ...['POST', ...onRecord].map((method) => [method, `/${resource.plural}/${randomUUID()}`] as const),
      ];
      for (const [method, path] of places) await expectNoMethod(context, method, path);
    },
  };
}

async function expectNoMethod(context: Context, method: string, path: string): Promise<void> {
  for (const as of ['client', 'nobody'] as const) {
    const answer = await context.askAt(method, path, { body: {}, as });
    expectStatus(context, answer, 405);
    context.expect(objectIn(answer).code === 'method_not_allowed', answer, 'code method_not_allowed');
    context.expect(answer.headers.get('Allow')?.includes('GET') === true, answer, 'Allow with GET in it');
  }
}

function hasBody(operation: Operation): boolean {
  return operation === 'create' || operation === 'update' || operation === 'partial_update';
}

/** A request that is decided before the record is looked for, so that nobody's is needed. */
function askOf(operation: Operation): Ask {
  return {
    ...(operation === 'list' || operation === 'create' ? {} : { uuid: randomUUID() }),
    ...(hasBody(operation) ? { body: {} } : {}),
  };
}

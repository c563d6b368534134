import { randomUUID } from 'node:crypto';
import { type Client, tokenChecker } from '../../../src/demo/around/token.ts';
import type { Reply } from '../../../src/demo/crm/reply.ts';
import { formBody, type Handler, type StandInCall } from './call.ts';

/** Whether a request comes from somebody whom the system knows. */
export type Check = (call: StandInCall) => boolean | Promise<boolean>;

/** Lets only known callers through; anybody else gets `refusal`. */
export function guarded(check: Check, refusal: Reply, handler: Handler): Handler {
  return async (call) => ((await check(call)) ? handler(call) : refusal);
}

/** A header with exactly this value: an API key, `Authorization: Token …`, a bearer token that never changes. */
export function hasHeader(name: string, value: string): Check {
  return ({ headers }) => headers[name.toLowerCase()] === value;
}

/** HTTP Basic authentication. */
export function hasBasic(user: string, password: string): Check {
  return hasHeader('Authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
}

/** A JWT as in the standards of the Dutch municipalities, of one of these clients. */
export function hasZgwToken(clients: readonly Client[]): Check {
  const refusalOf = tokenChecker(clients);
  return async ({ headers }) => (await refusalOf(headers.authorization)) === undefined;
}

/** Tokens or sessions that were given out, until they end. */
export interface Given {
  /** Makes one. */
  give(): string;
  /** Whether one was given out here and has not ended. */
  knows(token: string): boolean;
  /** Ends all of them, as a system does that was restarted. */
  endAll(): void;
}

/**
 * Keeps what it gave out for so many seconds.
 *
 * @param now in milliseconds; a spec may have a clock of its own
 */
export function newGiven(seconds: number, now: () => number = Date.now): Given {
  const until = new Map<string, number>();
  return {
    give() {
      const token = randomUUID();
      until.set(token, now() + seconds * 1000);
      return token;
    },
    knows: (token) => (until.get(token) ?? 0) > now(),
    endAll: () => {
      until.clear();
    },
  };
}

/** A bearer token out of those that were given out. */
export function hasGiven(given: Given): Check {
  return ({ headers }) => given.knows(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
}

/** A session cookie out of those that were given out. */
export function hasCookie(name: string, given: Given): Check {
  return ({ headers }) =>
    (headers.cookie ?? '').split(/; */).some((cookie) => {
      const [key, value = ''] = cookie.split('=');
      return key === name && given.knows(value);
    });
}

/** The one client that a token endpoint knows. */
export interface TokenClient extends Client {
  /** The scope that it has to ask for; any when absent. */
  readonly scope?: string;
  /** What the answer has besides the token, such as `instance_url`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Answers as the token endpoint of an OAuth 2.0 server: client credentials, in the form or by HTTP Basic. */
export function tokenEndpoint(client: TokenClient, given: Given, seconds: number): Handler {
  const byHeader = ({ headers }: StandInCall): boolean => {
    const [id, secret] = formEncodedBasic(headers.authorization);
    return id === client.id && secret === client.secret;
  };
  return (call) => {
    const form = formBody(call);
    const byForm = form.get('client_id') === client.id && form.get('client_secret') === client.secret;
    if (form.get('grant_type') !== 'client_credentials') return refusedToken('unsupported_grant_type', 400);
    if (!byForm && !byHeader(call)) return refusedToken('invalid_client', 401);
    if (client.scope !== undefined && form.get('scope') !== client.scope)
      return refusedToken('invalid_scope', 400);
    const token = { access_token: given.give(), token_type: 'Bearer', expires_in: seconds };
    return { status: 200, headers: { 'Cache-Control': 'no-store' }, body: { ...token, ...client.extra } };
  };
}

/** A token endpoint at its place, and everything else behind it. */
export function withTokens(path: string, token: Handler, inside: Handler): Handler {
  return (call) => (call.path === path && call.method === 'POST' ? token(call) : inside(call));
}

/** Id and secret in a header, each encoded as in a form (RFC 6749, 2.3.1): a sign may be encoded that need not be. */
function formEncodedBasic(authorization = ''): readonly string[] {
  const [, encoded = ''] = /^Basic (.+)$/.exec(authorization) ?? [];
  return Buffer.from(encoded, 'base64')
    .toString()
    .split(':')
    .map((part) => new URLSearchParams(`v=${part}`).get('v') ?? '');
}

function refusedToken(error: string, status: number): Reply {
  return { status, body: { error } };
}

import { createSecretKey, type KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { SendContext } from '../backend/send.ts';
import { grantName } from '../contract/apis.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../register/work.ts';

/** A client as the configuration knows it. */
export interface KnownClient {
  readonly id: string;
  readonly secret: KeyObject;
  readonly scopes: 'all' | ReadonlySet<string>;
}

/** How strict we are about the times in a token. */
export interface TokenSettings {
  readonly clockSkewSeconds: number;
  /** Refuse tokens issued longer ago than this; undefined: their age does not matter (contract section 5.1). */
  readonly maxAgeSeconds: number | undefined;
}

/** What clients may do. A port: the configuration says it, or the Autorisaties API. */
export interface Grants {
  /**
   * Whether a client has a scope of an API.
   *
   * @throws Problem when that cannot be found out
   */
  allows(clientId: string, api: string, scope: string, work: SendContext): Promise<boolean>;
}

/** Who calls, and who knows what they may do. */
export interface Authenticated {
  readonly caller: Caller;
  readonly grants: Grants;
}

/** Finds out who sent a request. */
export type Authenticate = (authorization: string) => Promise<Authenticated>;

/** The key of a shared secret, made once at start. */
export function secretKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret, 'utf8'));
}

/**
 * Checks ZGW tokens: `Bearer` and a JWT signed with HS256 by a secret that the client shares with us.
 * Every refusal is a 403 with the code of contract section 5.2; nothing of the token is repeated.
 *
 * @param grants who says what they may do; the clients' own scopes when absent
 */
export function authenticator(
  clients: readonly KnownClient[],
  settings: TokenSettings,
  grants: Grants = grantsOfClients(clients),
): Authenticate {
  const byId = new Map(clients.map((client) => [client.id, client]));
  return async (authorization) => {
    const token = /^Bearer (.+)$/.exec(authorization)?.[1];
    if (token === undefined) throw new Problem('PermissionDenied');
    const clientId = clientIdIn(token);
    const client = byId.get(clientId);
    if (!client) throw denied('invalid-client-identifier', 'Client identifier bestaat niet');
    const claims = await verified(token, client.secret, settings);
    const caller = {
      clientId,
      userId: textClaim(claims, 'user_id'),
      userRepresentation: textClaim(claims, 'user_representation'),
    };
    return { caller, grants };
  };
}

/**
 * Refuses a caller who lacks a scope of an API (contract section 5.3).
 *
 * @throws Problem 403; another one when nobody can tell what the caller may do
 */
export async function authorize(
  { caller, grants }: Authenticated,
  scope: string,
  api: string,
  work: SendContext,
): Promise<void> {
  if (!(await grants.allows(caller.clientId, api, scope, work))) throw new Problem('PermissionDenied');
}

/** The scopes in the configuration. */
function grantsOfClients(clients: readonly KnownClient[]): Grants {
  const scopesOf = new Map(clients.map(({ id, scopes }) => [id, scopes]));
  return {
    allows(clientId, api, scope) {
      const scopes = scopesOf.get(clientId);
      return Promise.resolve(scopes === 'all' || scopes?.has(grantName(api, scope)) === true);
    },
  };
}

/** Read before the signature is checked, because it says which secret to check with. */
function clientIdIn(token: string): string {
  const claims = decoded(token);
  const clientId = textClaim(claims, 'client_id');
  if (clientId === undefined || clientId === '') {
    throw denied('missing-client-identifier', 'Client identifier is niet aanwezig in JWT');
  }
  return clientId;
}

function decoded(token: string): JWTPayload {
  try {
    decodeProtectedHeader(token);
    return decodeJwt(token);
  } catch {
    throw denied('jwt-decode-error', 'De JWT kon niet gelezen worden.');
  }
}

async function verified(token: string, secret: KeyObject, settings: TokenSettings): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      clockTolerance: settings.clockSkewSeconds,
      ...(settings.maxAgeSeconds === undefined ? {} : { maxTokenAge: settings.maxAgeSeconds }),
    });
    if (payload.iat !== undefined && !Number.isInteger(payload.iat)) throw new errors.JWTInvalid();
    return payload;
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): Problem {
  if (error instanceof errors.JWTExpired) return denied('jwt-expired', 'De JWT is verlopen.');
  if (
    error instanceof errors.JWTClaimValidationFailed &&
    error.claim === 'nbf' &&
    error.reason === 'check_failed'
  ) {
    return denied('jwt-not-yet-valid', 'De JWT is nog niet geldig.');
  }
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTInvalid) {
    return denied('jwt-decode-error', 'De JWT bevat ongeldige gegevens.');
  }
  // A bad signature, and every algorithm that is not HS256, `none` included.
  return denied('invalid-jwt-signature', 'Client credentials zijn niet geldig');
}

function textClaim(claims: JWTPayload, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' ? value : undefined;
}

function denied(code: string, detail: string): Problem {
  return new Problem('PermissionDenied', { code, detail });
}

import { createSecretKey, type KeyObject, webcrypto } from 'node:crypto';
import { type CryptoKey, decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { SendContext } from '../backend/send.ts';
import { grantName } from '../contract/apis.ts';
import { once } from '../once.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../register/work.ts';
import { type TokenSettings, verifiedTokens } from './verified-tokens.ts';

/** A client as the configuration knows it. */
export interface KnownClient {
  readonly id: string;
  readonly secret: KeyObject;
  readonly scopes: 'all' | ReadonlySet<string>;
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

/** Finds out who sent a request; at once, when their token was seen before. */
export type Authenticate = (authorization: string) => Authenticated | Promise<Authenticated>;

/** The key of a shared secret, made once at start. */
export function secretKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret, 'utf8'));
}

/** The key as it is used: of a KeyObject, one would be made for every token, which takes longer than the verification. */
function hmacKey(secret: KeyObject): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return webcrypto.subtle.importKey('raw', secret.export(), algorithm, false, ['verify']);
}

/**
 * Checks ZGW tokens: `Bearer` and a JWT signed with HS256 by a secret that the client shares with us.
 * Every refusal is a 403 with the code of contract section 5.2; nothing of the token is repeated.
 *
 * @param grants who says what they may do; the clients' own scopes when absent
 * @param now the clock, in milliseconds since 1970
 */
export function authenticator(
  clients: readonly KnownClient[],
  settings: TokenSettings,
  grants: Grants = grantsOfClients(clients),
  now: () => number = Date.now,
): Authenticate {
  const keys = new Map(clients.map(({ id, secret }) => [id, once(() => hmacKey(secret))]));
  const remembered = verifiedTokens<Authenticated>(settings, now);

  async function verify(token: string): Promise<Authenticated> {
    const clientId = clientIdIn(token);
    const key = keys.get(clientId);
    if (!key) throw denied('invalid-client-identifier', 'Client identifier bestaat niet');
    const claims = await verified(token, key, settings, now());
    const caller = {
      clientId,
      userId: textClaim(claims, 'user_id'),
      userRepresentation: textClaim(claims, 'user_representation'),
    };
    const authenticated = { caller, grants };
    remembered.remember(token, claims, authenticated);
    return authenticated;
  }

  return (authorization) => {
    const token = /^Bearer (.+)$/.exec(authorization)?.[1];
    if (token === undefined) throw new Problem('PermissionDenied');
    return remembered.ownerOf(token) ?? verify(token);
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

async function verified(
  token: string,
  key: () => Promise<CryptoKey>,
  settings: TokenSettings,
  now: number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, await key(), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
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

import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import type { Reply } from '../crm/reply.ts';
import { problem } from './problems.ts';

/** Somebody with whom a secret is shared. */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Looks at a header Authorization: why it is refused, or undefined when it is accepted. */
export type CheckToken = (authorization: string | undefined) => Promise<Reply | undefined>;

// What most systems of this family accept, so that a caller who never renews its token is found out.
const oldestToken = '1h';

/** Accepts the ZGW tokens of these clients: `Bearer`, and a JWT signed with HS256 that is an hour old at most. */
export function tokenChecker(clients: readonly Client[]): CheckToken {
  return async (authorization) => {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return problem(403, 'permission_denied');
    const clientId = clientIdIn(token);
    if (clientId === undefined) return problem(403, 'jwt-decode-error', 'De JWT kon niet gelezen worden.');
    const client = clients.find(({ id, secret }) => id === clientId && secret !== '');
    if (client === undefined)
      return problem(403, 'invalid-client-identifier', 'Client identifier bestaat niet');
    return refusalOf(token, client);
  };
}

/** Read before the signature is checked, because it says which secret to check with. */
function clientIdIn(token: string): unknown {
  try {
    return decodeJwt(token).client_id ?? '';
  } catch {
    return undefined;
  }
}

async function refusalOf(token: string, { secret }: Client): Promise<Reply | undefined> {
  try {
    await jwtVerify(token, keyOf(secret), { algorithms: ['HS256'], maxTokenAge: oldestToken });
    return undefined;
  } catch (error) {
    return error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed
      ? problem(403, 'jwt-expired', 'De JWT is verlopen of heeft geen bruikbare tijden.')
      : problem(403, 'invalid-jwt-signature', 'Client credentials zijn niet geldig');
  }
}

/** Signs a ZGW token that is good for one call now. */
export async function signedToken({ id, secret }: Client): Promise<string> {
  return new SignJWT({ client_id: id, user_id: id, user_representation: id })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(id)
    .setIssuedAt()
    .sign(keyOf(secret));
}

function keyOf(secret: string): Uint8Array {
  return Buffer.from(secret, 'utf8');
}

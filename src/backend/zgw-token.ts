import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';

/** Who we are to another system of the standard, and the secret that we share with it. */
export interface ZgwIdentity {
  readonly clientId: string;
  readonly secret: string;
  /** For its audit trail; blank where it is not told. */
  readonly userId?: string;
  readonly userRepresentation?: string;
}

const lifetimeSeconds = 3600;
/** Renewed a little earlier, so that no token expires on its way. */
const keptSeconds = 55 * 60;

/**
 * Makes ZGW tokens (contract section 5.1): signed when they are first needed, and used until shortly before they
 * expire.
 *
 * @param now the clock, in milliseconds since 1970
 */
export function zgwTokens(identity: ZgwIdentity, now: () => number = Date.now): () => Promise<string> {
  const key = createSecretKey(Buffer.from(identity.secret, 'utf8'));
  let kept: Promise<string> | undefined;
  let madeAt = 0;
  return () => {
    const age = (now() - madeAt) / 1000;
    // A clock that was set back must not keep a token alive either.
    if (kept && age >= 0 && age < keptSeconds) return kept;
    madeAt = now();
    const issuedAt = Math.floor(madeAt / 1000);
    kept = new SignJWT({
      client_id: identity.clientId,
      user_id: identity.userId ?? '',
      user_representation: identity.userRepresentation ?? '',
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(identity.clientId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(key);
    return kept;
  };
}

import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { forgottenAfter } from '../forgotten.ts';

/** How strict we are about the times in a token. */
export interface TokenSettings {
  readonly clockSkewSeconds: number;
  /** Refuse tokens issued longer ago than this; undefined: their age does not matter (contract section 5.1). */
  readonly maxAgeSeconds: number | undefined;
}

/** Tokens whose signature was found good, and who they are of. */
export interface VerifiedTokens<Owner> {
  /** Whose a token is, when it was verified before and its times are good at this moment. */
  ownerOf(token: string): Owner | undefined;
  remember(token: string, claims: JWTPayload, owner: Owner): void;
}

interface Verified<Owner> {
  readonly owner: Owner;
  /** Seconds since 1970: the first at which the token is good, and the first at which it no longer is. */
  readonly from: number;
  readonly until: number;
}

const mostTokens = 1000;

/** Characters; those of a ZGW client have some 300. */
const longestToken = 2000;

/** Nobody's name stays in memory because they once sent a token. */
const keptMs = 5 * 60_000;

/**
 * Remembers signatures, which cost far more to verify than everything else that is done for a read. They are kept by the
 * token itself: whoever can read our memory has the secrets that all tokens are signed with. The times of a token are judged
 * whenever it is asked for; one that is not good now is not known, and whoever verifies it in full finds out why.
 *
 * @param now the clock, in milliseconds since 1970
 */
export function verifiedTokens<Owner extends object>(
  settings: TokenSettings,
  now: () => number,
): VerifiedTokens<Owner> {
  const verified = new LRUCache<string, Verified<Owner>>({ max: mostTokens, ...forgottenAfter(keptMs) });
  return {
    ownerOf(token) {
      const known = verified.get(token);
      if (!known) return undefined;
      const second = Math.floor(now() / 1000);
      return second >= known.from && second < known.until ? known.owner : undefined;
    },
    remember(token, claims, owner) {
      if (token.length <= longestToken) verified.set(token, { owner, ...timesOf(claims, settings) });
    },
  };
}

/** When a token is good, by the rules of whoever verified it: it had no claims that make no sense. */
function timesOf(
  { nbf = -Infinity, exp = Infinity, iat = -Infinity }: JWTPayload,
  { clockSkewSeconds: skew, maxAgeSeconds }: TokenSettings,
): Pick<Verified<object>, 'from' | 'until'> {
  if (maxAgeSeconds === undefined) return { from: nbf - skew, until: exp + skew };
  return {
    from: Math.max(nbf, iat) - skew,
    // In the last second of its age a token is still good; in that of `exp` no longer.
    until: Math.min(exp + skew, Math.floor(iat + maxAgeSeconds + skew) + 1),
  };
}

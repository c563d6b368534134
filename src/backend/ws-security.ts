import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../json.ts';

/** A user name token of WS-Security: who we are, in the header of a SOAP envelope. */
export interface WsSecuritySettings {
  readonly user: string;
  readonly password: string;
  /** Whether a digest of the password is sent, which is good for one request, or the password itself. */
  readonly digest: boolean;
}

const profile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const nonceBytes = 16;

/**
 * The header of an envelope, with the prefixes that our envelopes have. A digest is made anew for each request (OASIS
 * UsernameToken Profile 1.0): the other side may refuse one that it has seen before.
 *
 * @param now the clock, in milliseconds since 1970
 */
export function userNameToken(
  { user, password, digest }: WsSecuritySettings,
  now: () => number = Date.now,
): JsonObject {
  const token = digest
    ? digestOf(password, now())
    : { 'wsse:Password': passwordOf('PasswordText', password) };
  return {
    'wsse:Security': {
      '@soap:mustUnderstand': '1',
      'wsse:UsernameToken': { 'wsse:Username': user, ...token },
    },
  };
}

function digestOf(password: string, at: number): JsonObject {
  const nonce = randomBytes(nonceBytes);
  const created = new Date(at).toISOString();
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  return {
    'wsse:Password': passwordOf('PasswordDigest', digest),
    'wsse:Nonce': {
      '@EncodingType': `${profile}-soap-message-security-1.0#Base64Binary`,
      '#text': nonce.toString('base64'),
    },
    'wsu:Created': created,
  };
}

function passwordOf(type: 'PasswordText' | 'PasswordDigest', text: string): JsonObject {
  return { '@Type': `${profile}-username-token-profile-1.0#${type}`, '#text': text };
}

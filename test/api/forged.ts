import { createHmac } from 'node:crypto';
import { type ClientId, secrets } from '../kit/gateway.ts';

/** What a proper token has otherwise. */
export interface Forgery {
  readonly header?: object;
  readonly secret?: string;
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
}

/** Makes a token by hand: JWT libraries refuse to sign most of what should be refused. */
export function forged(
  payload: object,
  { header = { alg: 'HS256', typ: 'JWT' }, secret = secretOf('all'), hash = 'sha256' }: Forgery = {},
): string {
  const signed = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const text = signed.join('.');
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}

/** What a client signs with. */
export function secretOf(client: ClientId): string {
  return secrets[client];
}

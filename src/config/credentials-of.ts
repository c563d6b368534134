import type { Path } from '../files/mistakes.ts';
import { isObject, type Json } from '../json.ts';
import type { Credentials } from './config.ts';
import type { Declared } from './declaration.ts';
import { type Secret, secret } from './secret.ts';
import { isReference } from './secrets.ts';

/** Gives the secret that was read for a place under the credentials of one system. */
export type SecretAt = (...place: Path) => Secret;

type DeclaredCredentials = Declared['backends'][string]['credentials'];
type DeclaredLogin = NonNullable<NonNullable<DeclaredCredentials>['login']>;
type DeclaredToken = NonNullable<DeclaredLogin['session']['token']>;

/**
 * The credentials of one system with secrets instead of references.
 *
 * @param baseUrl of the system, without a slash at its end: paths come after it
 */
export function credentialsOf(
  declared: DeclaredCredentials,
  baseUrl: string,
  secretAt: SecretAt,
): Credentials {
  if (!declared) return { kind: 'none' };
  const { header, query, basic, bearer, zgw, oauth2, login, wsSecurity } = declared;
  if (header) return { kind: 'header', name: header.name, value: secretAt('header', 'value') };
  if (query) return { kind: 'query', name: query.name, value: secretAt('query', 'value') };
  if (basic) return { kind: 'basic', user: basic.user, password: secretAt('basic', 'password') };
  if (bearer) return { kind: 'bearer', token: secretAt('bearer', 'token') };
  if (zgw) return { ...zgw, kind: 'zgw', secret: secretAt('zgw', 'secret') };
  if (oauth2) return { ...oauth2, kind: 'oauth2', clientSecret: secretAt('oauth2', 'clientSecret') };
  if (wsSecurity) return { ...wsSecurity, kind: 'wsSecurity', password: secretAt('wsSecurity', 'password') };
  return login ? loginOf(login, baseUrl, secretAt) : { kind: 'none' };
}

function loginOf({ url, body, session }: DeclaredLogin, baseUrl: string, secretAt: SecretAt): Credentials {
  const { token, cookie } = session;
  const whole = filledIn(body as Json, ['login', 'body'], secretAt);
  return {
    kind: 'login',
    url: url.startsWith('/') ? `${baseUrl}${url}` : url,
    // What it is made of says where the secrets in it are, so that all of it is one.
    body: secret(JSON.stringify(whole)),
    session: token ? tokenOf(token) : { cookie: cookie?.name ?? '' },
  };
}

function tokenOf({ path, text, encoding, header, prefix }: DeclaredToken) {
  return { text: text ?? `{${path ?? ''}}`, encoding, header, prefix: prefix ?? usualPrefix(header) };
}

function usualPrefix(header: string): string {
  return header.toLowerCase() === 'authorization' ? 'Bearer ' : '';
}

function filledIn(value: Json, place: Path, secretAt: SecretAt): Json {
  if (isReference(value)) return secretAt(...place).reveal();
  if (Array.isArray(value)) return value.map((item, index) => filledIn(item, [...place, index], secretAt));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, filledIn(inner, [...place, key], secretAt)]),
  );
}

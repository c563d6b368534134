import type { Transport } from './transport.ts';
import { type ZgwIdentity, zgwTokens } from './zgw-token.ts';

/** How we make ourselves known to a backend. */
export type Credentials =
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | ({ readonly kind: 'zgw' } & ZgwIdentity);

/** The headers that make us known to one backend; none where it does not ask. */
export type CredentialHeaders = () => Promise<Readonly<Record<string, string>>>;

/** Adds the backend's credentials to every call. They belong to its base URL, and no call goes anywhere else. */
export function withCredentials(own: CredentialHeaders, next: Transport): Transport {
  return async (request, context) =>
    next({ ...request, headers: { ...request.headers, ...(await own()) } }, context);
}

/** Makes the headers of one backend's credentials. */
export function credentialHeaders(credentials: Credentials | undefined): CredentialHeaders {
  if (credentials?.kind === 'zgw') {
    const token = zgwTokens(credentials);
    return async () => ({ Authorization: `Bearer ${await token()}` });
  }
  const fixed = Promise.resolve(credentials ? headersOf(credentials) : {});
  return () => fixed;
}

function headersOf(credentials: Exclude<Credentials, { kind: 'zgw' }>): Record<string, string> {
  switch (credentials.kind) {
    case 'header':
      return { [credentials.name]: credentials.value };
    case 'basic':
      return {
        Authorization: `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`,
      };
    case 'bearer':
      return { Authorization: `Bearer ${credentials.token}` };
  }
}

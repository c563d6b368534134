import type { Transport } from './transport.ts';

/** How we make ourselves known to a backend. */
export type Credentials =
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** Adds the backend's credentials to every call. They belong to its base URL, and no call goes anywhere else. */
export function withCredentials(credentials: Credentials | undefined, next: Transport): Transport {
  if (!credentials) return next;
  const own = headersOf(credentials);
  return (request, context) => next({ ...request, headers: { ...request.headers, ...own } }, context);
}

function headersOf(credentials: Credentials): Record<string, string> {
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

import { randomUUID } from 'node:crypto';
import { type Credentials, signedToken } from './token.ts';

/** Whose token a request has. `nobody` sends none, `forged` has a signature of somebody else. */
export type Identity = 'client' | 'nobody' | 'garbage' | 'forged' | 'stranger' | 'without-scopes';

/** Makes the header `Authorization` of an identity; undefined where there is none to send. */
export interface Identities {
  authorization(identity: Identity): Promise<string | undefined>;
  /** Whether there is a second client, that may do nothing. */
  readonly hasClientWithoutScopes: boolean;
}

/** @param withoutScopes a second client of the implementation, with none of the scopes of these APIs */
export function identitiesOf(client: Credentials, withoutScopes: Credentials | undefined): Identities {
  const bearers: Readonly<Record<Identity, () => Promise<string> | undefined>> = {
    client: () => signedToken(client),
    nobody: () => undefined,
    garbage: () => Promise.resolve('not.a.token'),
    forged: () => signedToken({ ...client, secret: `not the secret, ${randomUUID()}` }),
    stranger: () => signedToken({ clientId: `nobody-${randomUUID()}`, secret: randomUUID() }),
    'without-scopes': () => withoutScopes && signedToken(withoutScopes),
  };
  return {
    hasClientWithoutScopes: withoutScopes !== undefined,
    async authorization(identity) {
      const token = await bearers[identity]();
      return token === undefined ? undefined : `Bearer ${token}`;
    },
  };
}

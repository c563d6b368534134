import type { Credentials, ForwardUser } from '../backend/credentials.ts';
import type { TlsSettings } from '../backend/wire.ts';
import type { Json } from '../json.ts';
import type { Backend, Credentials as Wrapped, Tls } from './config.ts';

/** What one system gets to see of us. */
export interface Revealed {
  readonly credentials: Credentials | undefined;
  readonly tls: TlsSettings | undefined;
  readonly forwardUser: ForwardUser | undefined;
}

/** Secrets leave their wrapping here, on their way to the one place that sends them. */
export function revealed({ credentials, tls, forwardUser }: Pick<Backend, keyof Revealed>): Revealed {
  return { credentials: credentialsIn(credentials), tls: tls && tlsIn(tls), forwardUser };
}

function credentialsIn(credentials: Wrapped): Credentials | undefined {
  switch (credentials.kind) {
    case 'none':
      return undefined;
    case 'header':
    case 'query':
      return { ...credentials, value: credentials.value.reveal() };
    case 'basic':
    case 'wsSecurity':
      return { ...credentials, password: credentials.password.reveal() };
    case 'bearer':
      return { kind: 'bearer', token: credentials.token.reveal() };
    case 'zgw':
      return { ...credentials, secret: credentials.secret.reveal() };
    case 'oauth2':
      return { ...credentials, clientSecret: credentials.clientSecret.reveal() };
    case 'login':
      return { ...credentials, body: JSON.parse(credentials.body.reveal()) as Json };
  }
}

function tlsIn({ cert, key, passphrase, ca }: Tls): TlsSettings {
  return { cert, key: key?.reveal(), passphrase: passphrase?.reveal(), ca };
}

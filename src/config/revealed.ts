import type { Credentials } from '../backend/with-credentials.ts';
import type { Config } from './config.ts';

/** The secret leaves its wrapping here, on its way to the one place that sends it. */
export function revealed(credentials: Config['backends'][string]['credentials']): Credentials | undefined {
  switch (credentials.kind) {
    case 'none':
      return undefined;
    case 'header':
      return { ...credentials, value: credentials.value.reveal() };
    case 'basic':
      return { ...credentials, password: credentials.password.reveal() };
    case 'bearer':
      return { kind: 'bearer', token: credentials.token.reveal() };
    case 'zgw':
      return { ...credentials, secret: credentials.secret.reveal() };
  }
}

import type { LoginSettings } from './login.ts';
import type { OAuth2Settings } from './oauth2.ts';
import type { WsSecuritySettings } from './ws-security.ts';
import type { ZgwIdentity } from './zgw-token.ts';

/** How we make ourselves known to a backend: what the configuration says, with its secrets. */
export type Credentials =
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'query'; readonly name: string; readonly value: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | ({ readonly kind: 'zgw' } & ZgwIdentity)
  | ({ readonly kind: 'oauth2' } & OAuth2Settings)
  | ({ readonly kind: 'login' } & LoginSettings)
  | ({ readonly kind: 'wsSecurity' } & WsSecuritySettings);

/** Says to a backend which user of a client asks for something, in a header of that name. */
export interface ForwardUser {
  readonly header: string;
}

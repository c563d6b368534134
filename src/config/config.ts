import type { LoginSettings } from '../backend/login.ts';
import type { OAuth2Settings } from '../backend/oauth2.ts';
import type { Declared as Written } from './declaration.ts';
import type { Secret } from './secret.ts';

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

type Declared = DeepReadonly<Written>;
type DeclaredBackend = Declared['backends'][string];
type DeclaredRegister = Declared['registers'][string];

/**
 * The configuration, complete and frozen: defaults are filled in, secrets are read, the mapping folder is absolute.
 * Sizes and times are in the unit that the name ends with. Base URLs have no trailing slash.
 */
export interface Config extends Omit<
  Declared,
  'apis' | 'clients' | 'backends' | 'registers' | 'authorisations'
> {
  /** The APIs that are served, by name. */
  readonly apis: Readonly<Record<string, Api | undefined>> & { readonly kic?: KicApi };
  readonly clients: readonly Client[];
  /** By the name that the mapping set uses. */
  readonly backends: Readonly<Record<string, Backend>>;
  /** By names that only mean something to the operator. */
  readonly registers: Readonly<Record<string, Register>>;
  readonly authorisations: Authorisations;
}

/** Where an API is, and the version that clients see. */
export interface Api {
  readonly path: string;
  readonly version: string;
}

/** How the Klantinteracties API is served. */
export type KicApi = NonNullable<Declared['apis']['kic']>;

/** Where it is looked up what clients may do. */
export interface Authorisations extends Omit<Declared['authorisations'], 'callback'> {
  readonly callback: { readonly secret: Secret | undefined };
}

/** An application that may call. */
export interface Client {
  readonly id: string;
  readonly secret: Secret;
  readonly scopes: 'all' | readonly string[];
}

/** A system that the mapping set calls. */
export interface Backend extends Omit<DeclaredBackend, 'credentials' | 'tls'> {
  readonly credentials: Credentials;
  readonly tls?: Tls;
}

/** Another system of the standard. Its root has no trailing slash. */
export interface Register extends Omit<DeclaredRegister, 'credentials' | 'tls'> {
  readonly credentials: Credentials;
  readonly tls?: Tls;
}

/** What was in the files of a `tls` section, in PEM. */
export interface Tls {
  readonly cert: string | undefined;
  readonly key: Secret | undefined;
  readonly passphrase: Secret | undefined;
  readonly ca: string | undefined;
}

/** How the gateway makes itself known to a system. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'header'; readonly name: string; readonly value: Secret }
  | { readonly kind: 'query'; readonly name: string; readonly value: Secret }
  | { readonly kind: 'basic'; readonly user: string; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret }
  | {
      readonly kind: 'zgw';
      readonly clientId: string;
      readonly secret: Secret;
      readonly userId?: string;
      readonly userRepresentation?: string;
    }
  | ({ readonly kind: 'oauth2'; readonly clientSecret: Secret } & Omit<OAuth2Settings, 'clientSecret'>)
  | {
      readonly kind: 'wsSecurity';
      readonly user: string;
      readonly password: Secret;
      readonly digest: boolean;
    }
  // The body as JSON text: where the secrets in it are is its own business.
  | ({ readonly kind: 'login'; readonly body: Secret } & Omit<LoginSettings, 'body'>);

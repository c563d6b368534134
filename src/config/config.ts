import type { Static } from 'typebox';
import type { declaration } from './declaration.ts';
import type { Secret } from './secret.ts';

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

type Declared = DeepReadonly<Static<typeof declaration>>;
type DeclaredBackend = Declared['backends'][string];

/**
 * The configuration, complete and frozen: defaults are filled in, secrets are read, the mapping folder is absolute.
 * Sizes and times are in the unit that the name ends with. Base URLs have no trailing slash.
 */
export interface Config extends Omit<Declared, 'clients' | 'backends'> {
  readonly clients: readonly Client[];
  /** By the name that the mapping set uses. */
  readonly backends: Readonly<Record<string, Backend>>;
}

/** An application that may call. */
export interface Client {
  readonly id: string;
  readonly secret: Secret;
  readonly scopes: 'all' | readonly string[];
}

/** A system that the mapping set calls. */
export interface Backend extends Omit<DeclaredBackend, 'credentials'> {
  readonly credentials: Credentials;
}

/** How the gateway makes itself known to a backend. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'header'; readonly name: string; readonly value: Secret }
  | { readonly kind: 'basic'; readonly user: string; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret };

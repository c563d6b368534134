import {
  type TArray,
  type TBoolean,
  type TInteger,
  type TObject,
  type TObjectOptions,
  type TProperties,
  type TSchema,
  type TSchemaOptions,
  type TString,
  type TUnion,
  Type,
} from 'typebox';
import type { SecretContents } from '../files/schema-node.ts';
import { isAddressRange } from '../addresses.ts';
import type { JsonObject } from '../json.ts';
import { parseUrl } from '../url.ts';

/** What a key says of itself: its meaning, an example, and the default that makes it optional. */
interface About<Value> {
  readonly example: Value | string;
  readonly default?: Value;
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** Longer makes no sense for any of our timers, and beyond 24 days Node's fire at once. */
const aDay = 24 * 3600;

/** A section with these keys and no others. `default: {}` lets it be left out when all its keys can be. */
export function section<Keys extends TProperties>(
  description: string,
  keys: Keys,
  options: Omit<TObjectOptions, 'description'> = {},
): TObject<Keys> {
  return Type.Object(keys, { additionalProperties: false, description, ...options });
}

/** A section whose keys are names that the operator gives. */
export function named<Item extends TSchema>(description: string, item: Item, options: TObjectOptions = {}) {
  const name = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]*$' });
  const names = 'a name of letters, digits, - and _, that begins with a letter';
  return Type.Record(name, item, { additionalProperties: false, description, names, ...options });
}

/** A list in which each item has the same shape. */
export function list<Item extends TSchema>(
  description: string,
  item: Item,
  options: TSchemaOptions = {},
): TArray<Item> {
  return Type.Array(item, { description, ...options });
}

/** Text that is not empty, and that matches the pattern if there is one; `title` says it in words. */
export function text(
  description: string,
  about: About<string> & { readonly pattern?: string; readonly title?: string },
): TString {
  return Type.String({ minLength: 1, ...words(description, about) });
}

/** One word out of a few. */
export function choice<const Word extends string>(
  description: string,
  choices: readonly Word[],
  about: About<Word>,
) {
  return Type.Enum([...choices], words(description, about));
}

/** A whole number. */
export function integer(description: string, about: About<number> & Range): TInteger {
  return Type.Integer(words(description, about));
}

/** A size; `10 MB` is understood. */
export function bytes(description: string, about: About<number>): TInteger {
  return Type.Integer({ spelling: 'bytes', minimum: 1, maximum: 2 ** 40, ...words(description, about) });
}

/** A time in milliseconds; `10 s` is understood. */
export function milliseconds(description: string, about: About<number>): TInteger {
  const spelling = { spelling: 'milliseconds', minimum: 1, maximum: aDay * 1000 };
  return Type.Integer({ ...spelling, ...words(description, about) });
}

/** A time in seconds; `5 min` is understood. */
export function seconds(description: string, about: About<number> & Partial<Range>): TInteger {
  return Type.Integer({ spelling: 'seconds', minimum: 0, maximum: aDay, ...words(description, about) });
}

/** On or off. */
export function onOff(description: string, initially: 'on' | 'off'): TBoolean {
  const other = initially === 'on' ? 'off' : 'on';
  return Type.Boolean({
    spelling: 'switch',
    ...words(description, { example: other, default: initially === 'on' }),
  });
}

/** Where a server or one of its folders is: `https://klanten.example.nl/a`. */
export function baseUrl(description: string, about: About<string>): TString {
  const title = 'absolute http or https URL without trailing slash, query or user';
  return Type.Refine(Type.String({ title, ...words(description, about) }), isBaseUrl);
}

/** A URL at which secrets are handed over: https, but for one on this machine. It may have a query. */
export function endpoint(description: string, about: About<string>): TString {
  const title = 'absolute https URL without user, or http on this machine';
  return Type.Refine(Type.String({ title, ...words(description, about) }), isEndpoint);
}

/** A scheme, a host and perhaps a port: `https://zaken.example.nl`. */
export function origin(description: string, about: About<string>): TString {
  const title = 'origin: scheme, host and perhaps a port, without a path';
  const isOrigin = (url: string): boolean => isBaseUrl(url) && new URL(url).pathname === '/';
  return Type.Refine(Type.String({ title, ...words(description, about) }), isOrigin);
}

/** IP addresses, each alone or as a CIDR range. */
export function addresses(description: string, about: About<string[]>): TArray<TString> {
  const range = Type.String({ title: 'IP address or CIDR range', examples: ['10.0.0.0/8'] });
  return Type.Array(Type.Refine(range, isAddressRange), words(description, about));
}

/** Says where a secret is: in an environment variable or a file. The secret itself is never in the configuration. */
export function secretReference(
  description: string,
  secret: SecretContents,
): TUnion<[TString, TObject<{ file: TString }>]> {
  return Type.Union(
    [
      Type.String({ pattern: variablePattern.source }),
      Type.Object(
        { file: text('Path of the file.', { example: './crm.key' }) },
        { additionalProperties: false },
      ),
    ],
    {
      title: '"${NAME}" or { file: path }, never the secret itself',
      description,
      examples: ['${CRM_KEY}'],
      secret,
    },
  );
}

/** A JSON object in which texts may be secrets: `${NAME}`, or `{ file: path }` and nothing beside it. */
export function secretsInside(description: string, secrets: SecretContents, example: JsonObject) {
  return Type.Record(Type.String(), Type.Unknown(), {
    title: 'JSON object with "${NAME}" or { file: path } for each secret in it',
    description,
    minProperties: 1,
    examples: [example],
    secretsInside: secrets,
  });
}

/** The name in `${NAME}`. */
export const variablePattern = /^\$\{([A-Z_][A-Z0-9_]*)\}$/;

/** What a secret may hold, by where it is used. */
export const contents = {
  // RFC 7518, section 3.2: a key for HS256 has at least 256 bits.
  signingKey: { pattern: '^[^\\p{Cc}]{32,}$', text: 'at least 32 characters on one line' },
  header: { pattern: '^[\\x20-\\x7e]+$', text: 'printable ASCII characters on one line' },
  password: { pattern: '^[^\\p{Cc}]+$', text: 'text on one line' },
} as const satisfies Record<string, SecretContents>;

function words<Value>(description: string, { example, ...rest }: About<Value>): TSchemaOptions {
  return { description, examples: [example], ...rest };
}

function isEndpoint(url: string): boolean {
  const parsed = /^https?:\/\/[^\s#@\\]+$/.test(url) ? parseUrl(url) : undefined;
  if (!parsed) return false;
  return parsed.protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(parsed.hostname);
}

function isBaseUrl(url: string): boolean {
  return /^https?:\/\/[^\s?#@\\]*[^\s?#@\\/]$/.test(url) && parseUrl(url) !== undefined;
}

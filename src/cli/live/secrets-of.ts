import { type Config, revealed } from '../../config/index.ts';
import { isObject, type Json, scalarText } from '../../json.ts';
import { secretMask } from './mask.ts';
import type { Passed } from './watch-line.ts';

type System = Config['backends'][string] | Config['registers'][string];

/** What must never be seen of one run. */
export interface Secrets {
  /** Whether the value of a header is a secret as a whole, by its name. */
  isHeader(system: string, name: string): boolean;
  /** Hides every secret in a text. */
  text(value: string): string;
  /** What a request to a system will have besides, for its credentials: the names, with a mask for each value. */
  introduction(system: string): {
    readonly headers: Readonly<Record<string, string>>;
    readonly query?: string;
  };
}

/** Headers that hold secrets, whoever set them. */
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

/** A text that is shorter says nothing, and may be anywhere. */
const shortestSecret = 4;

/** The secrets of a configuration, and those that other systems gave meanwhile. */
export function secretsOf(config: Config, passed: readonly Passed[]): Secrets {
  const systems = new Map<string, System>([
    ...Object.entries(config.registers),
    ...Object.entries(config.backends),
  ]);
  const values = new Set(
    [
      ...[...systems.values()].flatMap(secretsIn),
      ...config.clients.map(({ secret }) => secret.reveal()),
      ...passed.filter(({ purpose }) => purpose === 'credentials').flatMap(givenIn),
    ].filter((value) => value.length >= shortestSecret),
  );
  // A secret that is a part of another one must not leave the rest of that.
  const inOrder = [...values].sort((one, other) => other.length - one.length);
  const text = (value: string): string =>
    inOrder.reduce((shown, secret) => {
      const encoded = encodeURIComponent(secret);
      return shown.replaceAll(secret, secretMask).replaceAll(encoded, secretMask);
    }, value);
  return {
    text,
    isHeader: (system, name) =>
      secretHeaders.has(name.toLowerCase()) ||
      name.toLowerCase() === headerOf(systems.get(system))?.toLowerCase(),
    introduction(system) {
      const credentials = systems.get(system)?.credentials;
      if (credentials?.kind === 'query') return { headers: {}, query: credentials.name };
      const name = headerOf(systems.get(system));
      return { headers: name === undefined ? {} : { [name]: secretMask } };
    },
  };
}

function secretsIn(system: System): string[] {
  const { credentials } = revealed({ credentials: system.credentials });
  switch (credentials?.kind) {
    case 'header':
    case 'query':
      return [credentials.value];
    case 'basic':
    case 'wsSecurity':
      return [credentials.password];
    case 'bearer':
      return [credentials.token];
    case 'zgw':
      return [credentials.secret];
    case 'oauth2':
      return [credentials.clientSecret];
    case 'login':
      return textsIn(credentials.body);
    case undefined:
      return [];
  }
}

/** The header that a system is shown its credentials in, as it is spelled on the line. */
function headerOf(system: System | undefined): string | undefined {
  const credentials = system?.credentials;
  switch (credentials?.kind) {
    case 'header':
      return credentials.name;
    case 'login':
      return 'header' in credentials.session ? credentials.session.header : 'Cookie';
    case undefined:
    case 'none':
    case 'query':
    case 'wsSecurity':
      return undefined;
    default:
      return 'Authorization';
  }
}

/** Whatever an answer to a log-in says may be the token, or lead to it. */
function givenIn({ answer }: Passed): string[] {
  if (!answer) return [];
  const cookies = (answer.cookies ?? []).map((line) =>
    (line.split(';')[0] ?? '').split('=').slice(1).join('='),
  );
  return [...cookies, ...textsIn(jsonOf(answer.body.toString('utf8')))];
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function textsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (isObject(value)) return Object.values(value).flatMap(textsIn);
  const text = typeof value === 'string' ? value : scalarText(value);
  return text === undefined || /^(true|false|[0-9]{1,6})$/.test(text) ? [] : [text];
}

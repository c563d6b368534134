import type { Mistake, Path } from '../files/mistakes.ts';
import { mistakeAt, type YamlFile } from '../files/yaml-file.ts';
import { isObject, type Json, type JsonObject, valueAt } from '../json.ts';
import { ownHeaders } from '../own-headers.ts';
import { parseUrl } from '../url.ts';
import { isReference } from './secrets.ts';

/** Headers that cannot say who a user is, because they say something else. */
const takenHeaders: readonly string[] = ['accept', 'if-none-match', ...ownHeaders];

/** One system that the gateway calls, as it was written. */
interface System {
  readonly place: Path;
  readonly value: JsonObject;
}

/** What a schema cannot say of the systems that the gateway calls, and how it makes itself known to them. */
export function systemChecks(yaml: YamlFile): Mistake[] {
  const systems = ['backends', 'registers'].flatMap((group): System[] => {
    const named = valueAt(yaml.value, group);
    return Object.entries(isObject(named) ? named : {}).flatMap(([name, value]) =>
      isObject(value) ? [{ place: [group, name], value }] : [],
    );
  });
  return systems.flatMap((system) =>
    [loginElsewhere(system), loginWithoutSecret(system), tokenTwice(system), takenHeader(system)]
      .filter((finding) => finding !== undefined)
      .map((finding) => mistakeAt(yaml, finding)),
  );
}

type Found = Parameters<typeof mistakeAt>[1] | undefined;

/** Whoever logs in hands over a password: to the system itself, and to nobody else. */
function loginElsewhere({ place, value }: System): Found {
  const url = valueAt(value, 'credentials.login.url');
  const base = value.baseUrl ?? value.root;
  if (typeof url !== 'string' || url.startsWith('/') || typeof base !== 'string') return undefined;
  if (parseUrl(url)?.origin === parseUrl(base)?.origin) return undefined;
  return {
    path: [...place, 'credentials', 'login', 'url'],
    problem: 'it leads to another host than the system itself',
    expected: 'a path after the base URL, or a URL of the same scheme, host and port',
  };
}

/** A log-in without a secret has it in the configuration, where it does not belong. */
function loginWithoutSecret({ place, value }: System): Found {
  const body = valueAt(value, 'credentials.login.body');
  if (!isObject(body) || Object.keys(body).length === 0 || hasReference(body)) return undefined;
  return {
    path: [...place, 'credentials', 'login', 'body'],
    problem: 'there is no reference to a secret in it',
    expected: '"${NAME}" or { file: path } in the place of the password',
  };
}

/** Where a token is can be said in two ways. */
function tokenTwice({ place, value }: System): Found {
  const token = valueAt(value, 'credentials.login.session.token');
  if (!isObject(token) || (token.path === undefined) !== (token.text === undefined)) return undefined;
  return {
    path: [...place, 'credentials', 'login', 'session', 'token'],
    problem: token.path === undefined ? 'neither path nor text' : 'path and text',
    expected: 'one of them',
    example: '{ path: data.token }',
  };
}

function hasReference(value: Json): boolean {
  if (isReference(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasReference);
}

/** Who asked must not take the place of who we are, nor of what HTTP itself needs. */
function takenHeader({ place, value }: System): Found {
  const header = lowerCase(valueAt(value, 'forwardUser.header'));
  const own = ['credentials.header.name', 'credentials.login.session.token.header'].map((path) =>
    lowerCase(valueAt(value, path)),
  );
  if (header === undefined || !(takenHeaders.includes(header) || own.includes(header))) return undefined;
  return {
    path: [...place, 'forwardUser', 'header'],
    problem: 'this header is used for something else',
    expected: 'a header of its own',
    example: '"X-User-Id"',
  };
}

function lowerCase(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

import type { BackendRequest } from '../backend/send.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../json.ts';
import { ownHeaders } from '../own-headers.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A request that a mapping built wrongly: said in terms of the file, without the values in it. */
export class MalformedRequest extends Error {
  override readonly name = 'MalformedRequest';
}

/** What only some kinds of requests have. */
const kinds = {
  plain: ['method', 'body'],
  call: ['call', 'params'],
  action: ['action', 'body'],
} as const;

/**
 * Reads what a request translation yielded: `{ method, path, query, headers, body }`, all but `path` optional, or for
 * a call `{ call, params }` or `{ action, body }`, which are posted, to the base URL itself when there is no `path`.
 * Absent query values are left out, lists repeat the parameter. Paths are segments, so that no value can climb
 * out of its place; a plain text is a fixed path.
 *
 * @throws MalformedRequest
 */
export function readRequest(value: unknown): BackendRequest {
  if (!isObject(value)) throw new MalformedRequest('a request is an object with at least a path');
  if ('call' in value) return { ...readPosted(value, 'call'), ...readCall(value) };
  if ('action' in value) return { ...readPosted(value, 'action'), ...readAction(value) };
  return readPlain(value);
}

/** What a call has in common with every request. */
function readPosted(value: JsonObject, kind: 'call' | 'action'): BackendRequest {
  const known: readonly string[] = kinds[kind];
  const unfit = Object.values(kinds)
    .flat()
    .find((key) => key in value && !known.includes(key));
  if (unfit) throw new MalformedRequest(`a request with \`${kind}\` has no \`${unfit}\``);
  return {
    method: 'POST',
    path: value.path === undefined ? [] : readPath(value.path),
    query: readQuery(value.query),
    headers: readHeaders(value.headers),
  };
}

function readCall({ call, params = [] }: JsonObject): Pick<BackendRequest, 'call' | 'params'> {
  if (typeof call !== 'string' || call === '')
    throw new MalformedRequest('`call` is the name of a procedure');
  if (typeof params !== 'object' || params === null)
    throw new MalformedRequest('`params` is a list, or an object');
  return { call, params };
}

function readAction({ action, body }: JsonObject): Pick<BackendRequest, 'action' | 'body'> {
  if (typeof action !== 'string') throw new MalformedRequest('`action` is a text, which may be blank');
  return { action, ...(body === undefined ? {} : { body }) };
}

function readPlain(value: JsonObject): BackendRequest {
  const method = methods.find((candidate) => candidate === (value.method ?? 'GET'));
  if (!method) throw new MalformedRequest(`the method is one of ${methods.join(', ')}`);
  const body = value.body;
  return {
    method,
    path: readPath(value.path),
    query: readQuery(value.query),
    headers: readHeaders(value.headers),
    ...(body === undefined || method === 'GET' || method === 'DELETE' ? {} : { body }),
  };
}

function readPath(path: Json | undefined): string[] {
  const given = typeof path === 'string' ? path.split('/').filter((segment) => segment !== '') : path;
  // The base URL with a slash at its end, which is another URL than that without.
  if (Array.isArray(given) && given.length === 0) return [''];
  if (!Array.isArray(given)) throw new MalformedRequest('the path is a list of segments');
  const segments = given.map(sendableText);
  if (segments.some((segment) => segment === undefined || ['', '.', '..'].includes(segment))) {
    throw new MalformedRequest('a path segment is a text or a number, not blank, and not `.` or `..`');
  }
  return segments.filter((segment) => segment !== undefined);
}

function readQuery(query: Json | undefined): (readonly [string, string])[] {
  if (query === undefined || query === null) return [];
  if (!isObject(query)) throw new MalformedRequest('the query is an object');
  return Object.entries(query).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((item): (readonly [string, string])[] => {
      if (item === null) return [];
      const text = sendableText(item);
      if (text === undefined) throw new MalformedRequest('a query value is a text, a number or a boolean');
      return [[name, text]];
    });
  });
}

function readHeaders(headers: Json | undefined): Record<string, string> {
  if (headers === undefined || headers === null) return {};
  if (!isObject(headers)) throw new MalformedRequest('the headers are an object');
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = scalarText(value);
      if (value === null) return [];
      if (text === undefined || !/^[\t\x20-\x7e]*$/.test(text) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
        throw new MalformedRequest('a header is plain text');
      if (ownHeaders.has(name.toLowerCase()))
        throw new MalformedRequest(`the header ${name} belongs to the gateway`);
      return [[name, text] as const];
    }),
  );
}

/** A scalar that a URL can hold: half a character (a lone surrogate) cannot be encoded. */
function sendableText(value: Json): string | undefined {
  const text = scalarText(value);
  return text?.isWellFormed() === true ? text : undefined;
}

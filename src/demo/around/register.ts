import { isObject, jsonOf } from '../crm/call.ts';
import type { Call } from '../crm/call.ts';
import type { Reply } from '../crm/reply.ts';
import type { Row } from './collection.ts';
import { notFound, problem } from './problems.ts';
import type { Settings } from './settings.ts';
import type { CheckToken } from './token.ts';

/** A call to a register, as a route gets it. */
export interface RegisterCall {
  readonly call: Call;
  /** What stands at `{uuid}` in the path of the route; empty when it has none. */
  readonly uuid: string;
  /** The JSON object in the body; empty when there is none. */
  readonly body: Row;
}

/** An operation: a method on a path below the register's own, such as `/zaken/{uuid}`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly answer: (call: RegisterCall) => Reply | Promise<Reply>;
}

/** One of the systems of the standard. */
export interface Register {
  readonly title: string;
  readonly version: string;
  /** Such as http://127.0.0.1:8082/zaken/api/v1. */
  readonly root: string;
  readonly routes: readonly Route[];
}

/**
 * Answers the calls below the path of a register: its OpenAPI document to anybody, everything else to the clients
 * that it knows.
 *
 * @param settings looked at again at each call
 */
export function registerCalls(register: Register, checkToken: CheckToken, settings: Settings) {
  const { pathname } = new URL(register.root);
  const openApi: Reply = { status: 200, body: openApiOf(register) };
  const rootIndex: Route = {
    method: 'GET',
    path: '/',
    answer: () => ({ status: 200, body: indexOf(register) }),
  };
  const routes = [rootIndex, ...register.routes];

  const carryOut = async (call: Call, path: string): Promise<Reply> => {
    const method = call.method === 'HEAD' ? 'GET' : call.method;
    if (method === 'GET' && path === '/schema/openapi.json') return openApi;
    return (await checkToken(call.headers.authorization)) ?? answerOf(routes, { ...call, method }, path);
  };
  return {
    /** Whether a path belongs to this register. */
    owns: (path: string): boolean => path === pathname || path.startsWith(`${pathname}/`),
    async answer(call: Call): Promise<Reply> {
      const reply = await carryOut(call, call.path.slice(pathname.length) || '/');
      const version = settings.apiVersion ?? register.version;
      return { ...reply, headers: { 'API-version': version, ...reply.headers } };
    },
  };
}

async function answerOf(routes: readonly Route[], call: Call, path: string): Promise<Reply> {
  const here = routes.filter((route) => uuidIn(path, route.path) !== undefined);
  if (here.length === 0) return notFound();
  const route = here.find(({ method }) => method === call.method);
  if (route === undefined)
    return problem(405, 'method_not_allowed', `Methode "${call.method}" niet toegestaan.`);
  const uuid = uuidIn(path, route.path) ?? '';
  if (route.method !== 'POST') return route.answer({ call, uuid, body: {} });
  if (!/^application\/json\b/i.test(call.headers['content-type'] ?? '')) {
    return problem(415, 'unsupported_media_type');
  }
  const body = jsonOf(call);
  return isObject(body) ? route.answer({ call, uuid, body }) : problem(400, 'parse_error');
}

/** What stands at `{uuid}`, or the empty text in a path without one; undefined when the path is another one. */
function uuidIn(path: string, pattern: string): string | undefined {
  const [start = '', end] = pattern.split('{uuid}');
  if (end === undefined) return path === pattern ? '' : undefined;
  const uuid = path.slice(start.length, path.length - end.length);
  return path === `${start}${uuid}${end}` && /^[^/]+$/.test(uuid) ? uuid : undefined;
}

/** The lists of a register by name, with their URLs. */
function indexOf({ root, routes }: Register): Row {
  const lists = routes.filter(({ method, path }) => method === 'GET' && !path.includes('{uuid}'));
  return Object.fromEntries(lists.map(({ path }) => [path.slice(1), `${root}${path}`]));
}

/** No more than which operations there are: enough for who wants to know whether they are. */
function openApiOf({ title, version, root, routes }: Register): Row {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path } of routes) {
    const operation = { responses: { default: { description: 'zie de standaard' } } };
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return { openapi: '3.0.0', info: { title, version }, servers: [{ url: root }], paths };
}

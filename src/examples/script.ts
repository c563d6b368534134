import { type Encoding, UnwritableRequest } from '../backend/encoding/encoding.ts';
import { BackendFault, type BackendRequest } from '../backend/send.ts';
import { type Transport, urlOf } from '../backend/transport.ts';
import type { RawAnswer } from '../backend/wire.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Difference, differencesBetween } from './difference.ts';
import type { Exchange } from './format.ts';

/** A request that came, as an example writes it, and the backend that it went to. */
export interface Sent {
  readonly backend: string;
  readonly request: JsonObject;
}

/** A CRM that answers from a script, and notes what is asked otherwise than the script says. */
export interface Script {
  /** The way to one of the backends, which writes and reads in its own way. */
  transport(backend: string, encoding: Encoding): Transport;
  /** What was different so far, and the exchanges that were never asked for. */
  differences(): Difference[];
  /** What was asked so far, by the index of the exchange that answered it. Past the last exchange: it was refused. */
  readonly sent: ReadonlyMap<number, Sent>;
}

/**
 * Plays exchanges in their order. Reads that follow one another may be asked for at the same time, so among them the
 * order is free: no write may take an exchange before one that a read has taken. A request that differs is answered
 * all the same, to see what comes next.
 */
export function playScript(exchanges: readonly Exchange[]): Script {
  const differences: Difference[] = [];
  const left = new Map(exchanges.entries());
  const sent = new Map<number, Sent>();
  const passedByReads = new Set<number>();
  let surplus = exchanges.length;
  return {
    sent,
    transport: (backend, encoding) => (request) => {
      const index = nextFor(backend, request, left) ?? surplus++;
      const isTooLate = !isRead(request) && passedByReads.has(index);
      if (isRead(request)) for (const earlier of left.keys()) if (earlier < index) passedByReads.add(earlier);
      const exchange = left.get(index);
      const path = ['exchanges', index];
      left.delete(index);
      sent.set(index, { backend, request: sentOf(request) });
      if (!exchange) {
        differences.push({ path, expected: 'no further request', got: lineOf(request) });
        return Promise.reject(new BackendFault('refused', 'not-sent'));
      }
      if (!isFor(exchange, backend)) {
        differences.push({ path: [...path, 'backend'], expected: exchange.backend ?? '', got: backend });
      }
      if (isTooLate) {
        differences.push({ path, expected: 'before the reads after it', got: 'after one of them' });
      }
      const unwritable = problemIn(request, encoding);
      if (unwritable !== undefined) {
        differences.push({
          path: [...path, 'request'],
          expected: 'what can be sent',
          got: `what cannot be: ${unwritable}`,
        });
        return Promise.reject(new BackendFault('refused', 'not-sent'));
      }
      differences.push(
        ...differencesBetween([...path, 'request'], expectedOf(exchange.request), sentOf(request)),
      );
      return Promise.resolve(answerOf(exchange.answer, request, encoding));
    },
    differences: () => [
      ...differences,
      ...[...left].map(([index, { request }]) => ({
        path: ['exchanges', index],
        expected: lineExpected(request),
        got: 'no request',
      })),
    ],
  };
}

/** Which exchange a request gets: the next one, or when it reads the first one that is precisely this. */
function nextFor(
  backend: string,
  request: BackendRequest,
  left: ReadonlyMap<number, Exchange>,
): number | undefined {
  const [next] = left.keys();
  if (!isRead(request)) return next;
  for (const [index, exchange] of left) {
    const isSame = differencesBetween([], expectedOf(exchange.request), sentOf(request)).length === 0;
    if (isSame && isFor(exchange, backend)) return index;
  }
  return next;
}

function isFor(exchange: Exchange, backend: string): boolean {
  return exchange.backend === undefined || exchange.backend === backend;
}

/** As the gateway itself sees it: by what the request is for, and not by its method. */
function isRead({ isSafe, method }: BackendRequest): boolean {
  return isSafe ?? method === 'GET';
}

function lineOf({ method, path, query, call, action }: BackendRequest): string {
  return call ?? action ?? `${method} ${urlOf('', { path, query })}`;
}

function lineExpected({ method, path, call, action }: Exchange['request']): string {
  return call ?? action ?? `${method ?? ''} ${path ?? ''}`;
}

/** Why a request cannot be written, by what really writes it. */
function problemIn(request: BackendRequest, encoding: Encoding): string | undefined {
  try {
    encoding.write(request);
    return undefined;
  } catch (error) {
    if (error instanceof UnwritableRequest) return error.message;
    throw error;
  }
}

/** A request as an example writes it, with everything that it leaves out. */
export function expectedOf({
  method,
  path,
  query = {},
  headers = {},
  body,
  call,
  params,
  action,
}: Exchange['request']): JsonObject {
  const texts = Object.entries(query).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  const around = { query: Object.fromEntries(texts) as JsonObject, headers };
  const rest = body === undefined ? {} : { body };
  if (call !== undefined) return { ...where(path), ...around, call, params: params ?? [] };
  if (action !== undefined) return { ...where(path), ...around, action, ...rest };
  return { method: method ?? '', path: path ?? '', ...around, ...rest };
}

/** The path, when it is another than the base URL itself. */
function where(path = ''): JsonObject {
  return path === '' ? {} : { path };
}

function sentOf({ method, path, query, headers, body, call, params, action }: BackendRequest): JsonObject {
  const values: Record<string, Json> = {};
  for (const [name, value] of query) {
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  const around = { query: values, headers: { ...headers } };
  const at = urlOf('', { path, query: [] });
  const rest = body === undefined ? {} : { body };
  if (call !== undefined) return { ...where(at), ...around, call, params: params ?? [] };
  if (action !== undefined) return { ...where(at), ...around, action, ...rest };
  return { method, path: at, ...around, ...rest };
}

function answerOf(
  { status, headers = {}, body }: Exchange['answer'],
  { number }: BackendRequest,
  { isText }: Encoding,
): RawAnswer {
  const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    status,
    headers: Object.fromEntries(names) as Record<string, string>,
    body: Buffer.from(isText && typeof body === 'string' ? body : jsonText(body, number)),
  };
}

/** As JSON. An author does not know the number of a call, so an answer without one gets it. */
function jsonText(body: Json | undefined, number: number | undefined): string {
  if (body === undefined) return '';
  const isAnswer = number !== undefined && isObject(body) && !('id' in body);
  return JSON.stringify(isAnswer ? { ...body, id: number } : body);
}

import { BackendFault, type BackendRequest } from '../backend/send.ts';
import { type Transport, urlOf } from '../backend/transport.ts';
import type { RawAnswer } from '../backend/wire.ts';
import type { Json, JsonObject } from '../json.ts';
import { type Difference, differencesBetween } from './difference.ts';
import type { Exchange } from './format.ts';

/** A request that came, as an example writes it, and the backend that it went to. */
export interface Sent {
  readonly backend: string;
  readonly request: JsonObject;
}

/** A CRM that answers from a script, and notes what is asked otherwise than the script says. */
export interface Script {
  /** The way to one of the backends. */
  transport(backend: string): Transport;
  /** What was different so far, and the exchanges that were never asked for. */
  differences(): Difference[];
  /** What was asked so far, by the index of the exchange that answered it. Past the last exchange: it was refused. */
  readonly sent: ReadonlyMap<number, Sent>;
}

/**
 * Plays exchanges in their order. Reads that follow one another may be asked for at the same time, so among them the
 * order is free. A request that differs is answered all the same, to see what comes next.
 */
export function playScript(exchanges: readonly Exchange[]): Script {
  const differences: Difference[] = [];
  const left = new Map(exchanges.entries());
  const sent = new Map<number, Sent>();
  let surplus = exchanges.length;
  return {
    sent,
    transport: (backend) => (request) => {
      const index = nextFor(backend, request, left) ?? surplus++;
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
      differences.push(
        ...differencesBetween([...path, 'request'], expectedOf(exchange.request), sentOf(request)),
      );
      return Promise.resolve(answerOf(exchange.answer));
    },
    differences: () => [
      ...differences,
      ...[...left].map(([index, { request }]) => ({
        path: ['exchanges', index],
        expected: `${request.method} ${request.path}`,
        got: 'no request',
      })),
    ],
  };
}

/** Which exchange a request gets: the next one, or of the reads from there on the one that is precisely this. */
function nextFor(
  backend: string,
  request: BackendRequest,
  left: ReadonlyMap<number, Exchange>,
): number | undefined {
  const [next] = left.keys();
  for (const [index, exchange] of left) {
    if (exchange.request.method !== 'GET') break;
    const isSame = differencesBetween([], expectedOf(exchange.request), sentOf(request)).length === 0;
    if (isSame && isFor(exchange, backend)) return index;
  }
  return next;
}

function isFor(exchange: Exchange, backend: string): boolean {
  return exchange.backend === undefined || exchange.backend === backend;
}

function lineOf({ method, path, query }: BackendRequest): string {
  return `${method} ${urlOf('', { path, query })}`;
}

/** A request as an example writes it, with everything that it leaves out. */
export function expectedOf({
  method,
  path,
  query = {},
  headers = {},
  body,
}: Exchange['request']): JsonObject {
  const texts = Object.entries(query).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  const rest = body === undefined ? {} : { body };
  return { method, path, query: Object.fromEntries(texts) as JsonObject, headers, ...rest };
}

function sentOf({ method, path, query, headers, body }: BackendRequest): JsonObject {
  const values: Record<string, Json> = {};
  for (const [name, value] of query) {
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  const rest = body === undefined ? {} : { body };
  return { method, path: urlOf('', { path, query: [] }), query: values, headers: { ...headers }, ...rest };
}

function answerOf({ status, headers = {}, body }: Exchange['answer']): RawAnswer {
  const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    status,
    headers: Object.fromEntries(names) as Record<string, string>,
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  };
}

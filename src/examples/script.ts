import { BackendFault, type BackendRequest } from '../backend/send.ts';
import { type Transport, urlOf } from '../backend/transport.ts';
import type { RawAnswer } from '../backend/wire.ts';
import type { Json, JsonObject } from '../json.ts';
import { type Difference, differencesBetween } from './difference.ts';
import type { Exchange } from './format.ts';

/** A CRM that answers from a script, and notes what is asked otherwise than the script says. */
export interface Script {
  /** The way to one of the backends. */
  transport(backend: string): Transport;
  /** What was different so far, and the exchanges that were never asked for. */
  differences(): Difference[];
}

/** Plays exchanges in their order. A request that differs is answered all the same, to see what comes next. */
export function playScript(exchanges: readonly Exchange[]): Script {
  const differences: Difference[] = [];
  let played = 0;
  return {
    transport: (backend) => (request) => {
      const path = `exchanges[${played}]`;
      const exchange = exchanges[played];
      played += 1;
      if (!exchange) {
        differences.push({ path, expected: 'no further request', got: lineOf(request) });
        return Promise.reject(new BackendFault('refused', 'not-sent'));
      }
      if (exchange.backend !== undefined && exchange.backend !== backend) {
        differences.push({ path: `${path}.backend`, expected: exchange.backend, got: backend });
      }
      differences.push(
        ...differencesBetween(`${path}.request`, expectedOf(exchange.request), sentOf(request)),
      );
      return Promise.resolve(answerOf(exchange.answer));
    },
    differences: () => [
      ...differences,
      ...exchanges.slice(played).map(({ request }, index) => ({
        path: `exchanges[${played + index}]`,
        expected: `${request.method} ${request.path}`,
        got: 'no request',
      })),
    ],
  };
}

function lineOf({ method, path, query }: BackendRequest): string {
  return `${method} ${urlOf('', { path, query })}`;
}

/** A request as an example writes it, with everything that it leaves out. */
function expectedOf({ method, path, query = {}, headers = {}, body }: Exchange['request']): JsonObject {
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

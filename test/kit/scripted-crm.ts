import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the scripted CRM got it. */
export interface ScriptedCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

/** Answers a call: at once, later, in pieces, or never. */
export type Script = (call: ScriptedCall, response: ServerResponse) => void;

/**
 * A CRM that does what a spec tells it, for the answers that the demonstration's CRM cannot give. It runs for the
 * specs of the surrounding `describe`; call this before `runningGateway`.
 */
export function scriptedCrm() {
  const calls: ScriptedCall[] = [];
  let script: Script | undefined;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://crm.test');
    const call = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
    };
    calls.push(call);
    request.resume().once('end', () => script?.(call, response));
  });

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    calls.length = 0;
    script = undefined;
  });

  after(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });

  return {
    /** Every call of this spec, oldest first. */
    calls,
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    /** From now on, and until the spec ends, calls are answered so; without a script they never are. */
    answers: (next: Script) => {
      script = next;
    },
  };
}

/** Sends JSON, which most scripts do. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** The answer of a CRM like the demonstration's to a search: these records out of so many. */
export function foundRelations(records: readonly unknown[], total: unknown): object {
  return { STATUS: 'OK', TOTAAL: total, RELATIES: records };
}

/** A record with only what the mapping needs. */
export function relation(number: number, columns: object = {}): object {
  return { RELNR: number, MUTNR: 1, ANAAM: 'Jansen', ...columns };
}

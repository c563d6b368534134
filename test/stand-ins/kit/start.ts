import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sendReply } from '../../../src/demo/around/reply.ts';
import { type Call, jsonOf, readCall } from '../../../src/demo/crm/call.ts';
import type { Reply } from '../../../src/demo/crm/reply.ts';
import { listen } from '../../../src/demo/listen.ts';
import { type Handler, Refused } from './call.ts';
import { newStandInFaults, type StandInFault } from './faults.ts';

/** A stand-in, described. */
export interface StandIn {
  /** What it stands in for: `Objecten API 2`. */
  readonly title: string;
  /** What every path begins with: `/api/v2`; "" for none. */
  readonly base: string;
  /** Where it listens when it is started by hand. */
  readonly port: number;
  /**
   * Opens it, with everything in memory.
   *
   * @param url its own, with the base, for links in answers
   */
  readonly open: (url: string) => Handler;
}

/** A stand-in that listens. */
export interface RunningStandIn {
  /** With the base, without a slash at the end. */
  readonly url: string;
  /** Every request since `forget`, oldest first; paths are those under the base. */
  readonly requests: readonly Call[];
  /** Makes it fail, for some of the requests that follow. */
  fault(fault: StandInFault): void;
  /** Ends every fault. */
  calm(): void;
  /** Empties `requests`. */
  forget(): void;
  close(): Promise<void>;
}

// Longer than callers keep a connection, so that none of them writes to one that is just being closed.
const keepAliveMs = 120_000;

/**
 * Lets a stand-in listen. Besides by its own functions it can be told to fail over HTTP, for trying by hand:
 * `POST /_faults` with a fault as JSON, `DELETE /_faults`, and `GET` or `DELETE /_requests`.
 *
 * @param place port 0 is any port that is free
 * @throws Error with a sentence for the user when the port is in use
 */
export async function startStandIn(
  { base, open }: StandIn,
  { host = '127.0.0.1', port = 0 }: { readonly host?: string; readonly port?: number } = {},
): Promise<RunningStandIn> {
  const requests: Call[] = [];
  const faults = newStandInFaults();
  const server = createServer();
  server.keepAliveTimeout = keepAliveMs;
  const origin = `http://${host}:${await listen(server, { host, port })}`;
  const handler = open(`${origin}${base}`);

  const controls: Readonly<Record<string, (call: Call) => Reply>> = {
    'POST /_faults': (call) => {
      // Whoever sends one by hand has read what it looks like.
      faults.add(jsonOf(call) as StandInFault);
      return { status: 204 };
    },
    'DELETE /_faults': () => {
      faults.clear();
      return { status: 204 };
    },
    'GET /_requests': () => ({ status: 200, body: requests.map(shownRequest) }),
    'DELETE /_requests': () => {
      requests.length = 0;
      return { status: 204 };
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = await readCall(request);
    const control = controls[`${arrived.method} ${arrived.path}`];
    if (control) {
      sendReply(response, control(arrived));
      return;
    }
    if (base !== '' && !`${arrived.path}/`.startsWith(`${base}/`)) {
      sendReply(response, { status: 404 });
      return;
    }
    const call = { ...arrived, path: arrived.path.slice(base.length) || '/', params: {} };
    requests.push(call);
    const carryOut = async () => handler(call);
    if (!(await faults.strike(call, response, carryOut))) sendReply(response, await carryOut());
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      sendReply(response, error instanceof Refused ? error.reply : failed(error));
    });
  });

  return {
    url: `${origin}${base}`,
    requests,
    fault: (fault) => {
      faults.add(fault);
    },
    calm: () => {
      faults.clear();
    },
    forget: () => {
      requests.length = 0;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A stand-in that is wrong itself says so, because nobody looks for that elsewhere. */
function failed(error: unknown): Reply {
  return { status: 500, body: { standInFailed: error instanceof Error ? error.stack : String(error) } };
}

function shownRequest({ method, path, query, headers, body }: Call) {
  return { method, path, query: [...query], headers, body: body?.toString('utf8') };
}

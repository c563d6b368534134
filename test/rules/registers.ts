import { once } from 'node:events';
import { createServer } from 'node:net';
import type { JsonObject } from '../../src/json.ts';

/** What a register may do instead of answering well: faults of the stand-ins, without the path that they strike. */
export const registerFaults: Readonly<Record<string, JsonObject>> = {
  'is slow': { soort: 'traag' },
  'answers 403': { soort: 'verboden' },
  'answers 404': { soort: 'weg' },
  'answers 500': { soort: 'fout' },
  'hangs up': { soort: 'verbreek' },
  'redirects to a host that is not configured': { soort: 'omleiding', naar: 'https://elders.example/' },
};

const patient = { limits: { connectMs: 30_000, headersMs: 30_000, bodyMs: 30_000 } };

/** For fifty writes at once, which may take long on a machine that does more than this: nothing that is healthy is too late. */
export const patience = {
  limits: { requestMs: 60_000 },
  backends: { crm: patient, bijregister: patient },
} as const satisfies JsonObject;

/** A port of this machine that nobody listens on any more; for the specs of the surrounding `describe`. */
export function closedPort() {
  let port = 0;
  before(async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  return {
    get origin() {
      return `http://127.0.0.1:${port}`;
    },
  };
}

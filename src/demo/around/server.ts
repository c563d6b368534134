import { createServer } from 'node:http';
import { listen } from '../listen.ts';
import { newAroundFaults } from './faults.ts';
import { answerer } from './systems.ts';
import type { SystemsOptions } from './systems.ts';

/** Where the systems listen, whom they know and what they start with. */
export interface AroundOptions extends SystemsOptions {
  readonly host: string;
  /** 0 is any port that is free. */
  readonly port: number;
}

/** The systems around the gateway, running. */
export interface Around {
  /** Such as http://127.0.0.1:8082, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ends all connections, also those that wait for an answer, and stops. */
  close(): Promise<void>;
}

// Longer than callers keep a connection, so that none of them writes to one that is just being closed.
const keepAliveMs = 120_000;

/**
 * Starts Zaken, Documenten, Notificaties, Autorisaties and the bijregister as one server, with everything in memory.
 *
 * @throws Error with a sentence for the user when the port is in use
 */
export async function startAround(options: AroundOptions): Promise<Around> {
  const faults = newAroundFaults();
  const closing = new AbortController();
  const server = createServer();
  server.keepAliveTimeout = keepAliveMs;
  const port = await listen(server, options);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const url = `http://${host}:${port}`;
  // Only now, because the records have URLs of their own in them. Nobody can have called before.
  server.on('request', answerer(url, options, faults, closing.signal));
  return {
    url,
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      closing.abort();
      server.closeAllConnections();
      faults.shared.wakeAll();
      await closed;
    },
  };
}

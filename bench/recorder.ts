import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between a gateway and its backends for a moment, and writes down which calls one request takes. */
export interface Recorder {
  /** Where a backend is when it is called through the recorder. */
  urlOf(backend: string): string;
  /** The calls that some work makes: `/crm/activiteiten/500051`. */
  callsOf(work: () => Promise<unknown>): Promise<readonly string[]>;
  stop(): void;
}

/** @param backends the base URL of each backend, by its name */
export async function startRecorder(backends: Readonly<Record<string, string>>): Promise<Recorder> {
  let calls: string[] = [];
  const server = createServer((request, response) => {
    const call = request.url ?? '';
    calls.push(call);
    const headers = Object.entries(request.headers).filter(([name]) => /^(x-|authorization)/.test(name));
    fetch(targetOf(backends, call), { headers: Object.fromEntries(headers) as Record<string, string> })
      .then(async (answer) => {
        response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(await answer.text());
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    urlOf: (backend) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${backend}`,
    async callsOf(work) {
      calls = [];
      await work();
      return calls;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The URL at a backend of a call as the recorder writes it down. */
export function targetOf(backends: Readonly<Record<string, string>>, call: string): string {
  const [, backend = '', rest = ''] = /^\/([^/]+)(.*)$/.exec(call) ?? [];
  return `${backends[backend] ?? ''}${rest}`;
}

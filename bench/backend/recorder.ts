import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The body of each answer, by the path that was asked for: `/crm/activiteiten/500051`. */
export type Recorded = Readonly<Record<string, string>>;

/** Stands between a gateway and its backends for a moment, and writes down what they ask and answer. */
export interface Recorder {
  /** A backend is called through the recorder at a path of its name: `/crm/…`. */
  readonly url: string;
  /** The calls that some work makes. */
  callsOf(work: () => Promise<unknown>): Promise<readonly string[]>;
  /** All answers so far. */
  recorded(): Recorded;
  stop(): void;
}

/** @param backends the base URL of each backend, by its name */
export async function startRecorder(backends: Readonly<Record<string, string>>): Promise<Recorder> {
  const recorded = new Map<string, string>();
  let calls: string[] = [];
  const server = createServer((request, response) => {
    const call = request.url ?? '';
    calls.push(call);
    const headers = Object.entries(request.headers).filter(([name]) => /^(x-|authorization)/.test(name));
    fetch(targetOf(backends, call), { headers: Object.fromEntries(headers) as Record<string, string> })
      .then(async (answer) => {
        const body = await answer.text();
        if (answer.ok) recorded.set(call, body);
        response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(body);
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async callsOf(work) {
      calls = [];
      await work();
      return calls;
    },
    recorded: () => Object.fromEntries(recorded),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The URL at a backend of a call as the recorder writes it down. */
function targetOf(backends: Readonly<Record<string, string>>, call: string): string {
  const [, backend = '', rest = ''] = /^\/([^/]+)(.*)$/.exec(call) ?? [];
  return `${backends[backend] ?? ''}${rest}`;
}

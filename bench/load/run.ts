import { quantile } from '../rounds.ts';
import { type Connection, connect } from './connection.ts';
import type { Measured, Request, Stretch, Work } from './work.ts';

/** Work with its connections open, ready to be timed. */
export interface Prepared {
  run(stretch: Stretch): Promise<Measured>;
  close(): void;
}

/** Opens the connections and writes out the requests, so that neither is measured. */
export async function prepare({ origin, requests, concurrency }: Work): Promise<Prepared> {
  const url = new URL(origin);
  const connections = await Promise.all(Array.from({ length: concurrency }, () => connect(url)));
  const written = requests.map((request) => ({ ...request, bytes: bytesOf(url, request) }));
  let next = 0;
  const ask = async (connection: Connection): Promise<number> => {
    const {
      path,
      status = 200,
      bytes,
    } = written[next++ % written.length] ?? { path: '', bytes: Buffer.alloc(0) };
    const began = performance.now();
    const answered = await connection.ask(bytes);
    if (answered !== status) throw new Error(`${path} answered ${answered} instead of ${status}.`);
    return performance.now() - began;
  };
  return {
    run: (stretch) => run(connections, stretch, ask),
    close() {
      for (const connection of connections) connection.close();
    },
  };
}

async function run(
  connections: readonly Connection[],
  { requests = Infinity, milliseconds = Infinity }: Stretch,
  ask: (connection: Connection) => Promise<number>,
): Promise<Measured> {
  const times: number[] = [];
  const began = performance.now();
  let left = requests;
  await Promise.all(
    connections.map(async (connection) => {
      while (left-- > 0 && performance.now() - began < milliseconds) times.push(await ask(connection));
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  times.sort((one, other) => one - other);
  return { requests: times.length, seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function bytesOf({ host, pathname }: URL, { path, headers = {} }: Request): Buffer {
  const lines = Object.entries({ Host: host, Accept: 'application/json', ...headers });
  return Buffer.from(
    [
      `GET ${pathname.replace(/\/$/, '')}${path} HTTP/1.1`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ].join('\r\n'),
  );
}

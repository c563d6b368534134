import { setImmediate as nextTurn } from 'node:timers/promises';
import { quantile } from '../rounds.ts';
import { type Connection, connect } from './connection.ts';
import type { Measured, Request, Stretch, Work } from './work.ts';

/** Work with its connections open, ready to be timed. */
export interface Prepared {
  run(stretch: Stretch): Promise<Measured>;
  close(): void;
}

/** Opens the connections and writes out the requests, so that neither is measured. */
export async function prepare({ origin, requests, concurrency, perSecond }: Work): Promise<Prepared> {
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
    run(stretch) {
      const running = run(connections, paced(stretch, perSecond), ask);
      return perSecond === undefined ? running : awake(running);
    },
    close() {
      for (const connection of connections) connection.close();
    },
  };
}

/** Tells each who comes back for more whether there is more to do, when it is their turn. */
type Turns = () => Promise<boolean>;

/** At once, for as long as the stretch goes on; or one after the other, at a pace. */
function paced({ requests = Infinity, milliseconds = Infinity }: Stretch, perSecond = Infinity): Turns {
  const began = performance.now();
  let begun = 0;
  return async () => {
    const turn = began + (begun * 1000) / perSecond;
    if (begun++ >= requests || Math.max(turn, performance.now()) - began >= milliseconds) return false;
    while (performance.now() < turn) await nextTurn();
    return true;
  };
}

/**
 * Does something without ever sleeping. A server that has to wake us pays for that: at one pace, one that answers at once never
 * has to, and one that sometimes has all our connections waiting does.
 */
function awake<T>(work: Promise<T>): Promise<T> {
  let looking: NodeJS.Immediate;
  const look = (): void => {
    looking = setImmediate(look);
  };
  look();
  return work.finally(() => {
    clearImmediate(looking);
  });
}

async function run(
  connections: readonly Connection[],
  turns: Turns,
  ask: (connection: Connection) => Promise<number>,
): Promise<Measured> {
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (await turns()) times.push(await ask(connection));
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

import { setImmediate as nextTurn } from 'node:timers/promises';
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
  const ask = async (connection: Connection): Promise<void> => {
    const request = written[next++ % written.length];
    if (!request) throw new Error('There is nothing to ask.');
    const { path, status = 200, bytes } = request;
    const answered = await connection.ask(bytes);
    if (answered !== status) throw new Error(`${path} answered ${answered} instead of ${status}.`);
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

/** Gives each who comes back for more the moment at which their next request is due, when it has come; undefined when all is done. */
type Turns = () => Promise<number | undefined>;

/** At once, for as long as the stretch goes on; or one after the other, at a pace. */
function paced({ requests = Infinity, milliseconds = Infinity }: Stretch, perSecond = Infinity): Turns {
  const began = performance.now();
  let begun = 0;
  return async () => {
    const turn = began + (begun * 1000) / perSecond;
    if (begun++ >= requests || Math.max(turn, performance.now()) - began >= milliseconds) return undefined;
    while (performance.now() < turn) await nextTurn();
    return perSecond === Infinity ? performance.now() : turn;
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
  ask: (connection: Connection) => Promise<void>,
): Promise<Measured> {
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (let due = await turns(); due !== undefined; due = await turns()) {
        await ask(connection);
        times.push(performance.now() - due);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { requests: times.length, seconds, times };
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

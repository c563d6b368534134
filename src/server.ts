import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { compose, type Deployment, openShared } from './compose.ts';
import type { Config } from './config/index.ts';
import { type Locks, localLocks } from './gateway/locks.ts';
import { localTombstones, type Tombstones } from './gateway/tombstones.ts';
import type { Evaluating, HandedBack } from './mapping/expression.ts';
import type { Clock, Random } from './mapping/functions.ts';
import { loadMapping } from './load.ts';
import { Mistakes } from './files/mistakes.ts';
import type { MappingSet } from './mapping/set.ts';
import type { Observe } from './observe/events.ts';

/** A gateway that listens. */
export interface RunningGateway {
  readonly port: number;
  /** The one that new requests are answered by. */
  readonly deployment: Deployment;
  /**
   * Loads the mapping set again. New requests use it; those under way end with the one that they began with. What is
   * remembered of records is forgotten; locks, connections and what waits to be told stay.
   *
   * @throws Mistakes when the set is wrong; then the last good one goes on
   */
  reload(): Promise<void>;
  /** Takes no more requests, waits for those under way, and closes. Resolves within `limits.drainMs`. */
  stop(reason: string): Promise<void>;
}

/** What a gateway is started with, besides its configuration. */
export interface StartOptions {
  readonly observe: Observe;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly locks?: Locks;
  readonly tombstones?: Tombstones;
  readonly evaluatedBy?: Evaluating['evaluatedBy'];
}

/** What is left to be told gets one try at least, however long the requests took to end. */
const leastDrainMs = 1000;

/**
 * Loads the mapping set and listens.
 *
 * @throws Mistakes when the mapping set is wrong; an error of the operating system when the port is taken
 */
export async function startGateway(config: Config, options: StartOptions): Promise<RunningGateway> {
  const { observe, clock = Date, random = Math.random } = options;
  const { locks = localLocks(), tombstones = localTombstones() } = options;
  const load = (): Promise<MappingSet> =>
    loadMapping(config, { clock, random, evaluatedBy: options.evaluatedBy, handedBack: toldOnce(observe) });
  const mapping = await load();
  const background = new Set<Promise<unknown>>();
  let ready = true;
  const ports = {
    observe,
    random,
    clock,
    locks,
    tombstones,
    background: (task: Promise<unknown>) => {
      background.add(task);
      void task.finally(() => background.delete(task));
    },
    isReady: () => ready,
  };
  const shared = openShared(config, ports);
  let deployment = compose(config, mapping, ports, shared);
  const server = createServer(config, (request, response) => deployment.listener(request, response));
  await listen(server, config.listen);
  void reportUnreachable(config, observe);
  void deployment.reportVersions();
  observe({
    event: 'started',
    url: config.baseUrls.canonical,
    apis: Object.keys(config.apis),
    mapping: mapping.title,
  });

  return {
    port: (server.address() as AddressInfo).port,
    get deployment() {
      return deployment;
    },
    async reload() {
      try {
        const next = await load();
        deployment = compose(config, next, ports, shared);
        observe({ event: 'mapping-reloaded', mapping: next.title });
      } catch (error) {
        if (error instanceof Mistakes) {
          observe({ event: 'mapping-refused', mistakes: error.mistakes.length });
        }
        throw error;
      }
    },
    async stop(reason) {
      const began = performance.now();
      ready = false;
      observe({ event: 'stopping', reason });
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      // A connection that is kept becomes idle when its last answer is out: it must not hold up the end.
      const sweep = setInterval(() => {
        server.closeIdleConnections();
      }, 50);
      const drained = Promise.all([closed, Promise.allSettled(background)]).then(() => true);
      const inTime = await Promise.race([drained, wait(config.limits.drainMs, false, { ref: false })]);
      clearInterval(sweep);
      if (!inTime) server.closeAllConnections();
      // What writes had to tell others may have come up only just now.
      await deployment.drain(Math.max(leastDrainMs, config.limits.drainMs - (performance.now() - began)));
      observe({ event: 'stopped', inTime });
    },
  };
}

/** An expression that meets data which it is slow at does so for every record of a list: one line is enough. */
function toldOnce(observe: Observe): HandedBack {
  const told = new Set<string>();
  return (file, why) => {
    if (told.has(`${file} ${why}`)) return;
    told.add(`${file} ${why}`);
    observe({ event: 'left-to-interpreter', file, why });
  };
}

/** A server that a slow or noisy client cannot hold up. */
function createServer(config: Config, listener: Deployment['listener']): http.Server {
  const { headerBytes, headersMs, receiveMs } = config.limits;
  const options = {
    maxHeaderSize: headerBytes,
    headersTimeout: headersMs,
    requestTimeout: headersMs + receiveMs,
    connectionsCheckingInterval: Math.min(1000, headersMs),
  };
  return http.createServer(options, (request, response) => void listener(request, response));
}

/** A gateway starts without its CRM, and says so. Only a connection is tried: no request, no credentials. */
async function reportUnreachable(config: Config, observe: Observe): Promise<void> {
  for (const [backend, { baseUrl, limits }] of Object.entries(config.backends)) {
    if (!(await isReachable(new URL(baseUrl), limits.connectMs))) {
      observe({ event: 'backend-unreachable-at-start', backend });
    }
  }
}

function isReachable(url: URL, withinMs: number): Promise<boolean> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const socket = net.connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: withinMs });
  return new Promise((resolve) => {
    const end = (reachable: boolean) => () => {
      socket.destroy();
      resolve(reachable);
    };
    socket.unref().once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
  });
}

function listen(server: http.Server, { host, port }: Config['listen']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

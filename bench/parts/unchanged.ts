import { unchangedReadsOf } from '../contenders/gateway.ts';
import { inCasts, race, type Runner } from '../race.ts';
import type { Unchanged } from '../results.ts';
import type { Stage } from '../stage.ts';

const concurrency = 8;

/** The share of what the gateway can do that both are asked for: it is busy, and not behind in a bad moment either. */
const share = 0.75;

/**
 * Conditional reads of klanten that the gateway remembers, against a Koa that answers nothing but 304: each as fast as it can, and
 * both at one pace. A Koa that is asked three times as much finds many requests waiting whenever it looks, and each costs it half
 * as much.
 */
export function measureUnchanged(stage: Stage): Promise<Unchanged> {
  return inCasts(stage, async (cast) => {
    const koa = await cast.start('unchanged');
    const withHeadersAndLog = await cast.start('unchanged', ['headers and a log line']);
    const gateway = await cast.startGateway({ crm: `${cast.backend.url}/100`, cacheBytes: 64_000_000 });
    const requests = await unchangedReadsOf(gateway.url, 100);
    const runners = (perSecond?: number): Runner[] =>
      Object.entries({
        'Koa that answers a constant 304': koa,
        'the same with our headers and log line': withHeadersAndLog,
        gateway,
      }).map(([name, contender]) => ({
        name,
        contender,
        work: { origin: contender.url, requests, concurrency, perSecond },
      }));
    const title = 'GET a klant that did not change: 304 from the cache';
    const freely = await race(`${title}, each as fast as it can`, runners(), cast, { warmUp: 'long' });
    const pace = share * Math.min(...freely.runners.map(({ requestsPerSecond }) => requestsPerSecond));
    const atOnePace = await race(`${title}, both at one pace`, runners(pace), cast, { warmUp: 'long' });
    return { atOnePace, freely };
  });
}

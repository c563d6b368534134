import { unchangedReadsOf } from '../contenders/gateway.ts';
import { race, type RaceResult } from '../race.ts';
import type { Stage } from '../stage.ts';

const concurrency = 8;

/** Conditional reads of klanten that the gateway remembers, against a Koa that answers nothing but 304. */
export async function measureUnchanged(stage: Stage): Promise<RaceResult> {
  const koa = await stage.start('unchanged');
  const gateway = await stage.startGateway({ crm: `${stage.backend.url}/100`, cacheBytes: 64_000_000 });
  const requests = await unchangedReadsOf(gateway.url, 100);
  const runners = [
    { name: 'Koa that answers a constant 304', contender: koa },
    { name: 'gateway', contender: gateway },
  ].map(({ name, contender }) => ({
    name,
    contender,
    work: { origin: contender.url, requests, concurrency },
  }));
  return race('GET a klant that did not change: 304 from the cache', runners, stage, { warmUp: 'long' });
}

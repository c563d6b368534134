import { unchangedReadsOf } from '../contenders/gateway.ts';
import { race, type RaceResult, type Runner } from '../race.ts';
import { median } from '../rounds.ts';
import type { Stage } from '../stage.ts';

const concurrency = 8;

/** The share of what the gateway can do that all are asked for: it is busy, and not behind in a bad moment either. */
const share = 0.75;

/**
 * Conditional reads of klanten that the gateway remembers, against a Koa that answers nothing but 304. Both at one pace: a Koa
 * that is asked three times as much finds many requests waiting whenever it looks, and each costs it half as much.
 */
export async function measureUnchanged(stage: Stage): Promise<RaceResult> {
  const koa = await stage.start('unchanged');
  const gateway = await stage.startGateway({ crm: `${stage.backend.url}/100`, cacheBytes: 64_000_000 });
  const requests = await unchangedReadsOf(gateway.url, 100);
  const runner = (name: string, contender: typeof koa, perSecond?: number): Runner => ({
    name,
    contender,
    work: { origin: contender.url, requests, concurrency, perSecond },
  });
  const perSecond = share * (await paceOf(runner('gateway', gateway), stage));
  const runners = [
    runner('Koa that answers a constant 304', koa, perSecond),
    runner('gateway', gateway, perSecond),
    runner('that Koa, as fast as it can', koa),
    runner('gateway, as fast as it can', gateway),
  ];
  return race('GET a klant that did not change: 304 from the cache', runners, stage, { warmUp: 'long' });
}

/** How many requests somebody can do in a second, as the machine is. */
async function paceOf({ work }: Runner, { load }: Stage): Promise<number> {
  await load.prepare(work);
  await load.run({ milliseconds: 10_000 });
  const paces: number[] = [];
  for (let stretch = 0; stretch < 25; stretch += 1) {
    const { requests, seconds } = await load.run({ milliseconds: 200 });
    paces.push(requests / seconds);
  }
  return median(paces);
}

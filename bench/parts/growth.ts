import { clientHeaders, klantenPath, readsOf, unchangedReadsOf } from '../contenders/gateway.ts';
import { race, type RaceResult, type Runner } from '../race.ts';
import type { CacheGrowth } from '../results.ts';
import type { Stage } from '../stage.ts';

/** Lists of more and more klanten, through gateways whose CRMs have so many. */
export async function measureLists(stage: Stage): Promise<RaceResult> {
  const requests = [{ path: klantenPath, headers: await clientHeaders() }];
  const runners: Runner[] = [];
  for (const size of [1, 10, 100]) {
    const contender = await stage.startGateway({ crm: `${stage.backend.url}/${size}` });
    const work = { origin: contender.url, requests, concurrency: 1 };
    runners.push({ name: `a list of ${size}`, contender, work });
  }
  return race('GET a list of klanten, by its size', runners, stage, { warmUp: 'short' });
}

/** Single klanten, for more and more clients at the same time. */
export async function measureConcurrency(stage: Stage): Promise<RaceResult> {
  const contender = await stage.startGateway({ crm: `${stage.backend.url}/100` });
  const requests = await readsOf(500);
  const runners = [1, 8, 64].map((concurrency) => ({
    name: `${concurrency} at a time`,
    contender,
    work: { origin: contender.url, requests, concurrency },
  }));
  return race('GET one klant, by how many ask at the same time', runners, stage, { warmUp: 'short' });
}

/** More than the largest cache needs. */
const cacheBytes = 1_000_000_000;

/** So many klanten are asked for, whatever else is there. */
const asked = 100;

/** Klanten that did not change, in gateways that remember more and more. */
export async function measureCache(stage: Stage): Promise<CacheGrowth> {
  const runners: Runner[] = [];
  for (const klanten of [asked, 10_000, 100_000]) {
    const contender = await stage.startGateway({ crm: `${stage.backend.url}/100`, cacheBytes });
    await remember(stage, contender.url, klanten);
    const requests = await unchangedReadsOf(contender.url, asked);
    const work = { origin: contender.url, requests, concurrency: 8 };
    const name = klanten === asked ? 'nothing else' : `${klanten.toLocaleString('en')} klanten`;
    runners.push({ name, contender, work });
  }
  const memory = await Promise.all(runners.map(async ({ contender }) => (await contender.usage()).memory));
  return {
    race: await race('304 from the cache, by what else is in it', runners, stage, { warmUp: 'long' }),
    memory,
  };
}

async function remember({ load }: Stage, origin: string, klanten: number): Promise<void> {
  await load.prepare({ origin, requests: await readsOf(klanten), concurrency: 64 });
  await load.run({ requests: klanten });
}

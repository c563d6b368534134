import { clientHeaders, klantenPath, readsOf, unchangedReadsOf } from '../contenders/gateway.ts';
import type { Request } from '../load/work.ts';
import type { Contender } from '../process.ts';
import { median } from '../rounds.ts';
import type { Memory, MemoryAfter } from '../results.ts';
import type { Stage } from '../stage.ts';

/** So many klanten are asked for, each about as often as the others. */
const klanten = 20_000;

/** Room for some thousands of klanten: full long before the first time that memory is looked at. */
const cacheBytes = 25_000_000;

/** The last requests before memory is looked at: the median of so many looks, with so many requests in between. */
const looks = { times: 9, requests: 200 } as const;

/** Memory of the gateway after 10,000 and after 100,000 mixed requests. */
export async function measureMemory(stage: Stage): Promise<Memory> {
  const gateway = await stage.startGateway({ crm: `${stage.backend.url}/10`, cacheBytes });
  const requests = await mixed(gateway.url);
  await stage.load.prepare({ origin: gateway.url, requests, concurrency: 32 });
  const after: MemoryAfter[] = [];
  let done = 0;
  for (const total of [10_000, 100_000]) {
    await stage.load.run({ requests: total - done - looks.times * looks.requests });
    const atWork = await memoryAtWork(gateway, stage);
    after.push({ requests: total, atWork, kept: (await gateway.usage({ memory: 'kept' })).memory });
    done = total;
  }
  return after;
}

/** One in ten is a list, two in ten are unchanged, and the others are reads of ever another klant. */
async function mixed(url: string): Promise<Request[]> {
  const list = { path: klantenPath, headers: await clientHeaders() };
  const same = await unchangedReadsOf(url, 100);
  const reads = await readsOf(klanten);
  return reads.map((read, place) => {
    if (place % 10 === 0) return list;
    return (place % 5 === 1 ? same[place % same.length] : undefined) ?? read;
  });
}

async function memoryAtWork(gateway: Contender, { load }: Stage): Promise<number> {
  const seen: number[] = [];
  for (let time = 0; time < looks.times; time += 1) {
    await load.run({ requests: looks.requests });
    seen.push((await gateway.usage()).memory);
  }
  return median(seen);
}

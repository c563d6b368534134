import { readsOf } from '../contenders/gateway.ts';
import type { ColdReads } from '../results.ts';
import type { Stage } from '../stage.ts';

const reads = 100;

/** Reads a klant that the gateway has not seen yet, a hundred times at once. */
export async function measureColdReads(stage: Stage): Promise<ColdReads> {
  const gateway = await stage.startGateway({ crm: `${stage.backend.url}/100`, cacheBytes: 64_000_000 });
  const requests = await readsOf(1);
  await stage.load.prepare({ origin: gateway.url, requests, concurrency: reads });
  const before = await stage.backend.usage();
  await stage.load.run({ requests: reads });
  return { reads, reachedCrm: (await stage.backend.usage()).answered - before.answered };
}

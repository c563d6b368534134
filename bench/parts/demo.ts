import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startRecorder } from '../backend/recorder.ts';
import { apiKey, clientHeaders } from '../contenders/gateway.ts';
import type { Request } from '../load/work.ts';
import type { Contender } from '../process.ts';
import { race, type RaceResult } from '../race.ts';
import type { Stage } from '../stage.ts';

/** What is asked for: a list, or records of it, under the path of an API. */
const asked = [
  {
    name: 'GET one contactmoment: a supplement and a derived link',
    list: '/contactmomenten/api/v1/contactmomenten',
    records: true,
  },
  { name: 'GET a list of contactmomenten', list: '/contactmomenten/api/v1/contactmomenten' },
  {
    name: 'GET a list of klantcontactmomenten: a union',
    list: '/contactmomenten/api/v1/klantcontactmomenten',
  },
  { name: 'GET one verzoek: two derived links', list: '/verzoeken/api/v1/verzoeken', records: true },
  { name: 'GET a list of verzoeken', list: '/verzoeken/api/v1/verzoeken' },
] as const;

/** What both contenders are asked, many records or one list: of what is identical at the same time, the gateway makes one. */
interface Asked {
  readonly name: string;
  readonly concurrency: number;
  readonly ofGateway: readonly Request[];
  readonly ofPassThrough: readonly Request[];
}

/**
 * The other resources, with the demo CRM's answers: recorded once, and replayed, because that CRM is slow. The
 * pass-through makes exactly the calls that the gateway makes.
 */
export async function measureDemo(stage: Stage): Promise<RaceResult[]> {
  const { works, file } = await stage.scene(() => record(stage));
  const backend = await stage.start('backend', [file]);
  const gateway = await stage.startGateway(backendsAt(backend.url));
  const passThrough = await stage.start('pass-through', [backend.url]);
  const results: RaceResult[] = [];
  for (const { name, concurrency, ofGateway, ofPassThrough } of works) {
    const runners = [
      { name: 'pass-through', contender: passThrough, requests: ofPassThrough },
      { name: 'gateway', contender: gateway, requests: ofGateway },
    ].map(({ name: who, contender, requests }) => ({
      name: who,
      contender,
      work: { origin: contender.url, requests, concurrency },
    }));
    results.push(await race(name, runners, stage, { warmUp: 'short', backend }));
  }
  return results;
}

/** Where the two backends of the demo are when both are at one server; the mapping set is as it is. */
function backendsAt(url: string) {
  return { crm: `${url}/crm`, bijregister: `${url}/bijregister`, pages: 50 } as const;
}

async function record(stage: Stage): Promise<{ works: Asked[]; file: string }> {
  const demo = await stage.start('demo-crm', [path.join(stage.folder, 'demo-crm'), apiKey]);
  const [crm = '', around = ''] = demo.url.split(' ');
  const recorder = stage.stopAtEnd(
    await startRecorder({ crm: `${crm}/relbeheer`, bijregister: `${around}/bijregister` }),
  );
  const gateway = await stage.startGateway(backendsAt(recorder.url));
  const headers = await clientHeaders();
  const works: Asked[] = [];
  for (const { name, list, ...one } of asked) {
    const paths = 'records' in one ? await recordsOf(gateway, list) : [list];
    const ofPassThrough: Request[] = [];
    for (const path of paths) {
      ofPassThrough.push(forwarded(await recorder.callsOf(() => answerOf(gateway, path))));
    }
    const ofGateway = paths.map((path) => ({ path, headers }));
    works.push({ name, concurrency: paths.length > 1 ? 8 : 1, ofGateway, ofPassThrough });
  }
  const file = path.join(stage.folder, 'recorded.json');
  await writeFile(file, JSON.stringify(recorder.recorded()));
  return { works, file };
}

/** What makes a pass-through make some calls. */
function forwarded(calls: readonly string[]): Request {
  const query = new URLSearchParams(calls.map((call): [string, string] => ['call', call]));
  return { path: calls.length === 1 ? (calls[0] ?? '') : `/?${query.toString()}` };
}

/** The paths of some records in the first page of a list. */
async function recordsOf(gateway: Contender, list: string): Promise<string[]> {
  const { results } = (await answerOf(gateway, list)) as { results: { url: string }[] };
  return results.slice(40, 72).map(({ url }) => new URL(url).pathname);
}

async function answerOf({ url }: Contender, path: string): Promise<unknown> {
  return (await fetch(`${url}${path}`, { headers: await clientHeaders() })).json();
}

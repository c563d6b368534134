import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { signToken } from '../src/cli/token.ts';
import { type Contender, start } from './contender.ts';
import { load, type Measured, type Target } from './load.ts';
import { median, shuffled } from './rounds.ts';
import { startRecorder } from './recorder.ts';
import { measureTranslations, type Translated } from './translation/index.ts';

/**
 * `npm run bench`: the whole gateway against a bare pass-through to the same CRM, in one run. Rounds are interleaved
 * and shuffled, so that whatever else the machine does hits both; only ratios of medians are worth reading.
 */
const rounds = 9;
const apiKey = 'bench-crm-key';
const secret = 'bench-secret-of-32-characters-or-more';

/** One work, done by both contenders. */
interface Work {
  readonly name: string;
  readonly count: number;
  readonly concurrency: number;
  readonly targets: Readonly<Record<ContenderName, Target>>;
}

type ContenderName = 'gateway' | 'pass-through';
type Sample = Measured & { readonly cpuPerRequest: number };

/** What is asked for: a list, or the record at some place of it, under the path of an API. */
const asked = [
  { name: 'GET one klant', list: 'klanten/api/v1/klanten', place: 50 },
  { name: 'GET a list of klanten', list: 'klanten/api/v1/klanten' },
  {
    name: 'GET one contactmoment: a supplement and a derived link',
    list: 'contactmomenten/api/v1/contactmomenten',
    place: 50,
  },
  { name: 'GET a list of contactmomenten', list: 'contactmomenten/api/v1/contactmomenten' },
  {
    name: 'GET a list of klantcontactmomenten: a union',
    list: 'contactmomenten/api/v1/klantcontactmomenten',
  },
  { name: 'GET one verzoek: two derived links', list: 'verzoeken/api/v1/verzoeken', place: 50 },
  { name: 'GET a list of verzoeken', list: 'verzoeken/api/v1/verzoeken' },
] as const;

const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-bench-'));
const crm = await start('crm', [path.join(folder, 'crm'), apiKey]);
const [crmUrl = '', aroundUrl = ''] = crm.url.split(' ');
const backends = { crm: `${crmUrl}/relbeheer`, bijregister: `${aroundUrl}/bijregister` };
const contenders: Readonly<Record<ContenderName, Contender>> = {
  gateway: await startGateway(backends),
  'pass-through': await start('pass-through', [
    JSON.stringify(backends),
    JSON.stringify({ 'X-API-SLEUTEL': apiKey, 'X-Api-Key': apiKey }),
  ]),
};
reportTranslations(await measureTranslations(rounds));
try {
  for (const work of await works()) await measure(work);
} finally {
  for (const contender of [crm, ...Object.values(contenders)]) contender.stop();
  await rm(folder, { recursive: true, force: true });
}

/** The mapping of a list of 100, without anything around it. */
function reportTranslations(translated: readonly Translated[]): void {
  for (const { name, interpreted, compiled, byHand } of translated) {
    const against = byHand === undefined ? '' : `, ${(compiled / byHand).toFixed(1)} x the time by hand`;
    process.stdout.write(
      [
        `A list of 100 translated: ${name} (${rounds} rounds)`,
        `  interpreted  ${interpreted.toFixed(0).padStart(7)} us CPU`,
        `  compiled     ${compiled.toFixed(0).padStart(7)} us CPU`,
        ...(byHand === undefined ? [] : [`  by hand      ${byHand.toFixed(0).padStart(7)} us CPU`]),
        `  compiled: ${(interpreted / compiled).toFixed(0)} x as fast as the interpreter${against}`,
        '',
        '',
      ].join('\n'),
    );
  }
}

async function measure(work: Work): Promise<void> {
  const samples: Record<ContenderName, Sample[]> = { gateway: [], 'pass-through': [] };
  const names = Object.keys(contenders) as ContenderName[];
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const name of shuffled(names)) {
      const sample = await sampleOf(contenders[name], work.targets[name], work);
      if (round > 0) samples[name].push(sample);
    }
  }
  report(work, samples);
}

async function sampleOf(contender: Contender, target: Target, { count, concurrency }: Work): Promise<Sample> {
  const before = await contender.cpu();
  const measured = await load(target, count, concurrency);
  return { ...measured, cpuPerRequest: ((await contender.cpu()) - before) / count };
}

function report({ name, count, concurrency }: Work, samples: Record<ContenderName, Sample[]>): void {
  const of = (contender: ContenderName, figure: keyof Sample): number =>
    median(samples[contender].map((sample) => sample[figure]));
  const line = (contender: ContenderName): string =>
    [
      `  ${contender.padEnd(13)}`,
      `${of(contender, 'cpuPerRequest').toFixed(0).padStart(7)} us CPU a request`,
      `${of(contender, 'requestsPerSecond').toFixed(0).padStart(6)} requests/s`,
      `p50 ${of(contender, 'p50').toFixed(1)} ms`,
      `p99 ${of(contender, 'p99').toFixed(1)} ms`,
    ].join('  ');
  const cpu = of('pass-through', 'cpuPerRequest') / of('gateway', 'cpuPerRequest');
  const throughput = of('gateway', 'requestsPerSecond') / of('pass-through', 'requestsPerSecond');
  process.stdout.write(
    [
      `${name} (${rounds} rounds of ${count} requests, ${concurrency} at a time)`,
      line('pass-through'),
      line('gateway'),
      `  gateway against pass-through: ${cpu.toFixed(2)} x by CPU, ${throughput.toFixed(2)} x by throughput`,
      '',
      '',
    ].join('\n'),
  );
}

/** Every work, with a pass-through that makes exactly the calls that the gateway makes for it. */
async function works(): Promise<Work[]> {
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, cache off\n\n`);
  const headers = { Authorization: `Bearer ${await signToken('bench', secret, 'bench')}` };
  const recorder = await startRecorder(backends);
  const recorded = await startGateway({
    crm: recorder.urlOf('crm'),
    bijregister: recorder.urlOf('bijregister'),
  });
  try {
    const made: Work[] = [];
    for (const { name, list, ...one } of asked) {
      const path =
        'place' in one ? await recordAt(`${contenders.gateway.url}/${list}`, one.place, headers) : `/${list}`;
      const calls = await recorder.callsOf(() => fetch(`${recorded.url}${path}`, { headers }));
      const query = new URLSearchParams(calls.map((call): [string, string] => ['call', call]));
      made.push({
        name,
        ...('place' in one ? { count: 300, concurrency: 8 } : { count: 40, concurrency: 4 }),
        targets: {
          gateway: { url: `${contenders.gateway.url}${path}`, headers },
          'pass-through': { url: `${contenders['pass-through'].url}/?${query.toString()}`, headers: {} },
        },
      });
    }
    return made;
  } finally {
    recorded.stop();
    recorder.stop();
  }
}

/** The path of a record in the first page of a list. */
async function recordAt(list: string, place: number, headers: Target['headers']): Promise<string> {
  const { results } = (await (await fetch(list, { headers })).json()) as { results: { url: string }[] };
  return new URL(results[place]?.url ?? '').pathname;
}

async function startGateway(urls: Readonly<Record<string, string>>): Promise<Contender> {
  const secrets = { BENCH_SECRET: secret, BENCH_CRM_KEY: apiKey };
  return start('gateway', [await writeConfig(urls)], secrets);
}

async function writeConfig({
  crm: crmAt = '',
  bijregister = '',
}: Readonly<Record<string, string>>): Promise<string> {
  const file = path.join(await mkdtemp(path.join(folder, 'config-')), 'klantbrug.yaml');
  const key = (name: string) => ({ header: { name, value: '${BENCH_CRM_KEY}' } });
  const config = {
    listen: { host: '127.0.0.1', port: 0 },
    baseUrls: { canonical: 'http://klantbrug.bench' },
    apis: { klanten: {}, contactmomenten: {}, verzoeken: {} },
    clients: [{ id: 'bench', secret: '${BENCH_SECRET}', scopes: 'all' }],
    mapping: {
      folder: path.resolve(import.meta.dirname, '../mappings/demo-crm'),
      settings: { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' },
    },
    backends: {
      crm: { baseUrl: crmAt, credentials: key('X-API-SLEUTEL') },
      bijregister: { baseUrl: bijregister, credentials: key('X-Api-Key') },
    },
  };
  await writeFile(file, stringify(config));
  return file;
}

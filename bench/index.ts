import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { signToken } from '../src/cli/token.ts';
import { type Contender, start } from './contender.ts';
import { load, type Measured, median, type Target } from './load.ts';

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

const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-bench-'));
const crm = await start('crm', [path.join(folder, 'crm'), apiKey]);
const contenders: Readonly<Record<ContenderName, Contender>> = {
  gateway: await start('gateway', [await writeConfig()], { BENCH_SECRET: secret, BENCH_CRM_KEY: apiKey }),
  'pass-through': await start('pass-through', [crm.url, apiKey]),
};
try {
  for (const work of await works()) await measure(work);
} finally {
  for (const contender of [crm, ...Object.values(contenders)]) contender.stop();
  await rm(folder, { recursive: true, force: true });
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

async function works(): Promise<Work[]> {
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, cache off\n\n`);
  const headers = { Authorization: `Bearer ${await signToken('bench', secret, 'bench')}` };
  const list = `${contenders.gateway.url}/klanten/api/v1/klanten`;
  const { results } = (await (await fetch(list, { headers })).json()) as { results: { url: string }[] };
  const klant = results[50]?.url.split('/').at(-1) ?? '';
  const passThrough = contenders['pass-through'].url;
  return [
    {
      name: 'GET one klant',
      count: 300,
      concurrency: 8,
      targets: {
        gateway: { url: `${list}/${klant}`, headers },
        'pass-through': { url: `${passThrough}/relaties/100051`, headers: {} },
      },
    },
    {
      name: 'GET a list of 100',
      count: 40,
      concurrency: 4,
      targets: {
        gateway: { url: list, headers },
        'pass-through': { url: `${passThrough}/list`, headers: {} },
      },
    },
  ];
}

async function writeConfig(): Promise<string> {
  const file = path.join(folder, 'klantbrug.yaml');
  const config = {
    listen: { host: '127.0.0.1', port: 0 },
    baseUrls: { canonical: 'http://klantbrug.bench' },
    apis: { klanten: {} },
    clients: [{ id: 'bench', secret: '${BENCH_SECRET}', scopes: 'all' }],
    mapping: {
      folder: path.resolve(import.meta.dirname, '../mappings/demo-crm'),
      settings: { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' },
    },
    backends: {
      crm: {
        baseUrl: `${crm.url}/relbeheer`,
        credentials: { header: { name: 'X-API-SLEUTEL', value: '${BENCH_CRM_KEY}' } },
      },
      // The mapping set names it; no klant needs it.
      bijregister: { baseUrl: `${crm.url}/bijregister` },
    },
  };
  await writeFile(file, stringify(config));
  return file;
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

import type { Stretch, Work } from './load/work.ts';
import type { Contender } from './process.ts';
import { inRounds, median, quantile } from './rounds.ts';
import type { Stage } from './stage.ts';

/** Somebody who does the same work as others, or other work than somebody else does. */
export interface Runner {
  readonly name: string;
  readonly contender: Pick<Contender, 'usage'>;
  readonly work: Work;
}

/** What one stretch of load comes to. */
export interface Sample {
  /** Microseconds of processor time of the runner. */
  readonly cpuPerRequest: number;
  readonly requestsPerSecond: number;
  /** How much of one core was in use: whoever is at 1 sets the pace, and is what was measured. */
  readonly busy: number;
  readonly generatorBusy: number;
  readonly backendBusy: number;
}

/** What a race came to. */
export interface RaceResult {
  readonly name: string;
  readonly rounds: number;
  readonly runners: readonly RunnerResult[];
}

/** The median of each figure of a runner, with what it is the median of. */
export interface RunnerResult extends Sample {
  readonly name: string;
  readonly concurrency: number;
  /** Milliseconds, of the requests of all rounds together. */
  readonly p50: number;
  /** Undefined where there were too few requests for it. */
  readonly p99: number | undefined;
  readonly samples: readonly Timed[];
}

/** A sample, with the milliseconds of each of its requests. */
type Timed = Sample & { readonly times: readonly number[] };

/** Long enough for a median of rounds, and short enough that all runners meet the same machine. */
const stretch = { milliseconds: 200 };

/** What a race is run with, besides its runners. */
export interface RaceOptions {
  /** V8 takes thousands of requests to compile what they meet. Lists meet the same code many times each. */
  readonly warmUp: keyof typeof warmUps;
  /** The one that is called, when it is not that of the stage. */
  readonly backend?: Contender;
}

const warmUps = {
  long: { requests: 8000, milliseconds: 8000 },
  short: { requests: 2000, milliseconds: 5000 },
} as const satisfies Readonly<Record<string, Stretch>>;

/** Runs in interleaved and shuffled rounds, so that whatever else the machine does hits all. */
export async function race(
  name: string,
  runners: readonly Runner[],
  stage: Stage,
  { warmUp, backend = stage.backend }: RaceOptions,
): Promise<RaceResult> {
  const { rounds } = stage;
  for (const { work } of runners) {
    await stage.load.prepare(work);
    await stage.load.run(warmUps[warmUp]);
  }
  const samples = await inRounds(runners, { rounds, warmUp: 1 }, (runner) =>
    sampleOf(runner, stage, backend),
  );
  return {
    name,
    rounds,
    runners: [...samples].map(([{ name, work }, taken]) => resultOf(name, work.concurrency, taken)),
  };
}

/**
 * So many times a race that is judged is run, each time with new processes: in each V8 decides for itself what to make fast, which
 * makes a tenth of difference. And a machine that others use as well differs by a fifth from round to round.
 */
const casts = 6;

/** Runs races with new processes each time, and takes the results together. */
export async function inCasts<Names extends string>(
  stage: Stage,
  run: (stage: Stage) => Promise<Readonly<Record<Names, RaceResult>>>,
): Promise<Record<Names, RaceResult>> {
  const results: Readonly<Record<Names, RaceResult>>[] = [];
  for (let cast = 0; cast < casts; cast += 1) results.push(await stage.scene(() => run(stage)));
  const names = Object.keys(results[0] ?? {}) as Names[];
  return Object.fromEntries(
    names.map((name) => [name, together(results.map((result) => result[name]))]),
  ) as Record<Names, RaceResult>;
}

/** Races of the same runners as one. */
function together(races: readonly RaceResult[]): RaceResult {
  const name = races[0]?.name ?? '';
  const runners = races[0]?.runners ?? [];
  return {
    name,
    rounds: races.reduce((sum, { rounds }) => sum + rounds, 0),
    runners: runners.map((runner, place) => {
      const samples = races.flatMap((race) => race.runners[place]?.samples ?? []);
      return resultOf(runner.name, runner.concurrency, samples);
    }),
  };
}

/** With fewer, the slowest hundredth is a handful. */
const enoughForP99 = 1000;

function resultOf(name: string, concurrency: number, samples: readonly Timed[]): RunnerResult {
  const times = samples.flatMap((sample) => sample.times).sort((one, other) => one - other);
  const p99 = times.length < enoughForP99 ? undefined : quantile(times, 0.99);
  return { name, concurrency, ...medians(samples), p50: quantile(times, 0.5), p99, samples };
}

async function sampleOf({ contender, work }: Runner, { load }: Stage, backend: Contender): Promise<Timed> {
  await load.prepare(work);
  const [before, backendBefore] = [await contender.usage(), await backend.usage()];
  const { requests, seconds, times, cpu: generatorCpu } = await load.run(stretch);
  const [after, backendAfter] = [await contender.usage(), await backend.usage()];
  const cpu = after.cpu - before.cpu;
  const shareOf = (microseconds: number): number => microseconds / 1e6 / seconds;
  return {
    cpuPerRequest: cpu / requests,
    requestsPerSecond: requests / seconds,
    times,
    busy: shareOf(cpu),
    generatorBusy: shareOf(generatorCpu),
    backendBusy: shareOf(backendAfter.cpu - backendBefore.cpu),
  };
}

function medians(samples: readonly Sample[]): Sample {
  const of = (figure: keyof Sample): number => median(samples.map((sample) => sample[figure]));
  return {
    cpuPerRequest: of('cpuPerRequest'),
    requestsPerSecond: of('requestsPerSecond'),
    busy: of('busy'),
    generatorBusy: of('generatorBusy'),
    backendBusy: of('backendBusy'),
  };
}

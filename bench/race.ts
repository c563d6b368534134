import type { Stretch, Work } from './load/work.ts';
import type { Contender } from './process.ts';
import { inRounds, median } from './rounds.ts';
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
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
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
  readonly samples: readonly Sample[];
}

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
    runners: [...samples].map(([runner, taken]) => ({
      name: runner.name,
      concurrency: runner.work.concurrency,
      ...medians(taken),
      samples: taken,
    })),
  };
}

async function sampleOf({ contender, work }: Runner, { load }: Stage, backend: Contender): Promise<Sample> {
  await load.prepare(work);
  const [before, backendBefore] = [await contender.usage(), await backend.usage()];
  const { requests, seconds, p50, p99, cpu: generatorCpu } = await load.run(stretch);
  const [after, backendAfter] = [await contender.usage(), await backend.usage()];
  const cpu = after.cpu - before.cpu;
  const shareOf = (microseconds: number): number => microseconds / 1e6 / seconds;
  return {
    cpuPerRequest: cpu / requests,
    requestsPerSecond: requests / seconds,
    p50,
    p99,
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
    p50: of('p50'),
    p99: of('p99'),
    busy: of('busy'),
    generatorBusy: of('generatorBusy'),
    backendBusy: of('backendBusy'),
  };
}

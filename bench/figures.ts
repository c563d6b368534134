import type { RaceResult } from './race.ts';
import { quantile } from './rounds.ts';
import type { Memory, Results, Translated } from './results.ts';
import { tuned, untuned } from './translation/of-set.ts';

/** A figure that the gateway is held to, or that is only told. */
interface Figure {
  readonly name: string;
  readonly unit: 'x' | 'MB' | '%' | '';
  readonly better: 'more' | 'less';
  /** What it has to reach. */
  readonly must?: number;
  readonly aim?: number;
  /** Another reading of a figure, or one that nothing depends on: it is told what it reaches, and it is not judged. */
  readonly reported?: true;
  /** Undefined when it was not measured. */
  readonly of: (results: Results) => Measured | undefined;
}

/** A ratio of medians, or a number. */
interface Measured {
  readonly value: number;
  /** Between which values half of the rounds were, each by itself. */
  readonly spread?: readonly [low: number, high: number];
}

type Reached = 'aim' | 'must' | 'misses' | 'below its aim';

/** What came of a figure. */
type Verdict = Reached | `reported: ${Reached}` | 'reported' | 'not measured';

const megabyte = 1e6;

/** Everything that performance is judged by. A ratio above 1 says how many times less the gateway takes. */
const figures: readonly Figure[] = [
  {
    name: 'GET one klant, against the bare pass-through, by CPU time',
    unit: 'x',
    better: 'more',
    must: 0.9,
    aim: 1.2,
    of: ({ reads }) => timesCheaper(reads?.klant, 'pass-through'),
  },
  {
    name: 'the same, against a pass-through that has our setting of V8',
    unit: 'x',
    better: 'more',
    must: 0.9,
    aim: 1.2,
    reported: true,
    of: ({ reads }) => timesCheaper(reads?.klant, 'pass-through, V8 as in the gateway'),
  },
  {
    name: 'GET a list of 100, against the bare pass-through, by CPU time',
    unit: 'x',
    better: 'more',
    must: 0.35,
    aim: 0.5,
    of: ({ reads }) => timesCheaper(reads?.list, 'pass-through'),
  },
  {
    name: 'the same, against a pass-through that has our setting of V8',
    unit: 'x',
    better: 'more',
    must: 0.35,
    aim: 0.5,
    reported: true,
    of: ({ reads }) => timesCheaper(reads?.list, 'pass-through, V8 as in the gateway'),
  },
  {
    name: 'mapping a list of 100: compiled against the interpreter, within the same limits',
    unit: 'x',
    better: 'more',
    must: 40,
    aim: 100,
    of: ({ translations }) => againstInterpreter(translations, tuned),
  },
  {
    name: 'the same, against JSONata as it comes, without limits',
    unit: 'x',
    better: 'more',
    must: 40,
    aim: 100,
    reported: true,
    of: ({ translations }) => {
      const { asShipped, compiled } = found(translations, tuned) ?? {};
      return ratio(asShipped, compiled);
    },
  },
  {
    name: 'compiled against the interpreter, for a mapping that nobody tuned for',
    unit: 'x',
    better: 'more',
    must: 20,
    aim: 50,
    of: ({ translations }) => againstInterpreter(translations, untuned),
  },
  {
    name: 'mapping a list of 100: the time of what is written by hand',
    unit: 'x',
    better: 'less',
    must: 6,
    aim: 4,
    of: ({ translations }) => {
      const { compiled, byHand } = found(translations, tuned) ?? {};
      return ratio(compiled, byHand);
    },
  },
  {
    name: '304 from the cache, against a Koa that answers a constant 304 at the same pace, by CPU time',
    unit: 'x',
    better: 'more',
    must: 0.6,
    aim: 0.8,
    of: ({ unchanged }) => timesCheaper(unchanged?.atOnePace, 'Koa that answers a constant 304'),
  },
  {
    name: 'the same, each as fast as it can, by CPU time',
    unit: 'x',
    better: 'more',
    must: 0.6,
    aim: 0.8,
    reported: true,
    of: ({ unchanged }) => timesCheaper(unchanged?.freely, 'Koa that answers a constant 304'),
  },
  {
    name: 'requests to the CRM for 100 identical concurrent reads of a cold resource',
    unit: '',
    better: 'less',
    must: 1,
    aim: 1,
    of: ({ coldReads }) => coldReads && { value: coldReads.reachedCrm },
  },
  {
    name: 'memory kept after 100,000 mixed requests: more than after 10,000',
    unit: '%',
    better: 'less',
    must: 20,
    aim: 10,
    of: ({ memory }) => grownBy(memory, 'kept'),
  },
  {
    name: 'the same of all memory of the process at work, garbage included',
    unit: '%',
    better: 'less',
    must: 20,
    aim: 10,
    reported: true,
    of: ({ memory }) => grownBy(memory, 'atWork'),
  },
  {
    name: 'idle memory',
    unit: 'MB',
    better: 'less',
    must: 90,
    aim: 75,
    of: ({ start }) => start && { value: start.idle / megabyte },
  },
  {
    name: 'time to ready, against `node -e 0`',
    unit: 'x',
    better: 'less',
    must: 8,
    aim: 5,
    of: ({ start }) => ratio(start?.ready, start?.bareNode),
  },
  {
    name: 'GET one klant, against Node-RED with the same translation, by CPU time',
    unit: 'x',
    better: 'more',
    aim: 5,
    reported: true,
    of: ({ reads }) => timesCheaper(reads?.klant, 'Node-RED'),
  },
  {
    name: 'GET a list of 100, against Node-RED, by CPU time',
    unit: 'x',
    better: 'more',
    aim: 15,
    reported: true,
    of: ({ reads }) => timesCheaper(reads?.list, 'Node-RED'),
  },
  {
    name: 'GET one klant, against nginx forwarding, by CPU time',
    unit: 'x',
    better: 'more',
    reported: true,
    of: ({ reads }) => timesCheaper(reads?.klant, 'nginx'),
  },
  {
    name: 'GET a list of 100, against nginx forwarding, by CPU time',
    unit: 'x',
    better: 'more',
    reported: true,
    of: ({ reads }) => timesCheaper(reads?.list, 'nginx'),
  },
];

/** A figure with what came of it. */
export interface Judged extends Omit<Figure, 'of'> {
  /** Undefined when it was not measured. */
  readonly measured: Measured | undefined;
  readonly verdict: Verdict;
}

/** Holds what was measured against every figure. */
export function judge(results: Results): Judged[] {
  return figures.map(({ of, ...figure }) => {
    const measured = of(results);
    return { ...figure, measured, verdict: verdictOn(figure, measured?.value) };
  });
}

function verdictOn(figure: Omit<Figure, 'of'>, value: number | undefined): Verdict {
  if (value === undefined) return 'not measured';
  const reached = reachedBy(figure, value);
  if (reached === undefined) return 'reported';
  return figure.reported ? `reported: ${reached}` : reached;
}

/** Undefined when there is nothing to be reached. */
function reachedBy({ better, must, aim }: Omit<Figure, 'of'>, value: number): Reached | undefined {
  const reaches = (bound: number): boolean => (better === 'more' ? value >= bound : value <= bound);
  if (aim !== undefined && reaches(aim)) return 'aim';
  if (must !== undefined) return reaches(must) ? 'must' : 'misses';
  return aim === undefined ? undefined : 'below its aim';
}

/** How many times the processor time of the gateway another one takes for the same. */
function timesCheaper(race: RaceResult | undefined, than: string): Measured | undefined {
  const other = found(race?.runners, than);
  const gateway = found(race?.runners, 'gateway');
  if (!other || !gateway) return undefined;
  const inRounds = other.samples
    .map(({ cpuPerRequest }, round) => cpuPerRequest / (gateway.samples[round]?.cpuPerRequest ?? NaN))
    .sort((one, another) => one - another);
  const spread = [quantile(inRounds, 0.25), quantile(inRounds, 0.75)] as const;
  return { value: other.cpuPerRequest / gateway.cpuPerRequest, spread };
}

function grownBy(memory: Memory | undefined, what: 'kept' | 'atWork'): Measured | undefined {
  const grown = ratio(memory?.at(-1)?.[what], memory?.[0]?.[what]);
  return grown && { value: (grown.value - 1) * 100 };
}

function againstInterpreter(
  translations: readonly Translated[] | undefined,
  name: string,
): Measured | undefined {
  const { interpreted, compiled } = found(translations, name) ?? {};
  return ratio(interpreted, compiled);
}

function found<T extends { readonly name: string }>(
  items: readonly T[] | undefined,
  name: string,
): T | undefined {
  return items?.find((item) => item.name === name);
}

function ratio(one: number | undefined, other: number | undefined): Measured | undefined {
  return one === undefined || other === undefined ? undefined : { value: one / other };
}

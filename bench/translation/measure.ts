import { isDeepStrictEqual } from 'node:util';
import jsonata from 'jsonata';
import type { Json } from '../../src/json.ts';
import { compiled } from '../../src/mapping/compiled.ts';
import { parseExpression } from '../../src/mapping/expression.ts';
import { fixedBindings } from '../../src/mapping/functions.ts';
import type { CodeTables } from '../../src/mapping/helpers/helper.ts';
import { interpreted } from '../../src/mapping/interpreter.ts';
import { defaultLimits } from '../../src/mapping/limits.ts';
import type { Translated } from '../results.ts';
import { inRounds, median } from '../rounds.ts';

/** A translation of one record, with all that it needs. */
export interface Translation {
  readonly name: string;
  /** Where its source is from, for messages. */
  readonly file: string;
  readonly source: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly codes: CodeTables;
  readonly record: Json;
  readonly byHand?: (record: Json) => unknown;
}

const records = 100;

/** How many lists are translated in one go: enough to measure, and little enough for the slowest. */
const listsAtOnce = { asShipped: 2, interpreted: 2, compiled: 60, byHand: 200 } as const;

/** Rounds until V8 has compiled all of it, the interpreter too. */
const warmUp = 12;

type Way = keyof typeof listsAtOnce;

/** Translates one record, at once or later. */
type Translate = (record: Json) => unknown;

/** Measures a list of 100 records that is compiled, interpreted and written by hand, in interleaved and shuffled rounds. */
export async function measure(translation: Translation, rounds: number): Promise<Translated> {
  const { name, record } = translation;
  const ways = await waysOf(translation);
  const list = Array.from({ length: records }, () => structuredClone(record));
  const taken = await inRounds([...ways], { rounds, warmUp }, ([way, translate]) =>
    costOf(translate, list, listsAtOnce[way]),
  );
  const samples = new Map([...taken].map(([[way], costs]) => [way, costs]));
  const of = (way: Way): number => median(samples.get(way) ?? []);
  return {
    name,
    records,
    asShipped: of('asShipped'),
    interpreted: of('interpreted'),
    compiled: of('compiled'),
    byHand: ways.has('byHand') ? of('byHand') : undefined,
  };
}

/** @throws Error when they do not come to the same, and so are not to be compared */
async function waysOf(translation: Translation): Promise<Map<Way, Translate>> {
  const { name, file, source, settings, codes, record, byHand } = translation;
  const fixed = fixedBindings({ settings, codes, clock: { now: () => 0 }, random: () => 0 });
  const interpret = interpreted(source, fixed, defaultLimits);
  const evaluate = await compiled(parseExpression(file, source).tree, fixed, defaultLimits);
  const shipped = jsonata(source);
  for (const [binding, value] of Object.entries(fixed)) shipped.assign(binding, value);
  const ways = new Map<Way, Translate>([
    ['asShipped', (one) => shipped.evaluate(one)],
    ['interpreted', (one) => interpret(one, {})],
    ['compiled', (one) => evaluate(one, {})],
  ]);
  if (byHand) ways.set('byHand', byHand);
  const results = await Promise.all(
    [...ways.values()].map(async (translate) => asJson(await translate(record))),
  );
  if (!results.every((result) => isDeepStrictEqual(result, results[0]))) {
    throw new Error(`${name}: not the same`);
  }
  return ways;
}

/** JSONata's own lists and objects carry more than what is in them. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Microseconds of the processor for one list. */
async function costOf(translate: Translate, list: readonly Json[], lists: number): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < lists; time += 1) await translateAll(translate, list);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / lists;
}

async function translateAll(translate: Translate, list: readonly Json[]): Promise<void> {
  for (const record of list) {
    const translated = translate(record);
    // Who answers at once is not made to wait.
    if (translated instanceof Promise) await translated;
  }
}

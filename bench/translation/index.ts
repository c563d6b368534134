import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { readYaml } from '../../src/files/yaml-file.ts';
import { type Json, valueAt } from '../../src/json.ts';
import { compiled } from '../../src/mapping/compiled.ts';
import { parseExpression } from '../../src/mapping/expression.ts';
import { fixedBindings } from '../../src/mapping/functions.ts';
import type { CodeTables } from '../../src/mapping/helpers/helper.ts';
import { interpreted } from '../../src/mapping/interpreter.ts';
import { defaultLimits } from '../../src/mapping/limits.ts';
import { median, shuffled } from '../rounds.ts';
import { klantByHand, type Relatie, type Settings } from './by-hand.ts';

/** What a list of 100 records costs: microseconds of the processor, the median of some rounds. */
export interface Translated {
  readonly name: string;
  readonly interpreted: number;
  readonly compiled: number;
  /** Undefined where nobody wrote it by hand. */
  readonly byHand: number | undefined;
}

/** A klant of a mapping set, and the record that one of its examples has. */
interface Translation {
  readonly name: string;
  readonly set: string;
  readonly file: string;
  readonly example: string;
  readonly record: string;
  readonly byHand?: (record: Relatie, settings: Settings) => unknown;
}

const translations: readonly Translation[] = [
  {
    name: 'demo-crm, klant',
    set: 'demo-crm',
    file: 'klant.from-crm.jsonata',
    example: 'klant.read.natuurlijk-persoon.yaml',
    record: 'RELATIE',
    byHand: klantByHand,
  },
  {
    name: 'suitecrm, klant: nobody tuned for it',
    set: 'suitecrm',
    file: 'klant.from.jsonata',
    example: 'klant.read.natuurlijk-persoon.yaml',
    record: 'data',
  },
];

const records = 100;

/** How many lists are translated in one go: enough to measure, and little enough for the slowest. */
const listsAtOnce = { interpreted: 1, compiled: 30, byHand: 100 } as const;

type Way = keyof typeof listsAtOnce;

/** Translates one record, at once or later. */
type Translate = (record: Json) => unknown;

/** Measures lists of klanten that are compiled, interpreted and written by hand, in interleaved and shuffled rounds. */
export async function measureTranslations(rounds: number): Promise<Translated[]> {
  const measured: Translated[] = [];
  for (const translation of translations) measured.push(await measure(translation, rounds));
  return measured;
}

async function measure(translation: Translation, rounds: number): Promise<Translated> {
  const { record, ways } = await waysOf(translation);
  const list = Array.from({ length: records }, () => structuredClone(record));
  const samples = new Map<Way, number[]>([...ways.keys()].map((way) => [way, []]));
  // The first rounds only warm up.
  for (let round = -3; round < rounds; round += 1) {
    for (const [way, translate] of shuffled([...ways])) {
      const cost = await costOf(translate, list, listsAtOnce[way]);
      if (round >= 0) samples.get(way)?.push(cost);
    }
  }
  const of = (way: Way): number => median(samples.get(way) ?? []);
  return {
    name: translation.name,
    interpreted: of('interpreted'),
    compiled: of('compiled'),
    byHand: ways.has('byHand') ? of('byHand') : undefined,
  };
}

/** @throws Error when they do not come to the same, and so are not to be compared */
async function waysOf({ set, file, example, record: at, byHand }: Translation) {
  const folder = fileURLToPath(new URL(`../../mappings/${set}`, import.meta.url));
  const source = await readFile(path.join(folder, file), 'utf8');
  const { settings = {}, codes = {} } = (await readYaml(path.join(folder, 'mapping.yaml'))).value as SetFile;
  const fixed = fixedBindings({ settings, codes, clock: { now: () => 0 }, random: () => 0 });
  const interpret = interpreted(source, fixed, defaultLimits);
  const evaluate = await compiled(parseExpression(file, source).tree, fixed, defaultLimits);
  const ways = new Map<Way, Translate>([
    ['interpreted', (one) => interpret(one, {})],
    ['compiled', (one) => evaluate(one, {})],
  ]);
  if (byHand) ways.set('byHand', (one) => byHand(one as Relatie, settings as unknown as Settings));
  const { value } = await readYaml(path.join(folder, 'examples', example));
  const record = valueAt(value, `exchanges.0.answer.body.${at}`) as Json;
  const results = await Promise.all([...ways.values()].map((translate) => translate(record)));
  if (!results.every((result) => isDeepStrictEqual(result, results[0])))
    throw new Error(`${set}: not the same`);
  return { record, ways };
}

/** What a mapping.yaml has of it. */
interface SetFile {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly codes?: CodeTables;
}

/** Microseconds of the processor for one list. */
async function costOf(translate: Translate, list: readonly Json[], lists: number): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < lists; time += 1) for (const record of list) await translate(record);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / lists;
}

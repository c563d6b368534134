import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exampleClock, exampleRandom, playExample } from '../examples/run.ts';
import { type Depersonalise, depersonaliser } from '../examples/depersonalise.ts';
import type { Example } from '../examples/format.ts';
import { exampleOf, type Live } from '../examples/from-live.ts';
import { formatMistakes, Mistakes, pathText } from '../files/mistakes.ts';
import { patchYaml } from '../files/yaml-patch.ts';
import type { JsonObject } from '../json.ts';
import { type Loaded, loadAll, loadMappingsAlone } from '../load.ts';
import type { MappingSet } from '../mapping/set.ts';
import { type Command, exit, type Terminal, UsageError } from './command.ts';
import { ask } from './live/ask.ts';
import { type Asked, askedOptions, isWrite, readAsked } from './live/asked.ts';
import { keptOf } from './live/kept-of.ts';
import { liveOf, recordable } from './live/live-of.ts';
import { watchLine } from './live/watch-line.ts';

/** The clock and the dice of examples, so that the example plays. */
const ports = { clock: exampleClock, random: exampleRandom };

/** Whom examples are asked by. */
const caller = 'example';

/** `klantbrug record`: a round trip with the real CRM as an example, without anybody's particulars. */
export const record: Command = {
  name: 'record',
  summary: 'do one operation on the real CRM and write it down as an example, with personal data replaced',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    ...askedOptions,
    about: { required: true, meaning: 'what the example shows, in one sentence' },
    out: {
      required: false,
      meaning: 'the file to write; without it, one in the folder examples of the mapping set',
    },
    write: {
      required: false,
      flag: true,
      meaning: 'allow an operation that changes something in the CRM, and tells others of it',
    },
  },
  words: { name: 'OPERATION', meaning: 'which one: klant.list, klant.read, contactmoment.create and so on' },

  async run({ config: file = '', about = '', out, write, ...options }, terminal, words) {
    const asked = await readAsked(options, words);
    if (isWrite(asked.operation) && write === undefined) {
      throw new UsageError('this operation changes something in the CRM: add --write when you mean that');
    }
    if (new URLSearchParams(asked.query).has('ordering')) {
      throw new UsageError('an example has no ordering: leave it out of --query');
    }
    try {
      const loaded = await loadAll(file, terminal.environment, ports);
      const target = out ?? path.join(loaded.config.mapping.folder, 'examples', nameFor(asked, about));
      if (await exists(target)) {
        terminal.error(`${target} is there already: nothing was asked of the CRM.`);
        return exit.wrong;
      }
      const [alone] = await loadMappingsAlone(file, ports);
      if (!alone) throw new Error('There was no mapping set to load.');
      return await recordIt({ loaded, own: alone.set, asked, about, target }, terminal);
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      terminal.error(formatMistakes(caught.mistakes));
      return exit.wrong;
    }
  },
};

interface Recording {
  readonly loaded: Loaded;
  /** The set with its own settings: what examples are played on. */
  readonly own: MappingSet;
  readonly asked: Asked;
  readonly about: string;
  readonly target: string;
}

async function recordIt(
  { loaded, own, asked, about, target }: Recording,
  terminal: Terminal,
): Promise<number> {
  const outcome = await ask(recordable(loaded), asked, watchLine(), { ...ports, caller }, terminal);
  const live = liveOf(outcome, about);
  if ('impossible' in live) {
    terminal.error(`Nothing was written: ${live.impossible}.`);
    return exit.wrong;
  }
  const kept = await keptOf(loaded, own, live);
  const attempt = await heldOf(own, live, () => depersonaliser(kept, Math.random));
  if ('differences' in attempt) {
    const before = await differencesOf(
      own,
      exampleOf(live, (value) => value),
    );
    const marked = attempt.differences.map(
      (place) => `  ${place}${before.includes(place) ? ' (also with the values as they came)' : ''}`,
    );
    const why = 'Nothing was written: the example does not hold when it is played. It comes out otherwise at';
    terminal.error([why, ...marked].join('\n'));
    return exit.wrong;
  }
  const example = JSON.parse(JSON.stringify(attempt.example)) as JsonObject;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, patchYaml('', example), { flag: 'wx' });
  terminal.out(
    `${target}: written, and it holds. Read it before you share it: replacing is done by the look of values.`,
  );
  return exit.done;
}

/** How often other values are made up when an example does not hold: they may have come out unluckily. */
const attempts = 3;

/** An example that holds, or the places where the last one did not. */
async function heldOf(
  own: MappingSet,
  live: Live,
  change: () => Depersonalise,
): Promise<{ readonly example: Example } | { readonly differences: readonly string[] }> {
  let differences: readonly string[] = [];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const example = exampleOf(live, change());
    differences = await differencesOf(own, example);
    if (differences.length === 0) return { example };
  }
  return { differences };
}

/** Places only: the values may be somebody's. */
async function differencesOf(own: MappingSet, example: Example): Promise<readonly string[]> {
  const { differences } = await playExample(own, example);
  return [...new Set(differences.map(({ path: at }) => pathText(at)))];
}

/** `klant.list.a-search-that-finds-nobody.yaml` */
function nameFor({ resource, operation }: Asked, about: string): string {
  const words = about.toLowerCase().match(/[a-z0-9]+/g) ?? ['recorded'];
  return `${resource}.${operation}.${words.slice(0, 6).join('-')}.yaml`;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exampleClock, exampleRandom } from '../examples/run.ts';
import type { Example } from '../examples/format.ts';
import { formatMistakes, Mistakes, pathText } from '../files/mistakes.ts';
import { patchYaml } from '../files/yaml-patch.ts';
import type { JsonObject } from '../json.ts';
import { switchOf } from '../config/index.ts';
import { type Loaded, loadAll, loadMappingsAlone } from '../load.ts';
import { Problem } from '../problem.ts';
import type { MappingSet } from '../mapping/set.ts';
import { type Command, exit, type Terminal, UsageError } from './command.ts';
import { ask } from './live/ask.ts';
import { type Asked, askedOptions, isWrite, readAsked, revealOption } from './live/asked.ts';
import { type Held, heldOf } from './live/held-of.ts';
import { keptOf } from './live/kept-of.ts';
import { liveOf, recordable } from './live/live-of.ts';
import { watchLine } from './live/watch-line.ts';
import { whatWasDone } from './live/what-was-done.ts';

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
    ...revealOption,
  },
  words: { name: 'OPERATION', meaning: 'which one: klant.list, klant.read, contactmoment.create and so on' },

  async run({ config: file = '', about = '', out, write, reveal, ...options }, terminal, words) {
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
      return await recordIt(
        { loaded, own: alone.set, asked, about, target, reveal: reveal !== undefined },
        terminal,
      );
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
  /** Whether values may be shown. */
  readonly reveal: boolean;
}

async function recordIt(
  { loaded, own, asked, about, target, reveal }: Recording,
  terminal: Terminal,
): Promise<number> {
  const outcome = await ask(recordable(loaded), asked, watchLine(), { ...ports, caller }, terminal);
  const live = liveOf(outcome, about);
  const attempt = 'impossible' in live ? live : await heldOf(own, live, await keptOf(loaded, own, live));
  if (!('example' in attempt)) {
    const why = 'impossible' in attempt ? [`${attempt.impossible}.`] : whyNot(attempt, loaded, reveal);
    terminal.error([`Nothing was written: ${why.join('\n')}`, ...whatWasDone(outcome)].join('\n'));
    return exit.wrong;
  }
  const example = JSON.parse(JSON.stringify(attempt.example)) as JsonObject;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, (await schemaLine(loaded, target)) + patchYaml('', example), { flag: 'wx' });
  terminal.out(
    `${target}: written, and it holds. Read it before you share it: replacing is done by the look of values.`,
  );
  // An example of a failure that came after a write.
  const done = outcome.came instanceof Problem ? whatWasDone(outcome) : [];
  if (done.length > 0) terminal.error(done.join('\n'));
  return exit.done;
}

/** Why there is no example, in lines. */
function whyNot(
  held: Exclude<Held, { readonly example: Example }>,
  loaded: Loaded,
  reveal: boolean,
): string[] {
  if ('birthDates' in held) {
    const why = 'a date of birth would stay in the example, which cannot be replaced by its look, at';
    return [why, ...held.birthDates.map((place) => `  ${place}`)];
  }
  const places = held.differences.flatMap(({ path: at, expected, got, alsoAsItCame }) => [
    `  ${pathText(at)}${alsoAsItCame ? ' (also with the values as they came)' : ''}`,
    ...(reveal ? [`    - ${expected}`, `    + ${got}`] : []),
  ]);
  const legend = reveal ? ' (- what the example would say, + what came)' : '';
  return [
    `the example does not hold when it is played. It comes out otherwise at${legend}`,
    ...(reveal ? places : new Set(places)),
    ...switchedIn(loaded),
  ];
}

/** A rule that asks the CRM something makes other requests than an example has when it is switched otherwise. */
function switchedIn({ config, mapping }: Loaded): string[] {
  const rules = [...mapping.resources.values()].flatMap(({ resource }) => resource.rules);
  const switched = rules.filter((rule) => switchOf(config, rule) !== rule.default).map(({ id }) => id);
  if (switched.length === 0) return [];
  return [
    `The configuration switches ${[...new Set(switched)].join(', ')}; in examples rules are as they are by default.`,
  ];
}

/** What editors complete and explain the file by, where that is there: `init` makes it beside the sets. */
async function schemaLine({ config }: Loaded, target: string): Promise<string> {
  const schema = path.join(config.mapping.folder, '..', 'example.schema.json');
  if (!(await exists(schema))) return '';
  const relative = path.relative(path.dirname(target), schema).split(path.sep).join('/');
  return `# yaml-language-server: $schema=${relative}\n`;
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

import { findExamples } from '../examples/load.ts';
import { type PlayedFile, playFile } from '../examples/play-files.ts';
import { exampleClock, exampleRandom } from '../examples/run.ts';
import { formatMistakes, Mistakes } from '../files/mistakes.ts';
import { type ExampleSet, loadMappingsAlone, mappingFoldersOf } from '../load.ts';
import type { MappingSet } from '../mapping/set.ts';
import { type Command, exit, type Terminal, UsageError } from './command.ts';
import { isInOrder, reportAsJson, reportOf } from './example-report.ts';
import { onEachChange } from './watch.ts';

/** How often a long round says how far it is, in milliseconds. */
const progressEveryMs = 2000;

/** `klantbrug test`: the example files of a mapping set, played through the whole gateway. It calls nobody. */
export const test: Command = {
  name: 'test',
  summary: 'play the examples of the mapping set; exit code 1 when one does not hold',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    update: {
      required: false,
      flag: true,
      meaning:
        'write what came into the example files that do not hold, or do not say it yet; comments and layout stay',
    },
    turn: {
      required: false,
      flag: true,
      meaning: 'with --update: also where a result became a problem, or a problem a result',
    },
    watch: {
      required: false,
      flag: true,
      meaning: 'play again when a file of the set changes; Ctrl-C ends it, with exit code 0',
    },
    json: { required: false, flag: true, meaning: 'as one JSON document instead of lines' },
  },
  words: {
    name: 'NAME',
    meaning:
      'only these: a resource (klant), an operation (klant.list), or a piece of a file name or of an `about`',
  },

  async run({ config: file = '', update, turn, watch, json }, terminal, names) {
    if (turn !== undefined && update === undefined) throw new UsageError('--turn goes with --update');
    if (watch !== undefined && json !== undefined) {
      throw new UsageError('test gives one JSON document, and --watch never ends: leave out one of both');
    }
    const updates = update === undefined ? 'none' : turn === undefined ? 'same-kind' : 'all';
    const asked: Asked = { file, names, update: updates, json: json !== undefined };
    if (watch === undefined) return playAll(asked, terminal);
    const folders = await orMistakes(asked, terminal, () => mappingFoldersOf(file));
    if (folders === undefined) return exit.wrong;
    await onEachChange(folders, terminal.stopRequested(), async () => {
      await playAll(asked, terminal);
      terminal.out(`Waiting for a change in ${folders.join(' or ')}. Ctrl-C ends it.`);
    });
    return exit.done;
  },
};

/** What one round is asked to do. */
interface Asked {
  readonly file: string;
  readonly names: readonly string[];
  readonly update: 'none' | 'same-kind' | 'all';
  readonly json: boolean;
}

/** One round. @returns the exit code */
async function playAll(asked: Asked, terminal: Terminal): Promise<number> {
  const ports = { clock: exampleClock, random: exampleRandom };
  const sets = await orMistakes(asked, terminal, () => loadMappingsAlone(asked.file, ports));
  if (!sets?.[0]) return exit.wrong;
  const played = await playEach(sets, asked, terminal);
  const isRight = played.every(isInOrder) && (played.length > 0 || asked.names.length === 0);
  const { set } = sets[0];
  terminal.out(asked.json ? asJson(set, played) : summary(set, played, asked.names));
  return isRight ? exit.done : exit.wrong;
}

async function playEach(
  sets: readonly ExampleSet[],
  asked: Asked,
  terminal: Terminal,
): Promise<PlayedFile[]> {
  const played: PlayedFile[] = [];
  const files = (await Promise.all(sets.map(filesOf))).flat();
  let toldAt = performance.now();
  for (const [index, { set, file }] of files.entries()) {
    const one = await playFile(set, file, asked.names, asked.update);
    if (one) played.push(one);
    if (one && !asked.json) for (const line of reportOf(one, terminal.interactive)) terminal.out(line);
    if (terminal.interactive && performance.now() - toldAt > progressEveryMs) {
      terminal.error(`${index + 1} of ${files.length} examples …`);
      toldAt = performance.now();
    }
  }
  return played;
}

async function filesOf({ set, folder }: ExampleSet): Promise<{ set: MappingSet; file: string }[]> {
  return (await findExamples(folder)).map((file) => ({ set, file }));
}

/** What is wrong with the set is told; then there is nothing to go on with. */
async function orMistakes<T>(
  { json }: Asked,
  { out, error }: Terminal,
  load: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await load();
  } catch (caught) {
    if (!(caught instanceof Mistakes)) throw caught;
    const lines = caught.mistakes.map((mistake) => formatMistakes([mistake]));
    if (json) out(JSON.stringify({ mistakes: lines }, undefined, 2));
    else error(lines.join('\n'));
    return undefined;
  }
}

function asJson({ title, folder }: MappingSet, played: readonly PlayedFile[]): string {
  const failed = played.filter((one) => !isInOrder(one)).length;
  const updated = played.filter(({ update }) => update === 'written').length;
  const examples = played.map(reportAsJson);
  return JSON.stringify({ title, folder, played: played.length, failed, updated, examples }, undefined, 2);
}

function summary(
  { title, folder }: MappingSet,
  played: readonly PlayedFile[],
  names: readonly string[],
): string {
  if (played.length === 0) {
    return names.length === 0
      ? `There are no examples in ${folder}/examples.`
      : `No example in ${folder}/examples is about ${names.join(', ')}.`;
  }
  const failed = played.filter((one) => !isInOrder(one)).length;
  const updated = played.filter(({ update }) => update === 'written').length;
  const told = updated === 0 ? '' : `, ${updated} of them updated`;
  if (failed === 0) return `${examples(played.length)} of ${title}: all hold${told}`;
  const legend = played.some(({ differences }) => differences.length > 0)
    ? ' (- what the example says, + what came)'
    : '';
  return `${examples(played.length)} of ${title}: ${failed} do not hold${told}${legend}`;
}

function examples(count: number): string {
  return count === 1 ? '1 example' : `${count} examples`;
}

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Mistake, Mistakes } from '../files/mistakes.ts';
import { patchYaml } from '../files/yaml-patch.ts';
import type { MappingSet } from '../mapping/set.ts';
import type { JsonObject } from '../json.ts';
import type { Difference } from './difference.ts';
import type { Example } from './format.ts';
import { isUnanswered, loadPlacedExample, operationOf, type PlacedExample } from './load.ts';
import type { Outcome } from './outcome.ts';
import { playExample } from './run.ts';
import { asItCame } from './update.ts';

/** A difference, and the line and column in the file of the example that say otherwise. */
export type PlacedDifference = Difference & { readonly line: number; readonly column: number };

/** An example file that was played; or that could not be, and then it has mistakes and no example. */
export interface PlayedFile {
  readonly file: string;
  readonly example: Example | undefined;
  readonly mistakes: readonly Mistake[];
  readonly differences: readonly PlacedDifference[];
  /** What became of the file when it was to be updated: it says what came, or why it does not. */
  readonly update: 'written' | { readonly impossible: string } | undefined;
}

/**
 * Plays one example file.
 *
 * @param names only when one of these tells the example, see `isNamed`; none of them: always
 * @param update which files that do not hold are changed to what came: `same-kind` leaves those alone in which a result
 * became a problem, or a problem a result. What a file does not say yet is written in it too
 * @returns undefined when it is not among those that are named
 */
export async function playFile(
  set: MappingSet,
  file: string,
  names: readonly string[],
  update: 'none' | 'same-kind' | 'all',
): Promise<PlayedFile | undefined> {
  const placed = await loadOrMistakes(file, update === 'none' ? 'whole' : 'unanswered');
  const example = 'mistakes' in placed ? undefined : placed.example;
  if (names.length > 0 && !names.some((name) => isNamed(set, file, example, name))) return undefined;
  if ('mistakes' in placed) {
    return { file, example, mistakes: placed.mistakes, differences: [], update: undefined };
  }
  const { differences, came } = await playExample(set, placed.example);
  const at = differences.map((difference) => ({ ...difference, ...placed.yaml.at(difference.path) }));
  const played = { file, example, mistakes: [], differences: at, update: undefined };
  if (update === 'none' || differences.length === 0 || !came) return played;
  const wanted = asItCame(placed.example, came);
  if ('impossible' in wanted) return { ...played, update: { impossible: wanted.impossible } };
  const turned = update === 'all' ? undefined : turnOf(placed.example, came.outcome);
  if (turned !== undefined) return { ...played, update: { impossible: turned } };
  return { ...played, update: await rewrite(set, file, wanted.example) };
}

/** What an author has to look at first: what was meant to work does not, or the other way round. */
function turnOf(example: Example, outcome: Outcome): string | undefined {
  const { problem } = example;
  const isProblem = 'problem' in outcome;
  // Nothing was expected. That the set fails is nothing that an author would ask for.
  if (isUnanswered(example)) {
    if (!isProblem || outcome.problem.status < 500) return undefined;
    return `the set answers ${outcome.problem.status} ${outcome.problem.code}: --update --turn writes that`;
  }
  if (isProblem === (problem !== undefined)) return undefined;
  const [before, now] = isProblem ? ['result', 'problem'] : ['problem', 'result'];
  const which = isProblem ? ` (${outcome.problem.status} ${outcome.problem.code})` : '';
  return `the ${before} became a ${now}${which}: --update --turn writes that`;
}

/**
 * Whether a name tells an example: the resource or the operation that it is about. A name that is neither is looked
 * for in the name of the file and in what the example says it is about.
 */
function isNamed(set: MappingSet, file: string, example: Example | undefined, name: string): boolean {
  const base = path.basename(file);
  const [resource = '', operation] = name.split('.');
  if (set.resources.has(resource) && (operation === undefined || name === example?.operation)) {
    return example ? operationOf(example).resource === resource : base.startsWith(`${name}.`);
  }
  const text = [base, example?.about ?? ''].join('\n').toLowerCase();
  return text.includes(name.toLowerCase());
}

async function loadOrMistakes(
  file: string,
  completeness: 'whole' | 'unanswered',
): Promise<PlacedExample | Pick<Mistakes, 'mistakes'>> {
  try {
    return await loadPlacedExample(file, completeness);
  } catch (error) {
    if (error instanceof Mistakes) return { mistakes: error.mistakes };
    throw error;
  }
}

/** Writes what came, and plays that: what comes out otherwise each time cannot be an example. */
async function rewrite(set: MappingSet, file: string, example: JsonObject): Promise<PlayedFile['update']> {
  const before = await readFile(file, 'utf8');
  await writeFile(file, patchYaml(before, example));
  const placed = await loadOrMistakes(file, 'whole');
  const holds = 'example' in placed && (await playExample(set, placed.example)).differences.length === 0;
  if (holds) return 'written';
  await writeFile(file, before);
  return { impossible: 'with what came as the example, it comes out otherwise again' };
}

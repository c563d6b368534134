import { startHelper } from '../process.ts';
import type { Translated } from '../results.ts';
import type { Stage } from '../stage.ts';
import { translationOf } from '../translation/of-fields.ts';
import { translationsOfSets, tuned } from '../translation/of-set.ts';
import { measure, type Translation } from '../translation/measure.ts';

/** The mapping of a list of 100, without anything around it: compiled, interpreted, and written by hand. */
export async function measureTranslations(stage: Stage): Promise<Translated[]> {
  return [...(await measureAll(await translationsOfSets(), stage.rounds)), await measureClosures(stage)];
}

/**
 * What the compiler does where code from strings is forbidden: to see what that code is worth. In a process of its own, because
 * what V8 learns of one would tell on the other.
 */
async function measureClosures(stage: Stage): Promise<Translated> {
  const options = ['--disallow-code-generation-from-strings'];
  const helper = stage.stopAtEnd(await startHelper('closures', [], { options }));
  const measured = (await helper.ask({ name: tuned, rounds: stage.rounds })) as
    Translated | { error: string };
  if ('error' in measured) throw new Error(measured.error);
  return { ...measured, name: `${tuned}, of closures alone` };
}

/** The same for records of more and more fields. */
export async function measureFields(rounds: number): Promise<Translated[]> {
  return measureAll([10, 25, 100].map(translationOf), rounds);
}

async function measureAll(translations: readonly Translation[], rounds: number): Promise<Translated[]> {
  const measured: Translated[] = [];
  for (const translation of translations) measured.push(await measure(translation, rounds));
  return measured;
}

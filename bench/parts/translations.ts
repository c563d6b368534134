import type { Translated } from '../results.ts';
import { translationOf } from '../translation/of-fields.ts';
import { translationsOfSets } from '../translation/of-set.ts';
import { measure, type Translation } from '../translation/measure.ts';

/** The mapping of a list of 100, without anything around it: compiled, interpreted, and written by hand. */
export async function measureTranslations(rounds: number): Promise<Translated[]> {
  return measureAll(await translationsOfSets(), rounds);
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

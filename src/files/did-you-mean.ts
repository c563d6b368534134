import { closestMatch } from 'leven';

/**
 * The known word that was probably meant by an unknown one, or undefined when none is near.
 * Near is two slips, or one in every three letters of a long word: a letter missing, added or changed.
 */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const nearest = closestMatch(
    word.toLowerCase(),
    known.map((candidate) => candidate.toLowerCase()),
    { maxDistance: Math.max(1, Math.floor(word.length / 3), word.length > 3 ? 2 : 1) },
  );
  return known.find((candidate) => candidate.toLowerCase() === nearest);
}

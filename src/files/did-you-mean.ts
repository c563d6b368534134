import { closestMatch } from 'leven';

/**
 * The known word that was probably meant by an unknown one, or undefined when none is near.
 * Near is two slips, or one in every three letters of a long word: a letter missing, added or changed. When none is,
 * a piece of a longer word will do: `email` of `emailadres`.
 */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const nearest = closestMatch(
    wanted,
    known.map((candidate) => candidate.toLowerCase()),
    { maxDistance: Math.max(1, Math.floor(word.length / 3), word.length > 3 ? 2 : 1) },
  );
  return known.find((candidate) => candidate.toLowerCase() === nearest) ?? withPiece(wanted, known);
}

/** The shortest word that begins with a piece; or else, that has it anywhere. */
function withPiece(piece: string, known: readonly string[]): string | undefined {
  if (piece.length < shortestPiece) return undefined;
  const placeIn = (candidate: string): number => candidate.toLowerCase().indexOf(piece);
  return known
    .filter((candidate) => placeIn(candidate) >= 0)
    .sort(
      (one, other) => Math.sign(placeIn(one)) - Math.sign(placeIn(other)) || one.length - other.length,
    )[0];
}

/** Fewer letters are in too many words. */
const shortestPiece = 3;

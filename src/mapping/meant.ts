import { didYouMean } from '../files/did-you-mean.ts';

/** The known word that was probably meant, as the rest of a sentence. */
export function meant(name: string, known: readonly string[], prefix = ''): string {
  const nearest = didYouMean(name, known);
  return nearest === undefined ? '' : `: did you mean '${prefix}${nearest}'?`;
}

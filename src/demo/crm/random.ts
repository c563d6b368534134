/** A source of numbers that look random and are the same at every start. */
export interface Random {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  /** True in so many of a hundred cases. */
  percent(chance: number): boolean;
  /** One of a list that is not empty. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** Starts a source (the generator is known as mulberry32). */
export function startRandom(seed: number): Random {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    percent: (chance) => below(100) < chance,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

/**
 * The numbers of nine digits that pass the Dutch "elfproef" (the check on citizen and fiscal numbers), counting
 * up from `from` until and including `to`.
 *
 * @returns texts with their leading zeros
 */
export function* elevenProofNumbers(from: number, to: number): Generator<string, undefined> {
  for (let number = from; number <= to; number += 1) {
    const text = String(number).padStart(9, '0');
    if (passesElevenProof(text)) yield text;
  }
}

/** Whether a text of nine digits passes the "elfproef". */
export function passesElevenProof(text: string): boolean {
  const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
  const sum = weights.reduce((total, weight, position) => total + weight * Number(text[position]), 0);
  return /^\d{9}$/.test(text) && sum % 11 === 0;
}

/** The value below which a share of the sorted values lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The middle of some values. */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((one, other) => one - other),
    0.5,
  );
}

/** In another order each time, so that whatever else the machine does hits all. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** Samples of each item, taken in shuffled rounds. What rounds before the first give only warms up. */
export async function inRounds<Item, Sample>(
  items: readonly Item[],
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
  take: (item: Item) => Promise<Sample>,
): Promise<Map<Item, Sample[]>> {
  const samples = new Map<Item, Sample[]>(items.map((item) => [item, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const item of shuffled(items)) {
      const sample = await take(item);
      if (round >= 0) samples.get(item)?.push(sample);
    }
  }
  return samples;
}

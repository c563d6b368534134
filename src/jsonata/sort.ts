import type { Run } from './run.ts';

/** Whether the first of two comes after the second. */
export type IsAfter = (first: unknown, second: unknown) => unknown;

/** Sorts by merging, as JSONata does: what is equal stays in its order. A list of one is given back itself. */
export function sorted(items: readonly unknown[], isAfter: IsAfter, run: Run): readonly unknown[] {
  if (items.length <= 1) return items;
  const middle = Math.floor(items.length / 2);
  const left = sorted(items.slice(0, middle), isAfter, run);
  const right = sorted(items.slice(middle), isAfter, run);
  const merged: unknown[] = [];
  let [first, second] = [0, 0];
  while (first < left.length && second < right.length) {
    run.step();
    const comesAfter = Boolean(isAfter(left[first], right[second]));
    merged.push(comesAfter ? right[second++] : left[first++]);
  }
  return [...merged, ...left.slice(first), ...right.slice(second)];
}

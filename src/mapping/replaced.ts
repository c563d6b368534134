import { isFunction } from './evaluation.ts';

type Implementation = (this: unknown, ...args: unknown[]) => unknown;

/**
 * `$distinct`: JSONata compares each item with all others. Ours looks each up by what it holds, in one pass; the order
 * of keys does not matter, as it does not to `=`.
 */
export function distinct(this: unknown, list: unknown): unknown {
  if (!Array.isArray(list) || list.length <= 1) return list;
  const scalars = new Set<unknown>();
  const contents = new Set<unknown>();
  const functions = new Map<object, number>();
  const once = list.filter((item: unknown) =>
    typeof item === 'object' && item !== null
      ? isNew(contents, JSON.stringify(comparable(item, functions)))
      : isNew(scalars, item),
  );
  // JSONata shows a sequence of one as the item itself.
  return Reflect.get(list, 'sequence') === true ? Object.assign(once, { sequence: true }) : once;
}

/** `$sort`: JSONata's own merge copies the rest of a list at every step, even where it has nothing to ask. */
export function sort(original: Implementation): Implementation {
  return function (list, swaps) {
    if (swaps !== undefined || !Array.isArray(list)) return Reflect.apply(original, this, [list, swaps]);
    if (isAll(list, 'number')) return [...list].sort((one, other) => one - other);
    if (isAll(list, 'string'))
      return [...list].sort((one, other) => (one > other ? 1 : one < other ? -1 : 0));
    return Reflect.apply(original, this, [list]);
  };
}

/** `$spread`: JSONata's own would show what a function is made of. */
export function spread(original: Implementation): Implementation {
  return function (value) {
    const isCallable = typeof value === 'object' && value !== null && isFunction(value);
    return isCallable ? value : Reflect.apply(original, this, [value]);
  };
}

function isNew(seen: Set<unknown>, key: unknown): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** A value in a form that is the same text for the same content; functions are the same only as themselves. */
function comparable(value: unknown, functions: Map<object, number>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => comparable(item, functions));
  if (isFunction(value)) return { function: numberOf(value, functions) };
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return { entries: entries.map(([name, part]) => [name, comparable(part, functions)]) };
}

function numberOf(value: object, functions: Map<object, number>): number {
  const known = functions.get(value) ?? functions.size;
  functions.set(value, known);
  return known;
}

interface Kinds {
  readonly number: number;
  readonly string: string;
}

function isAll<Kind extends keyof Kinds>(list: readonly unknown[], kind: Kind): list is Kinds[Kind][] {
  return list.every((item) => typeof item === kind);
}

import { builtInNames } from './built-ins.ts';
import { helpers } from './helpers/index.ts';
import {
  anyKeyOf,
  chosen,
  constant,
  either,
  isAbsent,
  keyOf,
  nothing,
  onlyTexts,
  type Origin,
  originAt,
  pickedBy,
  textOf,
  workedOut,
} from './origin.ts';

/** What a function makes, from what it is given. */
type Makes = (...given: readonly Origin[]) => Origin;

/** What a function of JSONata or of ours gives; undefined for a name that is none. */
export function functionOf(name: string): ((given: readonly Origin[]) => Origin) | undefined {
  const known = Object.hasOwn(own, name) ? own[name] : undefined;
  if (known) return (given) => known(...given);
  const isOne = (builtInNames as readonly string[]).includes(name) || Object.hasOwn(helpers, name);
  return isOne ? (given) => workedOut(...given.map(applied)) : undefined;
}

/** The functions that pass on what they are given, or a part of it; all others work something out. */
const own: Readonly<Record<string, Makes>> = {
  append: (...lists) => either(lists),
  clone: (value = nothing) => value,
  decode: throughTable,
  distinct: (list = nothing) => list,
  each: (object = nothing, make) => either(pairsOf(object).map(([key, value]) => call(make, value, key))),
  encode: throughTable,
  exists: (value = nothing) => (isAbsent(value) ? { ...constant, holds: false } : workedOut(value)),
  filter: (list = nothing, keeps) => pickedBy(list, call(keeps, list, constant, list)),
  lookup,
  map: (list = nothing, make) => call(make, list, constant, list),
  merge: (...objects) => either(objects),
  millis: () => originAt('$millis'),
  not: (value = nothing) =>
    // As JSONata has it: what is not there stays so.
    isAbsent(value)
      ? value
      : { ...workedOut(value), holds: value.holds === undefined ? undefined : !value.holds },
  now: () => originAt('$now'),
  random: () => originAt('$random'),
  reduce: (list = nothing, make, first = nothing) => call(make, either([first, list]), list),
  reverse: (list = nothing) => list,
  shuffle: (list = nothing) => list,
  sift,
  single: (list = nothing, keeps = nothing) =>
    keeps.call ? pickedBy(list, call(keeps, list, constant, list)) : list,
  sort: (list = nothing) => list,
};

function call(make: Origin | undefined, ...given: readonly Origin[]): Origin {
  return make?.call ? make.call(given) : { ...workedOut(...given), unknown: true };
}

/** A function that a function is given may yield whatever it can see. */
function applied(given: Origin): Origin {
  return given.call ? given.call([]) : given;
}

function throughTable(table: Origin = nothing, code: Origin = nothing, otherwise: Origin = nothing): Origin {
  const worked = workedOut(code);
  return either([{ ...worked, tables: new Set([...worked.tables, ...table.texts]) }, otherwise]);
}

function lookup(object: Origin = nothing, key: Origin = nothing): Origin {
  const names = onlyTexts(key);
  if (names) return either(names.map((name) => keyOf(object, name)));
  const value = anyKeyOf(object);
  const isOfInput = [...value.is.values(), ...value.of.values()].some(({ root }) => !root.startsWith('$'));
  return isOfInput ? pickedBy(value, key) : chosen(key, [value, constant]);
}

/** The keys that the function lets pass, and what the tree does not tell of the others. */
function sift(object: Origin = nothing, keeps?: Origin): Origin {
  const left = [...object.keys].filter(
    ([name, value]) => call(keeps, value, textOf(name), object).holds !== false,
  );
  return { ...object, keys: new Map(left) };
}

function pairsOf(object: Origin): (readonly [Origin, Origin])[] {
  const known = [...object.keys].map(([name, value]) => [textOf(name), value] as const);
  const isOpen = object.is.size > 0 || object.of.size > 0 || object.anyKey;
  return isOpen ? [...known, [constant, anyKeyOf({ ...object, keys: new Map() })]] : known;
}

import { nothing, type Origin, type Places } from './origin.ts';

/** What an expression can give, as far as its syntax tree shows it. */
export interface Yields {
  /** Something of the record of the CRM. */
  readonly record: boolean;
  /** Something that is the same for every record: a constant or a setting. */
  readonly fixed: boolean;
  /** The keys of the objects that it makes. */
  readonly keys: ReadonlyMap<string, Yields>;
  /** There may be keys that the tree does not show: a column of the CRM may hold an object. */
  readonly open: boolean;
}

/** The names that are the same for every record. */
const fixedNames = ['$settings', '$caller'];

/**
 * What the translation of a record can give: which keys, and whether each is made from the record, from a constant or
 * a setting, or from either. What the tree does not show is `open`, never left out.
 */
export function yieldsOf(origin: Origin = nothing): Yields {
  const { is, of, texts, constant, keys, anyKey, unknown } = origin;
  return {
    record: has(is, false) || has(of, false) || unknown,
    fixed: texts.size > 0 || constant || has(is, true) || (has(of, true) && !has(of, false)),
    keys: new Map([...keys].map(([name, value]) => [name, yieldsOf(value)])),
    open: is.size > 0 || anyKey !== undefined || unknown,
  };
}

function has(places: Places, isFixed: boolean): boolean {
  return [...places.values()].some(({ root }) => fixedNames.includes(root) === isFixed);
}

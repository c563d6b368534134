import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';
import { comparable, type FieldNames, fieldNames, rankOf } from './field-names.ts';
import { type SexCodes, sexCodesAmong, sexCodesLike } from './sex-codes.ts';

/** How a CRM writes a date or a sex; other values are passed on as they are. */
export type Notation = 'day-first' | 'with-time' | 'sex';

/** A field of the CRM that is taken for a field of a klant. */
export interface FieldGuess {
  /** The dotted path in a klant. */
  readonly field: string;
  /** The keys in a record of the CRM; `0` is the first of a list. */
  readonly keys: readonly (string | 0)[];
  /** Whether the name says it by itself, or only its ending does. */
  readonly sure: boolean;
  readonly notation?: Notation;
  /** Of a sex: the CRM's codes. */
  readonly codes?: SexCodes;
  /** The sample has text there, so what is written is text as well. */
  readonly asText: boolean;
  /** A made-up value in the CRM's own notation. */
  readonly madeUp: Json;
}

/** A value in a record, and where it stands. */
interface Leaf {
  readonly keys: readonly (string | 0)[];
  readonly value: Json;
}

const deepest = 4;

/** What a description says that a field can be, by its keys in a record; nothing where it does not say. */
export type ChoicesAt = (keys: readonly (string | 0)[]) => readonly Json[];

/** Guesses which fields of a record are which fields of a klant. Each field of either is used once. */
export function guessFields(record: JsonObject, choicesAt: ChoicesAt = () => []): FieldGuess[] {
  const leaves = leavesOf(record, []);
  const guesses: FieldGuess[] = [];
  for (const names of fieldNames) {
    if (guesses.some(({ field }) => field === names.field)) continue;
    const isTaken = ({ keys }: Leaf): boolean => guesses.some((guess) => same(guess.keys, keys));
    const [best] = leaves
      .filter((leaf) => !isTaken(leaf) && canBe(names, leaf.value))
      .map((leaf) => ({ leaf, rank: rankOf(names, namesOf(leaf)) }))
      .filter((one): one is { leaf: Leaf; rank: number } => one.rank !== undefined)
      .sort((one, other) => one.rank - other.rank || one.leaf.keys.length - other.leaf.keys.length);
    if (best) guesses.push(guessOf(names, best.leaf, best.rank < names.names.length, choicesAt));
  }
  return guesses;
}

/** The keys of a record that no guess uses, for the author to look at: only what looks like the name of a field. */
export function unusedKeys(record: JsonObject, guesses: readonly FieldGuess[]): string[] {
  const used = new Set(guesses.map(({ keys }) => keys[0]));
  return Object.keys(record).filter((key) => !used.has(key) && /^[A-Za-z_][A-Za-z0-9_-]{0,40}$/.test(key));
}

/** A key that can stand in JSONata, in a dotted path and in a comment. */
export function isPlainKey(key: string): boolean {
  return /^[^\s.`"\p{C}*/\\]{1,60}$/u.test(key) && key !== '__proto__';
}

function leavesOf(value: Json, keys: readonly (string | 0)[]): Leaf[] {
  if (keys.length > deepest) return [];
  if (Array.isArray(value)) return isObject(value[0]) ? leavesOf(value[0], [...keys, 0]) : [];
  if (!isObject(value)) return typeof value === 'boolean' || keys.length === 0 ? [] : [{ keys, value }];
  return Object.entries(value)
    .filter(([key]) => isPlainKey(key))
    .flatMap(([key, inner]) => leavesOf(inner, [...keys, key]));
}

/** The names that a value can be known by: its own, and that together with what it stands in. */
function namesOf({ keys }: Leaf): string[] {
  const [own = '', around = ''] = keys.filter((key) => key !== 0).toReversed();
  return [comparable(own), comparable(around + own)];
}

function canBe({ fits }: FieldNames, value: Json): boolean {
  const text = scalarText(value) ?? '';
  return text === '' || (fits?.test(text.trim()) ?? true);
}

function guessOf(
  { field, madeUp }: FieldNames,
  { keys, value }: Leaf,
  sure: boolean,
  choicesAt: ChoicesAt,
): FieldGuess {
  const asText = typeof value !== 'number';
  const basis = { field, keys, sure, asText };
  if (field.endsWith('geslachtsaanduiding')) {
    const codes = sexCodesAmong(choicesAt(keys)) ?? sexCodesLike(value);
    return { ...basis, notation: 'sex', codes, madeUp: inOwnKind(Object.keys(codes)[0] ?? '', asText) };
  }
  if (field.endsWith('geboortedatum') && typeof value === 'string') {
    if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]/.test(value))
      return { ...basis, notation: 'with-time', madeUp: `${madeUp}T00:00:00Z` };
    if (/^[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{4}$/.test(value))
      return { ...basis, notation: 'day-first', madeUp: '31-12-1980' };
  }
  return { ...basis, madeUp: inOwnKind(madeUp, asText) };
}

function inOwnKind(text: string, asText: boolean): Json {
  return asText || !/^[0-9]+$/.test(text) ? text : Number(text);
}

function same(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}

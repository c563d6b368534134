import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';
import { idCodec, type IdForm } from '../../mapping/ids.ts';
import type { IdGuess, Shape } from './facts.ts';
import { comparable } from './field-names.ts';
import { type FieldGuess, guessFields, isPlainKey } from './guess-fields.ts';

const totalNames = [
  ...['total', 'totalcount', 'totaal', 'count', 'aantal', 'totalelements', 'totalitems', 'totalresults'],
  ...['recordcount', 'totalrecords', 'numfound'],
];
const nextNames = ['next', 'nextcursor', 'nextpage', 'nextpagetoken', 'nexttoken', 'cursor', 'volgende'];

/** A value in an answer, and its dotted path. */
interface Place {
  readonly path: string;
  readonly value: Json;
}

/** Finds out what an answer of a CRM is: a list of records with something around it, or one record. */
export function shapeOf(answer: Json): Shape {
  const list = listIn(answer);
  if (list) {
    const [record] = list.value;
    const around = isObject(answer) ? placesIn(answer, '', 2) : [];
    const isOutside = ({ path }: Place): boolean =>
      path !== list.path && !path.startsWith(`${list.path ?? ''}.`);
    return {
      record: isObject(record) ? record : {},
      records: list.path,
      total: named(around.filter(isOutside), totalNames, (value) => Number.isInteger(value))?.path,
      next: named(
        around.filter(isOutside),
        nextNames,
        (value) => value === null || scalarText(value) !== undefined,
      )?.path,
      recordAt: undefined,
    };
  }
  const wrapped = wrapperIn(answer);
  const record = wrapped?.value ?? answer;
  return {
    record: isObject(record) ? record : {},
    records: 'items',
    total: undefined,
    next: undefined,
    recordAt: wrapped?.path,
  };
}

/** The list of records in an answer: the answer itself, or the list in it that looks most like people. */
function listIn(answer: Json): { path: string | undefined; value: readonly Json[] } | undefined {
  if (Array.isArray(answer)) return { path: undefined, value: answer };
  if (!isObject(answer)) return undefined;
  const own = score(Object.fromEntries(Object.entries(answer).filter(([, value]) => !Array.isArray(value))));
  const lists = placesIn(answer, '', 3).flatMap(({ path, value }) =>
    Array.isArray(value) && value.every(isObject) ? [{ path, value, score: score(value[0] ?? {}) }] : [],
  );
  const [best] = lists.sort((one, other) => other.score - one.score);
  // A record has lists of its own: of addresses, of telephone numbers.
  return best && best.score >= own && (best.score > 0 || own === 0) ? best : undefined;
}

/** `{ "data": { … } }`: one record with nothing beside it. */
function wrapperIn(answer: Json): { path: string; value: JsonObject } | undefined {
  if (!isObject(answer)) return undefined;
  const sections = Object.entries(answer).filter(([, value]) => isObject(value));
  const [only, another] = sections;
  if (!only || another || !isPlainKey(only[0]) || !isObject(only[1])) return undefined;
  const others = Object.fromEntries(Object.entries(answer).filter(([key]) => key !== only[0]));
  return score(others) === 0 && idsIn(others).length === 0 ? { path: only[0], value: only[1] } : undefined;
}

function score(record: Json): number {
  return isObject(record) ? guessFields(record).length : 0;
}

/** Everything in an object, down to a depth, with its dotted path; lists are not looked into. */
function placesIn(value: JsonObject, prefix: string, depth: number): Place[] {
  return Object.entries(value)
    .filter(([key]) => isPlainKey(key))
    .flatMap(([key, inner]): Place[] => {
      const path = prefix === '' ? key : `${prefix}.${key}`;
      const below = isObject(inner) && depth > 1 ? placesIn(inner, path, depth - 1) : [];
      return [{ path, value: inner }, ...below];
    });
}

function named(
  places: readonly Place[],
  names: readonly string[],
  fits: (value: Json) => boolean,
): Place | undefined {
  return places
    .filter(({ path, value }) => names.includes(comparable(path.split('.').at(-1) ?? '')) && fits(value))
    .sort((one, other) => one.path.split('.').length - other.path.split('.').length)[0];
}

/** Names that `check` takes for those of personal numbers, which may not be in URLs. */
const personal =
  /bsn|burgerservice|sofi|rsin|national_?id|social_?security|e-?mail|telefoon|phone|a_?nummer/i;

const forms: readonly (readonly [IdForm, Json])[] = [
  ['uuid', '6f1c2b9e-0000-4000-8000-000000000042'],
  ['integer', 100042],
  ['base62', 'A0000042'],
  ['hexadecimal', '5f0000000000000000000042'],
  ['ascii', 'rel-00000042'],
];

/**
 * Guesses where a record has its id: what is called so, and can be packed into a UUID. The number of a person is none,
 * and neither is what a field of the klant is made of that tells who it is.
 */
export function guessId(record: JsonObject, fields: readonly FieldGuess[]): IdGuess {
  const taken = new Set(fields.flatMap(({ keys }) => keys));
  const [best] = idsIn(record).filter(({ field }) => !taken.has(field));
  if (best) return best;
  const field = ['id', 'recordId', 'key'].find((name) => !taken.has(name)) ?? 'id';
  return { field, form: 'integer', madeUp: 100042, invented: true };
}

function idsIn(record: JsonObject): IdGuess[] {
  return Object.entries(record)
    .filter(([key]) => isPlainKey(key) && !personal.test(key))
    .flatMap(([key, value]) => {
      const rank = idRank(key);
      const form = forms.find(([name]) => idCodec(name, 'klant').toUuid(value) !== undefined);
      return rank === undefined || !form ? [] : [{ key, value, rank, form }];
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ key, value, form: [form, madeUp] }) => {
      const isText = form === 'integer' && typeof value === 'string';
      return { field: key, form, madeUp: isText ? '100042' : madeUp, invented: false };
    });
}

function idRank(key: string): number | undefined {
  const name = comparable(key);
  if (['id', 'uuid', 'guid'].includes(name)) return 0;
  if (['identifier', 'recordid', 'contactid', 'klantid', 'customerid', 'personid'].includes(name)) return 1;
  if (/^(nr|nummer|number|key|sleutel|code)$/.test(name)) return 2;
  if (/[a-z]nr$|[a-z]key$/.test(name)) return 3;
  return /(?:^|[a-z_])id$/i.test(key) || /Id$|ID$/.test(key) ? 4 : undefined;
}

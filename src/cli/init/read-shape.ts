import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';
import type { Shape } from './facts.ts';
import { guessFields, isPlainKey } from './guess-fields.ts';
import { idsIn } from './guess-id.ts';
import { aroundIn, named, placesIn } from './places.ts';

const totalNames = [
  ...['total', 'totalcount', 'totaal', 'count', 'aantal', 'totalelements', 'totalitems', 'totalresults'],
  ...['recordcount', 'totalrecords', 'numfound', 'odatacount', 'totalsize', 'aantalresultaten'],
];
const nextNames = [
  ...['next', 'nextlink', 'odatanextlink', 'nexturl', 'nexthref', 'nextrecordsurl', 'nextcursor', 'nextpage'],
  ...['nextpagetoken', 'nexttoken', 'nextpageurl', 'cursor', 'volgende', 'continuationtoken', 'endcursor'],
];

/** Finds out what an answer of a CRM is: a list of records with something around it, or one record. */
export function shapeOf(answer: Json): Shape {
  const list = listIn(answer);
  if (list) {
    const [record] = list.value;
    const around = aroundIn(answer, list.path);
    return {
      record: isObject(record) ? record : {},
      records: list.path,
      total: named(around, totalNames, (value) => Number.isInteger(value))?.path,
      next: named(around, nextNames, (value) => value === null || scalarText(value) !== undefined)?.path,
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

/**
 * `{ "data": { … }, "meta": { … } }`: one record, with nothing of a record beside it. Of several sections the one that looks
 * like somebody; of one alone, whatever it looks like.
 */
function wrapperIn(answer: Json): { path: string; value: JsonObject } | undefined {
  if (!isObject(answer)) return undefined;
  const sections = Object.entries(answer).flatMap(([path, value]) =>
    isObject(value) ? [{ path, value }] : [],
  );
  const people = sections.filter(({ value }) => score(value) > 0);
  const [only, another] = sections.length === 1 ? sections : people;
  if (!only || another || !isPlainKey(only.path)) return undefined;
  const others = Object.fromEntries(Object.entries(answer).filter(([key]) => key !== only.path));
  return score(others) === 0 && idsIn(others).length === 0 ? only : undefined;
}

function score(record: Json): number {
  return isObject(record) ? guessFields(record).length : 0;
}

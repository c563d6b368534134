import { isObject, type Json, scalarText, valueAt } from '../json.ts';
import type { MappedList } from '../mapping/set.ts';
import { Problem } from '../problem.ts';
import type { Found } from './plan.ts';
import type { Work } from './work.ts';

/** How many pages of the CRM are asked for at the same time, for one list. */
const atOnce = 4;

/** How often a window is read again because records disappeared from the CRM while it was read. */
const tries = 3;

/** A stretch of the CRM's own list. */
export interface Stretch {
  readonly total: number;
  readonly records: readonly Json[];
}

/** Records from `from` up to `to`; with more than `most` in all, the rest is not read: the caller wants all or nothing. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly most?: number;
}

/** Which page is wanted, in all the ways that CRMs have of saying so. */
export type PageAsked = Readonly<{
  /** How many records come before it. */
  offset: number;
  /** How many it may hold. */
  limit: number;
  /** Its number, counted from 1. */
  page: number;
  /** What the page before it named as the next one; null for the first. */
  cursor: string | null;
}>;

/** What a list asks of the CRM, narrowed by the filters that it supports. */
export interface Asking {
  page(asked: PageAsked): Promise<Found>;
  /** Where the CRM counts in answer to a request of its own. */
  readonly count?: (() => Promise<Found>) | undefined;
}

/**
 * Reads a window of the CRM's list, or up to the CRM's end, a page of the CRM at a time.
 *
 * @throws Problem 502 when the list keeps changing, or an answer holds less, or more, than it promises
 */
export async function readWindow(
  list: MappedList,
  asking: Asking,
  window: Window,
  work: Work,
): Promise<Stretch> {
  const read = canJump(list) ? jump : walk;
  for (let attempt = 1; attempt <= tries; attempt++) {
    const stretch = await read(list, asking, window, work);
    if (stretch) return stretch;
  }
  throw noList('list-keeps-changing', work);
}

/** Whether a page can be asked for without the ones before it, because it is known how many there are. */
export function canJump({ paging, total }: MappedList): boolean {
  return total !== undefined && (paging.by === 'offset' || paging.by === 'page');
}

/** Several pages at the same time. Undefined when the list changed while it was read. */
async function jump(
  list: MappedList,
  asking: Asking,
  { from, to, most = Infinity }: Window,
  work: Work,
): Promise<Stretch | undefined> {
  const { by, size } = list.paging;
  // By number, only whole pages can be had.
  const begin = by === 'page' ? from - (from % size) : from;
  const limitTo = (end: number) => (by === 'page' ? size : Math.min(size, end));
  const counted = await countedBy(list, asking, work);
  const fetch = (offset: number, limit: number) => readStretch(list, asking, counted, offset, limit, work);
  const first = await fetch(begin, limitTo(to - begin));
  if (!first || first.total > most) return first;
  const end = Math.min(to, first.total);
  const offsets: number[] = [];
  for (let offset = begin + size; offset < end; offset += size) offsets.push(offset);
  const rest = await inBatches(offsets, atOnce, (offset) => fetch(offset, limitTo(end - offset)));
  const stretches = [first, ...rest].filter((stretch) => stretch !== undefined);
  // Records that disappear move the others up, past the place where we read: read again.
  const isWhole =
    stretches.length === offsets.length + 1 && stretches.every(({ total }) => total >= first.total);
  if (!isWhole) return undefined;
  const records = stretches.flatMap((stretch) => stretch.records);
  return { total: first.total, records: records.slice(from - begin, to - begin) };
}

/**
 * Reads one answer of the CRM. One that holds less, or more, than it promises is no answer: never a short list.
 * Undefined when it does not fit what was counted before: that may have changed meanwhile.
 */
async function readStretch(
  list: MappedList,
  asking: Asking,
  counted: number | undefined,
  offset: number,
  limit: number,
  work: Work,
): Promise<Stretch | undefined> {
  const page = Math.floor(offset / list.paging.size) + 1;
  const { body, isNothing } = await asking.page({ offset, limit, page, cursor: null });
  if (isNothing) {
    // A CRM that has no such page does not count in its answer either.
    const all = counted ?? (offset === 0 ? 0 : await firstTotal(list, asking));
    return all !== undefined && all <= offset ? { total: all, records: [] } : undefined;
  }
  const total = counted ?? totalIn(body, list);
  const records = recordsIn(body, list.records);
  const left = Math.max(0, (total ?? 0) - offset);
  if (total !== undefined && records.length >= Math.min(limit, left) && records.length <= left)
    return { total, records: records.slice(0, limit) };
  if (counted !== undefined) return undefined;
  throw noList('incomplete-list', work);
}

/** How many there are, by the first page. */
async function firstTotal(list: MappedList, asking: Asking): Promise<number | undefined> {
  const { body, isNothing } = await asking.page(firstPage(list));
  return isNothing ? 0 : totalIn(body, list);
}

/**
 * One page after the other from the beginning, for a CRM that names only the next one, or that does not count: then
 * its end is what tells how many there are. Undefined when the list changed while it was read.
 */
async function walk(
  list: MappedList,
  asking: Asking,
  { from, to, most = Infinity }: Window,
  work: Work,
): Promise<Stretch | undefined> {
  const counted = await countedBy(list, asking, work);
  const records: Json[] = [];
  let total = counted;
  let hasChanged = false;
  for await (const page of pagesInTurn(list, asking, work)) {
    records.push(...page.records);
    total ??= page.total;
    hasChanged ||= page.total !== undefined && page.total !== total;
    if ((total ?? records.length) > most) return { total: total ?? records.length, records };
    if (total !== undefined && records.length >= Math.min(to, total)) break;
  }
  const isWhole = total === undefined || (records.length >= Math.min(to, total) && records.length <= total);
  if (isWhole) return { total: total ?? records.length, records: records.slice(from, to) };
  // What does not fit a count that changed meanwhile, or was made before, may fit the next one.
  if (hasChanged || counted !== undefined) return undefined;
  throw noList('incomplete-list', work);
}

/** The CRM's own pages, until it names no next one; where it names none at all, until one is empty. */
async function* pagesInTurn(
  list: MappedList,
  asking: Asking,
  work: Work,
): AsyncGenerator<{ readonly records: readonly Json[]; readonly total: number | undefined }> {
  const { paging } = list;
  const visited = new Set<string>();
  let asked = firstPage(list);
  let wasShort = false;
  for (;;) {
    const { body, isNothing } = await asking.page(asked);
    if (isNothing) {
      yield { records: [], total: list.total?.by === 'answer' ? 0 : undefined };
      return;
    }
    const records = recordsIn(body, list.records);
    // A short page may be the last one, or a CRM that makes its pages smaller than we think: then places are wrong.
    const isWrong = asked.cursor === null && paging.by !== 'none' && wasShort && records.length > 0;
    if (isWrong || records.length > paging.size) throw noList('incomplete-list', work);
    const total = totalIn(body, list);
    if (list.total?.by === 'answer' && total === undefined) throw noList('incomplete-list', work);
    yield { records, total };
    const cursor = paging.by === 'cursor' ? cursorIn(body, paging.next) : null;
    if (paging.by === 'none' || cursor === undefined || (cursor === null && records.length === 0)) return;
    if (cursor !== null && visited.has(cursor)) throw noList('endless-list', work);
    visited.add(cursor ?? '');
    wasShort = records.length < paging.size;
    asked = { offset: asked.offset + records.length, limit: paging.size, page: asked.page + 1, cursor };
  }
}

function firstPage({ paging }: MappedList): PageAsked {
  return { offset: 0, limit: paging.size, page: 1, cursor: null };
}

function cursorIn(body: Json | undefined, path: string): string | undefined {
  const text = scalarText(valueAt(body, path)) ?? '';
  return text === '' ? undefined : text;
}

async function countedBy({ total }: MappedList, { count }: Asking, work: Work): Promise<number | undefined> {
  if (total?.by !== 'request' || !count) return undefined;
  const { body, isNothing } = await count();
  if (isNothing) return 0;
  const counted = numberIn(total.at === undefined ? body : valueAt(body, total.at));
  if (counted === undefined) throw noList('no-count', work);
  return counted;
}

function totalIn(body: Json | undefined, { total }: MappedList): number | undefined {
  return total?.by === 'answer' ? numberIn(valueAt(body, total.at)) : undefined;
}

function numberIn(value: Json | undefined): number | undefined {
  const text = scalarText(value) ?? '';
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Does something for every item, so many at the same time; the results keep the order. */
export async function inBatches<Item, Result>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let index = 0; index < items.length; index += size) {
    results.push(...(await Promise.all(items.slice(index, index + size).map(work))));
  }
  return results;
}

/** The records of an answer, which is the list itself without a path: one alone may come without a list around it. */
export function recordsIn(body: Json | undefined, path: string | undefined): readonly Json[] {
  const value = path === undefined ? body : valueAt(body, path);
  if (Array.isArray(value)) return value;
  return isObject(value) ? [value] : [];
}

/** 502: the CRM's answer is no list that could be shown. */
function noList(code: string, work: Work): Problem {
  work.observe({ event: 'translation-failed', file: 'mapping.yaml list', code });
  return new Problem('BadGateway');
}

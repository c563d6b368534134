import { isObject, type Json, scalarText, valueAt } from '../json.ts';
import type { MappedList } from '../mapping/set.ts';
import { Problem } from '../problem.ts';
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

/** Asks the CRM for one stretch of records, narrowed by the filters that it supports. */
export type AskStretch = (offset: number, limit: number) => Promise<{ body: Json | undefined }>;

/**
 * Reads the records from `from` up to `to`, or to the CRM's end, a page of the CRM at a time.
 *
 * @param most with more records than this, the rest is not read: the caller wants all or nothing
 * @throws Problem 502 when the list keeps changing, or an answer holds less, or more, than it promises
 */
export async function readWindow(
  list: MappedList,
  ask: AskStretch,
  window: { readonly from: number; readonly to: number; readonly most?: number },
  work: Work,
): Promise<Stretch> {
  const { from, to, most = Infinity } = window;
  const { pageSize } = list;
  const fetch = (offset: number, limit: number) => readStretch(list, offset, limit, ask, work);
  for (let attempt = 1; attempt <= tries; attempt++) {
    const first = await fetch(from, Math.min(pageSize, to - from));
    if (first.total > most) return first;
    const end = Math.min(to, first.total);
    const stretches = [first, ...(await readRest(fetch, from + pageSize, end, pageSize))];
    // Records that disappear move the others up, past the place where we read: read again.
    if (stretches.every(({ total }) => total >= first.total))
      return { total: first.total, records: stretches.flatMap(({ records }) => records) };
  }
  throw noList('list-keeps-changing', work);
}

async function readRest(
  fetch: (offset: number, limit: number) => Promise<Stretch>,
  from: number,
  end: number,
  size: number,
): Promise<Stretch[]> {
  const offsets: number[] = [];
  for (let offset = from; offset < end; offset += size) offsets.push(offset);
  return inBatches(offsets, atOnce, (offset) => fetch(offset, Math.min(size, end - offset)));
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

/** Reads one answer of the CRM. One that holds less, or more, than it promises is no answer: never a short list. */
async function readStretch(
  list: MappedList,
  offset: number,
  limit: number,
  ask: AskStretch,
  work: Work,
): Promise<Stretch> {
  const { body } = await ask(offset, limit);
  const total = totalIn(body, list.total);
  const records = recordsIn(body, list.records);
  const left = Math.max(0, (total ?? 0) - offset);
  if (total === undefined || records.length < Math.min(limit, left) || records.length > left)
    throw noList('incomplete-list', work);
  return { total, records: records.slice(0, limit) };
}

function totalIn(body: Json | undefined, path: string): number | undefined {
  const text = scalarText(valueAt(body, path)) ?? '';
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}

/** The records of an answer: one alone may come without a list around it. */
export function recordsIn(body: Json | undefined, path: string): readonly Json[] {
  const value = valueAt(body, path);
  if (Array.isArray(value)) return value;
  return isObject(value) ? [value] : [];
}

/** 502: the CRM's answer is no list that could be shown. */
function noList(code: string, work: Work): Problem {
  work.observe({ event: 'translation-failed', file: 'mapping.yaml list', code });
  return new Problem('BadGateway');
}

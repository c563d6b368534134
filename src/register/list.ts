import { setImmediate } from 'node:timers/promises';
import { type FilterValues, passes } from '../contract/filter.ts';
import { pageSize } from '../contract/paging.ts';
import { isObject, type Json, scalarText, valueAt } from '../json.ts';
import type { MappedList, MappedResource } from '../mapping/set.ts';
import { pageNotFound, Problem } from '../problem.ts';
import { Deviations, fromRecord, type Stored } from './record.ts';
import { translationProblem, type Work } from './work.ts';

/** How many pages of the CRM are asked for at the same time, for one list. */
const atOnce = 4;

/** How often a window is read again because records disappeared from the CRM while it was read. */
const tries = 3;

/** A list as a client asks for it. */
export interface ListQuery {
  readonly filters: FilterValues;
  readonly page: number | 'last';
}

/** One page of the standard, and how many records there are in all. */
export interface ListPage {
  readonly count: number;
  readonly page: number;
  readonly items: readonly Stored[];
}

/** A stretch of the CRM's own list. */
interface Stretch {
  readonly total: number;
  readonly records: readonly Json[];
}

/** Asks the CRM for one stretch of records, narrowed by the filters that it supports. */
export type AskStretch = (offset: number, limit: number) => Promise<{ body: Json | undefined }>;

/**
 * Lists a resource exactly as the standard wants it over a CRM that searches in its own way.
 *
 * Filters that the CRM does exactly, or none at all: only the page itself is fetched. Otherwise everything that the
 * CRM narrows down to is fetched, every filter is applied again, and the page is cut from what is left; past the
 * set's bound that is refused with 501, never answered with less.
 */
export async function listRecords(
  mapped: MappedResource,
  list: MappedList,
  query: ListQuery,
  askStretch: AskStretch,
  work: Work,
): Promise<ListPage> {
  const supports = Object.keys(query.filters).map((name) => list.filters[name]);
  // The CRM has no such field, so no record can have the value.
  if (supports.includes('absent')) return pageOf([], query.page);
  const stretch = (offset: number, limit: number) => readStretch(list, offset, limit, askStretch, work);
  return supports.every((support) => support === 'exact')
    ? windowPage(mapped, list, query, stretch, work)
    : filteredPage(mapped, list, query, stretch, work);
}

type FetchStretch = (offset: number, limit: number) => Promise<Stretch>;

/** A page of a list that the CRM itself has filtered: found by its offset. */
async function windowPage(
  mapped: MappedResource,
  list: MappedList,
  query: ListQuery,
  fetch: FetchStretch,
  work: Work,
): Promise<ListPage> {
  const page = query.page === 'last' ? pagesIn((await fetch(0, 1)).total) : query.page;
  const offset = (page - 1) * pageSize;
  const { total, records } = await readWindow(fetch, offset, offset + pageSize, list.pageSize, work);
  if (page > pagesIn(total)) throw pageNotFound();
  const items = await fromRecords(mapped, records, work);
  // An `exact` filter that lets others through is a wrong mapping: better no list than somebody else's record.
  if (!items.every(({ representation }) => passes(mapped.resource.filters, query.filters, representation))) {
    const [filter = ''] = Object.keys(query.filters);
    work.observe({
      event: 'translation-failed',
      file: `mapping.yaml list.filters.${filter}`,
      code: 'not-exact',
    });
    throw translationProblem('incoming', undefined);
  }
  return { count: total, page, items };
}

/** A page of a list that the gateway filters: everything is looked at, within the bound. */
async function filteredPage(
  mapped: MappedResource,
  list: MappedList,
  query: ListQuery,
  fetch: FetchStretch,
  work: Work,
): Promise<ListPage> {
  const first = await fetch(0, list.pageSize);
  if (first.total > list.atMost) throw boundPassed(mapped, list, query, work);
  const { total, records } = await readWindow(fetch, 0, list.atMost, list.pageSize, work, first);
  if (total > list.atMost) throw boundPassed(mapped, list, query, work);
  const items = await fromRecords(mapped, records, work);
  const passing = items.filter(({ representation }) =>
    passes(mapped.resource.filters, query.filters, representation),
  );
  return pageOf(passing, query.page);
}

/** Reads the records from `from` up to `to`, or to the CRM's end, a page of the CRM at a time. */
async function readWindow(
  fetch: FetchStretch,
  from: number,
  to: number,
  size: number,
  work: Work,
  known?: Stretch,
): Promise<{ total: number; records: readonly Json[] }> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const first = known && attempt === 1 ? known : await fetch(from, Math.min(size, to - from));
    const end = Math.min(to, first.total);
    const stretches = [first, ...(await readRest(fetch, from + size, end, size))];
    // Records that disappear move the others up, past the place where we read: read again.
    if (stretches.every(({ total }) => total >= first.total))
      return { total: first.total, records: stretches.flatMap(({ records }) => records) };
  }
  throw noList('list-keeps-changing', work);
}

async function readRest(fetch: FetchStretch, from: number, end: number, size: number): Promise<Stretch[]> {
  const offsets: number[] = [];
  for (let offset = from; offset < end; offset += size) offsets.push(offset);
  const stretches: Stretch[] = [];
  for (let index = 0; index < offsets.length; index += atOnce) {
    const batch = offsets.slice(index, index + atOnce);
    stretches.push(
      ...(await Promise.all(batch.map((offset) => fetch(offset, Math.min(size, end - offset))))),
    );
  }
  return stretches;
}

/** Reads one answer of the CRM. One that holds less, or more, than it promises is no answer: never a short list. */
async function readStretch(
  list: MappedList,
  offset: number,
  limit: number,
  askStretch: AskStretch,
  work: Work,
): Promise<Stretch> {
  const { body } = await askStretch(offset, limit);
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

function noList(code: string, work: Work): Problem {
  work.observe({ event: 'translation-failed', file: 'mapping.yaml list', code });
  return new Problem('BadGateway');
}

function recordsIn(body: Json | undefined, path: string): readonly Json[] {
  const value = valueAt(body, path);
  if (Array.isArray(value)) return value;
  return isObject(value) ? [value] : [];
}

/** One after the other, with room for other requests in between: translations occupy the only thread there is. */
async function fromRecords(mapped: MappedResource, records: readonly Json[], work: Work): Promise<Stored[]> {
  const deviations = new Deviations();
  const items: Stored[] = [];
  let turnEnds = performance.now() + turnMs;
  for (const record of records) {
    items.push(await fromRecord(mapped, record, deviations, work));
    if (performance.now() > turnEnds) {
      await setImmediate();
      turnEnds = performance.now() + turnMs;
    }
  }
  deviations.report(mapped.resource.name, work);
  return items;
}

/** How long a list may translate before others get their turn. */
const turnMs = 10;

function pageOf(items: readonly Stored[], wanted: number | 'last'): ListPage {
  const pages = pagesIn(items.length);
  const page = wanted === 'last' ? pages : wanted;
  if (page > pages) throw pageNotFound();
  return { count: items.length, page, items: items.slice((page - 1) * pageSize, page * pageSize) };
}

/** An empty list has one page. */
function pagesIn(count: number): number {
  return Math.max(1, Math.ceil(count / pageSize));
}

/** 501 naming the filters that the CRM could not narrow down enough. */
function boundPassed(mapped: MappedResource, list: MappedList, query: ListQuery, work: Work): Problem {
  const filters = Object.keys(query.filters).filter((name) => list.filters[name] !== 'exact');
  work.observe({ event: 'bound-passed', resource: mapped.resource.name, filters, atMost: list.atMost });
  return new Problem('NotImplemented', {
    detail: `Zoeken op ${filters.join(', ')} raakt in het achterliggende systeem te veel gegevens.`,
  });
}

import type { FilterValues } from '../contract/filter.ts';
import { compareMoments } from '../contract/moments.ts';
import { pageSize } from '../contract/paging.ts';
import type { Resource } from '../contract/resource.ts';
import type { Json } from '../json.ts';
import { pageNotFound } from '../problem.ts';
import type { Stored } from './record.ts';
import type { Work } from './work.ts';

/** One word of `ordering`; a blank field is no order at all. */
export interface Order {
  readonly field: string;
  readonly descending: boolean;
}

/** Which records are wanted, in which order. */
export interface Search {
  readonly filters: FilterValues;
  readonly ordering: readonly Order[];
}

/** A list as a client asks for it. */
export interface ListQuery extends Search {
  readonly page: number | 'last';
}

/** One page of the standard, and how many records there are in all. */
export interface ListPage {
  readonly count: number;
  readonly page: number;
  readonly items: readonly Stored[];
}

/** One part of a resource, as it can be searched. Oldest first. */
export interface Searchable {
  /** Whether the CRM itself can count, order and cut the list that is asked for. */
  canCut(search: Search): boolean;
  /** The records from `from` up to `to` of such a list, and how many there are; none of them when both are the same. */
  cut(
    search: Search,
    from: number,
    to: number,
    work: Work,
  ): Promise<{ readonly total: number; readonly items: readonly Stored[] }>;
  /** Everything that passes the filters. Throws a Problem 501 when that is more than may be looked at. */
  all(filters: FilterValues, work: Work): Promise<readonly Stored[]>;
}

/**
 * One page of a resource that is kept in one part or in several. The list is that of the first part, then that of
 * the second, and so on: an order that stays the same, which is all that the standard asks for without `ordering`.
 *
 * @throws Problem 404 for a page outside the list
 */
export async function pageOfParts(
  resource: Resource,
  parts: readonly Searchable[],
  query: ListQuery,
  work: Work,
): Promise<ListPage> {
  const { filters } = query;
  const ordering = query.ordering.filter(({ field }) => field !== '');
  const search = { ...query, ordering };
  // Several lists one after the other are in no order but that one.
  const isOneList = ordering.length === 0 || parts.length === 1;
  if (isOneList && parts.every((part) => part.canCut(search))) {
    return cutPage(parts, search, work);
  }
  const found: Stored[] = [];
  for (const part of parts) found.push(...(await part.all(filters, work)));
  return pageOf(inOrder(resource, found, ordering), query.page);
}

/** A page that the CRM cuts: found by its offset. */
async function cutPage(parts: readonly Searchable[], query: ListQuery, work: Work): Promise<ListPage> {
  const page = query.page === 'last' ? pagesIn(await countOf(parts, query, work)) : query.page;
  const offset = (page - 1) * pageSize;
  const items: Stored[] = [];
  let count = 0;
  for (const part of parts) {
    const [from, to] = [offset - count, offset + pageSize - count].map((place) => Math.max(0, place));
    const found = await part.cut(query, from ?? 0, to ?? 0, work);
    items.push(...found.items);
    count += found.total;
  }
  if (page > pagesIn(count)) throw pageNotFound();
  return { count, page, items };
}

async function countOf(parts: readonly Searchable[], search: Search, work: Work): Promise<number> {
  const found = await Promise.all(parts.map((part) => part.cut(search, 0, 0, work)));
  return found.reduce((count, { total }) => count + total, 0);
}

/** A page of a list that is all there. */
export function pageOf(items: readonly Stored[], wanted: number | 'last'): ListPage {
  const pages = pagesIn(items.length);
  const page = wanted === 'last' ? pages : wanted;
  if (page > pages) throw pageNotFound();
  return { count: items.length, page, items: items.slice((page - 1) * pageSize, page * pageSize) };
}

/** An empty list has one page. */
function pagesIn(count: number): number {
  return Math.max(1, Math.ceil(count / pageSize));
}

function inOrder(
  resource: Resource,
  items: readonly Stored[],
  ordering: readonly Order[],
): readonly Stored[] {
  if (ordering.length === 0) return items;
  // Sorting is stable, so that what is equal keeps its order.
  return [...items].sort((one, other) => {
    for (const { field, descending } of ordering) {
      const order = compare(resource, field, one, other);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** By UUID, by time, or as text; what is not set comes first, and an object is only there or not there. */
function compare(resource: Resource, field: string, one: Stored, other: Stored): number {
  if (field === 'url') return byText(one.uuid, other.uuid);
  const isMoment = resource.fields[field]?.schema.format === 'date-time';
  const [left = '', right = ''] = [one, other].map(({ representation }) => sortable(representation[field]));
  return isMoment ? compareMoments(left, right) : byText(left, right);
}

function sortable(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(sortable).join(' ');
  return typeof value === 'object' ? '1' : String(value);
}

function byText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

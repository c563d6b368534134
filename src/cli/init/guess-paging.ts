import { namesIn } from '../../dotted-path.ts';
import { type Json, scalarText, valueAt } from '../../json.ts';
import type { Paging, Shape } from './facts.ts';
import { comparable } from './field-names.ts';
import { aroundIn, named, type Place } from './places.ts';

/** What parameters of pages are called. */
export const pageNames = {
  offset: ['offset', 'skip', 'start', 'startindex', 'vanaf', 'from'],
  page: ['page', 'pagenumber', 'pagina', 'pageindex', 'pageno', 'currentpage', 'paginanummer'],
  limit: [
    ...['limit', 'pagesize', 'size', 'perpage', 'top', 'take', 'maxresults', 'aantal', 'count', 'rows'],
    ...['itemsperpage', 'resultsperpage', 'paginagrootte'],
  ],
} as const;

/** What an answer calls the number of records on a page; `count` and `aantal` are mostly that of all of them. */
const limitsAround = pageNames.limit.filter((name) => !['count', 'aantal', 'top', 'take'].includes(name));

/** When nothing is said of it. */
const usualSize = 100;

/**
 * How the pages of a list are asked for, as far as a list shows it: its next page, or the place of this page.
 *
 * @param answer a list with what stands around it
 * @param held how many records it has; undefined when there is only one record, and no list
 */
export function pagingShown(answer: Json, { records, total, next }: Shape, held: number | undefined): Paging {
  const none = { by: 'none', size: usualSize, at: '', limit: undefined, first: 1 } as const;
  if (held === undefined) {
    return {
      ...none,
      why: 'One record shows nothing of pages: say here how the CRM makes them, when it does.',
    };
  }
  const around = aroundIn(answer, records);
  const byNext = next === undefined ? undefined : pagingByNext(next, valueAt(answer, next) ?? null, around);
  const shown = byNext ?? pagingByPlace(around, held);
  if (shown) return shown;
  const all = total === undefined ? held : Number(valueAt(answer, total));
  const why =
    all > held
      ? 'The sample has fewer records than it says that there are, and not how to ask for the others: say that here.'
      : 'The sample shows no pages: everything comes at once.';
  return { ...none, why };
}

function pagingByNext(path: string, value: Json, around: readonly Place[]): Paging | undefined {
  const name = namesIn(path).at(-1) ?? '';
  const basis = { size: sizeIn(around) ?? usualSize, limit: limitIn(around), first: 1 } as const;
  if (typeof value === 'string' && /^(?:https?:\/\/|[/?])/.test(value)) {
    return pagingByLink(path, value) ?? { ...basis, limit: undefined, ...linked(path) };
  }
  const isToken = /cursor|token/i.test(name);
  if (isToken || (typeof value === 'string' && value !== '')) {
    const at = /token/i.test(name) ? 'pageToken' : 'cursor';
    const why = `Guessed from ${path} in the sample: what it says is asked for with the parameter ${at}.`;
    return { ...basis, by: 'cursor', at, why };
  }
  const byPlace = pagingByPlace(around, undefined);
  if (byPlace) return byPlace;
  if (typeof value === 'number') {
    return {
      ...basis,
      by: 'page',
      at: 'page',
      why: `Guessed from ${path} in the sample: the number of a page.`,
    };
  }
  return { ...basis, limit: undefined, ...linked(path) };
}

function linked(path: string): Pick<Paging, 'by' | 'at' | 'isLink' | 'why'> {
  const why = `Guessed from ${path} in the sample: a link to the next page, which is followed.`;
  return { by: 'cursor', at: '', isLink: true, why };
}

/** A link that has the place and the size of the page in it tells how to ask for any page. */
function pagingByLink(path: string, link: string): Paging | undefined {
  const numbers = parametersOf(link).filter(([, value]) => /^[0-9]{1,9}$/.test(value));
  const find = (names: readonly string[]) => numbers.find(([name]) => names.includes(comparable(name)));
  const [limit, size] = find(pageNames.limit) ?? [];
  if (limit === undefined || Number(size) < 1) return undefined;
  const basis = {
    size: Number(size),
    limit,
    why: `Guessed from the parameters in ${path} of the sample.`,
  };
  const [offset] = find(pageNames.offset) ?? [];
  if (offset !== undefined) return { ...basis, by: 'offset', at: offset, first: 1 };
  const [page, number] = find(pageNames.page) ?? [];
  // A sample is mostly a first page, and that is then the one before.
  return page === undefined ? undefined : { ...basis, by: 'page', at: page, first: number === '1' ? 0 : 1 };
}

function parametersOf(link: string): [string, string][] {
  const url = URL.canParse(link, 'https://crm.example') ? new URL(link, 'https://crm.example') : undefined;
  return [...(url?.searchParams ?? [])];
}

/** `{ "page": 1, "pageSize": 20 }` beside the records. */
function pagingByPlace(around: readonly Place[], held: number | undefined): Paging | undefined {
  const size = sizeIn(around) ?? held;
  if (size === undefined || size < 1) return undefined;
  const limit = limitIn(around);
  const offset = named(around, pageNames.offset, isPlace);
  if (offset) {
    const at = parameterOf(offset);
    return { by: 'offset', size, at, limit, first: 1, why: `Guessed from ${offset.path} in the sample.` };
  }
  // Spring calls it `number`, beside `size`.
  const page =
    named(around, pageNames.page, isPlace) ??
    (limit === 'size' ? named(around, ['number'], isPlace) : undefined);
  if (!page) return undefined;
  const at = /number$/i.test(page.path) ? 'page' : parameterOf(page);
  const first = page.value === 0 ? 0 : 1;
  return { by: 'page', size, at, limit, first, why: `Guessed from ${page.path} in the sample.` };
}

function sizeIn(around: readonly Place[]): number | undefined {
  const size = Number(scalarText(named(around, limitsAround, isSize)?.value));
  return Number.isInteger(size) ? size : undefined;
}

function limitIn(around: readonly Place[]): string | undefined {
  const place = named(around, limitsAround, isSize);
  return place && parameterOf(place);
}

/** What an answer calls `currentPage` is asked for as `page`. */
function parameterOf({ path }: Place): string {
  const name = namesIn(path).at(-1) ?? '';
  return /^current_?page$/i.test(name) ? 'page' : name;
}

function isPlace(value: Json): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isSize(value: Json): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= 10_000;
}

import { setImmediate } from 'node:timers/promises';
import { TooMuch } from '../backend/send.ts';
import { type FilterValues, passes } from '../contract/filter.ts';
import { isObject, type Json, type JsonObject, valueAt } from '../json.ts';
import type { MappedEach, MappedList, MappedPart } from '../mapping/set.ts';
import { Problem } from '../problem.ts';
import { completeRecords } from './complete.ts';
import { asksForNothing, filtersToCrm, type IdOf, type Links, linksAmong } from './links.ts';
import type { Search, Searchable } from './pages.ts';
import { askFor, type BackendOf, buildRequest, type Found } from './plan.ts';
import { finish, fromRecord, rendering, type Stored } from './record.ts';
import type { RecordReader } from './record-reader.ts';
import { rowsOf } from './rows.ts';
import { type Asking, canJump, inBatches, type PageAsked, readWindow } from './stretch.ts';
import { foundBySupplements } from './supplement-search.ts';
import { ask, isMissing, translationProblem, unexpectedAnswer, type Work } from './work.ts';

/** How long a list may translate before others get their turn. */
const turnMs = 10;

/**
 * Searches one part of a resource exactly as the standard wants it over a CRM that searches in its own way.
 *
 * Filters that the CRM does exactly, or none at all: the CRM cuts the page. Otherwise everything that the CRM narrows
 * down to is fetched, and every filter is applied again; past the set's bound that is refused with 501, never
 * answered with less.
 */
export function searchable(
  mapped: MappedPart,
  list: MappedList,
  backendOf: BackendOf,
  links: Links,
  reader: RecordReader,
): Searchable {
  const { filters: declared } = mapped.resource;
  const supportOf = (name: string) => list.filters[name];
  // The CRM has no such field: no record can have the value, and none needs to be asked.
  const isAbsent = (filters: FilterValues): boolean =>
    Object.keys(filters).some((name) => supportOf(name) === 'absent');

  /** The ids in the filters; undefined when a link leads nowhere, and so no record can have the value either. */
  async function idsIn(filters: FilterValues, work: Work): Promise<IdOf | undefined> {
    if (isAbsent(filters)) return undefined;
    const idOf = await links.lookUp(linksAmong(declared, filters), work);
    return asksForNothing(declared, filters, idOf) ? undefined : idOf;
  }

  function asking({ filters, ordering }: Search, idOf: IdOf, work: Work): Asking {
    const input = {
      filters: filtersToCrm(declared, filters, idOf),
      ordering: ordering.map((one) => ({ ...one })),
    };
    const backend = { name: mapped.backend, of: backendOf };
    const { total } = list;
    const cannot = () => noSuchSearch(filters);
    const bounded = <Answer>(asked: Promise<Answer>) => orTooMuch(asked, mapped, filters, work);
    return {
      page: (asked) => bounded(askForPage(list, { ...input, ...asked }, backend, work, cannot)),
      count: total?.by === 'request' ? () => bounded(askFor(total.request, input, backend, work)) : undefined,
    };
  }

  async function itemsOf(records: readonly Json[], work: Work): Promise<readonly Stored[]> {
    const whole = list.each ? await wholeRecords(mapped, list.each, records, backendOf, work) : records;
    const rows = mapped.rows
      ? (await Promise.all(whole.map((record) => rowsOf(mapped, record, work)))).flat()
      : whole;
    return fromRecords(mapped, await completeRecords(mapped, rows, backendOf, work), links, work);
  }

  return {
    canCut: ({ filters, ordering }) =>
      canBeCut(mapped, list) &&
      ordering.every(({ field }) => list.orderings.includes(field)) &&
      (isAbsent(filters) || Object.keys(filters).every((name) => supportOf(name) === 'exact')),

    async cut(search, from, to, work) {
      const { filters } = search;
      const idOf = await idsIn(filters, work);
      if (!idOf) return { total: 0, items: [] };
      // For the total alone, one record is asked for: not every CRM takes a limit of none.
      const window = from === to ? { from: 0, to: 1 } : { from, to };
      // What can only be reached through everything before it has its bound; beyond the end there is nothing to reach.
      if (!canJump(list) && window.from >= list.maxRecords) {
        const { total } = await readWindow(list, asking(search, idOf, work), { from: 0, to: 1 }, work);
        if (total > window.from) throw boundPassed(mapped, list, filters, work);
        return { total, items: [] };
      }
      const { total, records } = await readWindow(list, asking(search, idOf, work), window, work);
      if (from === to) return { total, items: [] };
      const items = await itemsOf(records, work);
      refuseInexact(mapped, filters, items, work);
      return { total, items };
    },

    async all(filters, work) {
      const idOf = await idsIn(filters, work);
      if (!idOf) return [];
      const window = { from: 0, to: list.maxRecords, most: list.maxRecords };
      // For what only a supplement has, the CRM is not asked.
      const isElsewhere = Object.keys(filters).some((name) => supportOf(name) === 'supplement');
      const { total, records } = isElsewhere
        ? { total: 0, records: [] }
        : await readWindow(list, asking({ filters, ordering: [] }, idOf, work), window, work);
      const tooMany = () => boundPassed(mapped, list, filters, work);
      if (total > list.maxRecords) throw tooMany();
      const given = filtersToCrm(declared, filters, idOf);
      const search = { filters: given, maxRecords: list.maxRecords, tooMany, backendOf, reader };
      const others = await foundBySupplements(mapped, records, search, work);
      // Nobody was asked: no answer is not an empty list.
      if (isElsewhere && !others) throw noSuchSearch(filters);
      const items = await itemsOf([...records, ...(others ?? [])], work);
      return items.filter(({ representation }) => passes(declared, filters, representation));
    },
  };
}

/** To some CRMs a page beyond the last one is not there, where others say that it is empty. */
async function askForPage(
  list: MappedList,
  asked: JsonObject & PageAsked,
  backend: { readonly name: string; readonly of: BackendOf },
  work: Work,
  cannot: () => Problem,
): Promise<Found> {
  const request = await buildRequest(list.request, asked, {}, work, 'read');
  // A list file that makes no request says that its CRM has no such search.
  if (!request) throw cannot();
  const answer = await ask(backend.of(backend.name), request, work);
  const isBeyond = answer.meaning === 'not-found' && list.paging.by === 'page' && asked.page > 1;
  if (isBeyond || answer.meaning === 'nothing') return { body: undefined, isNothing: true };
  if (answer.meaning !== 'ok') throw unexpectedAnswer(backend.name, work);
  return answer;
}

/** Whether the places in the CRM's list are those in ours, and their number is known. */
export function canBeCut({ rows }: MappedPart, { total, each }: MappedList): boolean {
  return rows === undefined && total !== undefined && (each === undefined || !mayLeaveOut(each));
}

/** Whether the list may have fewer records than the CRM's own has items. */
function mayLeaveOut({ failing, mayPassOver }: MappedEach): boolean {
  return failing === 'leave-out' || mayPassOver;
}

/** An `exact` filter that lets others through is a wrong mapping: better no list than somebody else's record. */
function refuseInexact(
  { resource }: MappedPart,
  filters: FilterValues,
  items: readonly Stored[],
  work: Work,
): void {
  if (items.every(({ representation }) => passes(resource.filters, filters, representation))) return;
  const [filter = ''] = Object.keys(filters);
  work.observe({
    event: 'translation-failed',
    file: `mapping.yaml list.filters.${filter}`,
    code: 'not-exact',
  });
  throw translationProblem('incoming', undefined);
}

/**
 * One more request for each item, so many at once. An item that cannot be had fails the list, or is left out; one for
 * which the mapping makes no request is passed over.
 */
async function wholeRecords(
  mapped: MappedPart,
  each: MappedEach,
  items: readonly Json[],
  backendOf: BackendOf,
  work: Work,
): Promise<readonly Json[]> {
  const whole = await inBatches(items, each.atOnce, async (item): Promise<Json | undefined> => {
    try {
      const request = await buildRequest(each.request, item, {}, work, 'read');
      if (!request) return undefined;
      const answer = await ask(backendOf(mapped.backend), request, work);
      // Gone between the list and this request: it is in neither any more.
      if (isMissing(answer)) return undefined;
      if (answer.meaning !== 'ok') throw unexpectedAnswer(mapped.backend, work);
      return each.record === undefined ? answer.body : valueAt(answer.body, each.record);
    } catch (error) {
      if (each.failing === 'refuse' || !(error instanceof Problem)) throw error;
      return undefined;
    }
  });
  return whole.filter((record) => record !== undefined);
}

/** One after the other, with room for other requests in between: translations occupy the only thread there is. */
async function fromRecords(
  mapped: MappedPart,
  records: readonly Json[],
  links: Links,
  work: Work,
): Promise<Stored[]> {
  const seen = rendering();
  const items: Stored[] = [];
  let turnEnds = performance.now() + turnMs;
  for (const record of records) {
    items.push(await fromRecord(mapped, asRecord(record), links, seen, work));
    if (performance.now() > turnEnds) {
      await setImmediate();
      turnEnds = performance.now() + turnMs;
    }
  }
  await finish(seen, mapped.resource.name, links, work);
  return items;
}

function asRecord(record: Json): JsonObject {
  return isObject(record) ? record : {};
}

/** 501 naming the filters that the CRM could not narrow down enough. */
export function boundPassed(mapped: MappedPart, list: MappedList, given: FilterValues, work: Work): Problem {
  const filters = Object.keys(given).filter((name) => list.filters[name] !== 'exact');
  work.observe({
    event: 'bound-passed',
    resource: mapped.resource.name,
    filters,
    maxRecords: list.maxRecords,
  });
  return tooMuch(filters);
}

/** The CRM has a bound of its own, which it tells by refusing: 501 naming the filters. */
export async function orTooMuch<Answer>(
  asked: Promise<Answer>,
  { resource }: MappedPart,
  given: FilterValues,
  work: Work,
): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    const filters = Object.keys(given);
    work.observe({ event: 'bound-passed', resource: resource.name, filters });
    throw tooMuch(filters);
  }
}

/** 501 for a search that neither the CRM nor what goes with it has. */
function noSuchSearch(given: FilterValues): Problem {
  const filters = Object.keys(given);
  const asked = filters.length === 0 ? 'zonder filter' : `op alleen ${filters.join(', ')}`;
  return new Problem('NotImplemented', {
    detail: `In het achterliggende systeem kan niet worden gezocht ${asked}.`,
  });
}

function tooMuch(filters: readonly string[]): Problem {
  const asked = filters.length === 0 ? 'Deze vraag' : `Zoeken op ${filters.join(', ')}`;
  return new Problem('NotImplemented', {
    detail: `${asked} raakt in het achterliggende systeem te veel gegevens.`,
  });
}

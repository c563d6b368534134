import { pageSize } from '../contract/paging.ts';
import type { MappedList, MappedPart, MappedResource } from '../mapping/set.ts';
import { canBeCut } from './list.ts';
import { canJump } from './stretch.ts';
import { rowsAtOnce } from './supplement-search.ts';

/**
 * Who does a filter or an ordering of one part: the CRM, the gateway after it, the search of a supplement, the record at
 * the other end, nobody.
 */
export type Doer = 'crm' | 'crm-narrows' | 'gateway' | 'supplement' | 'other-end' | 'nobody';

/** What one list costs at one part. */
export interface Cost {
  /** Which records are looked at: those of the page, what the CRM or a supplement finds, all, the linked one, none. */
  readonly lookedAt: 'page' | 'found' | 'supplement' | 'all' | 'linked' | 'none';
  /** The most records that are looked at; past it the answer is 501. Undefined where that cannot happen. */
  readonly maxRecords: number | undefined;
  /** The most requests to the CRM; undefined where only the CRM's number of records bounds them. */
  readonly requests: number | undefined;
}

/** One filter or ordering, or none of them. */
export interface Asked {
  readonly filter?: string;
  readonly ordering?: string;
}

/** Who does a filter or an ordering of a part that has a list. Without either: who makes the page. */
export function doerOf({ resource }: MappedPart, list: MappedList, { filter, ordering }: Asked): Doer {
  if (ordering !== undefined) return isOrderedByCrm(list, resource.ordering?.[ordering]) ? 'crm' : 'gateway';
  if (filter === undefined) return 'crm';
  const on = resource.filters[filter]?.on ?? '';
  if (resource.fields[on]?.inverseOf !== undefined) return 'other-end';
  switch (list.filters[filter]) {
    case 'exact':
      return 'crm';
    case 'narrows':
      return 'crm-narrows';
    case 'absent':
      return 'nobody';
    case 'supplement':
      return 'supplement';
    default:
      return 'gateway';
  }
}

/**
 * What a list with one filter or ordering costs at one part of a resource, as `searchable` and `pageOfParts` do it: a
 * page is only cut when every part can.
 */
export function costOf(mapped: MappedResource, part: MappedPart, list: MappedList, asked: Asked): Cost {
  const doer = doerOf(part, list, asked);
  if (doer === 'other-end') return { lookedAt: 'linked', maxRecords: undefined, requests: undefined };
  if (doer === 'nobody') return { lookedAt: 'none', maxRecords: undefined, requests: 0 };
  const isOneList = asked.ordering === undefined || mapped.parts.length === 1;
  const cuts = isOneList && mapped.parts.every((one) => one.list && cutsPage(one, one.list, asked));
  if (cuts) {
    const maxRecords = canJump(list) ? undefined : list.maxRecords;
    return {
      lookedAt: 'page',
      maxRecords,
      requests: canJump(list) ? requestsFor(list, pageSize) : undefined,
    };
  }
  if (doer === 'supplement') {
    // The record of each row that is found is read.
    const requests = Math.ceil(list.maxRecords / rowsAtOnce) + list.maxRecords;
    return { lookedAt: 'supplement', maxRecords: list.maxRecords, requests };
  }
  const isFound = asked.filter !== undefined && doer !== 'gateway';
  return {
    lookedAt: isFound ? 'found' : 'all',
    maxRecords: list.maxRecords,
    requests: requestsFor(list, list.maxRecords),
  };
}

function cutsPage(part: MappedPart, list: MappedList, asked: Asked): boolean {
  return canBeCut(part, list) && ['crm', 'nobody'].includes(doerOf(part, list, asked));
}

/** Pages of the CRM, and one more request for each record where the list is thin. */
function requestsFor(list: MappedList, records: number): number {
  const counting = list.total?.by === 'request' ? 1 : 0;
  return Math.ceil(records / list.paging.size) + counting + (list.each ? records : 0);
}

/** No field at all is no order, and nothing has to be done for it. */
function isOrderedByCrm(list: MappedList, field: string | undefined): boolean {
  return field === '' || (field !== undefined && list.orderings.includes(field));
}

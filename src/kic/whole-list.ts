import type { FilterValues } from '../contract/filter.ts';
import type { Resource } from '../contract/resource.ts';
import type { Call, Perform } from '../gateway/perform.ts';
import { Problem } from '../problem.ts';
import type { Stored } from '../register/record.ts';

/**
 * All records of a resource of ours that pass the filters, oldest first.
 *
 * @throws Problem 501 when there are more than `maxRecords`: an array cannot say that it is incomplete
 */
export async function wholeList(
  perform: Perform,
  call: Call,
  resource: Resource,
  filters: FilterValues,
  maxRecords: number,
): Promise<readonly Stored[]> {
  const found: Stored[] = [];
  for (let page = 1; ; page++) {
    const result = await perform({ ...call, resource, operation: 'list', filters, ordering: [], page });
    if (result.kind !== 'page') return found;
    const { count, items } = result.page;
    if (count > maxRecords) throw tooMany(maxRecords);
    found.push(...items);
    if (found.length >= count || items.length === 0) return found;
  }
}

function tooMany(maxRecords: number): Problem {
  return new Problem('NotImplemented', {
    detail: `De lijst heeft meer dan ${maxRecords} resultaten: meer kan deze API niet in één keer geven.`,
  });
}

import { isObject, type Json, valueAt } from '../../json.ts';
import type { Calls, Shape } from './facts.ts';
import { pagingShown } from './guess-paging.ts';

/**
 * How a CRM is called, as far as one answer of it shows that: the pages of a list, and where that list is when it has a
 * link to the next page. Reads and writes are then as they mostly are.
 *
 * @param usual a CRM as there are many
 * @param answer a list, or one record, without anything else that is known of the CRM
 */
export function callsShown(usual: Calls, answer: Json, shape: Shape): Calls {
  const whole = shape.records === undefined ? answer : valueAt(answer, shape.records);
  const { baseUrl, collection, placed } = placeIn(answer, shape) ?? usual;
  return {
    ...usual,
    placed,
    baseUrl,
    collection,
    item: [...collection, undefined],
    paging: pagingShown(answer, shape, Array.isArray(whole) ? whole.length : undefined),
    search: [],
    create: { method: 'POST', record: shape.recordAt },
    update: 'PATCH',
    delete: true,
  };
}

/** A piece of a path that is a name, and nobody's number. */
const name = /^[A-Za-z][A-Za-z._-]{0,40}$|^v[0-9]+(?:\.[0-9]+)?$/;

/** Where the link to the next page leads: the last name in its path is that of the list. */
function placeIn(
  answer: Json,
  { next }: Shape,
): Pick<Calls, 'baseUrl' | 'collection' | 'placed'> | undefined {
  const link = next === undefined || !isObject(answer) ? undefined : valueAt(answer, next);
  if (typeof link !== 'string' || !/^https?:\/\//.test(link) || !URL.canParse(link)) return undefined;
  const { origin, pathname } = new URL(link);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1);
  if (last === undefined || !segments.every((segment) => name.test(segment))) return undefined;
  return { placed: 'shown', baseUrl: [origin, ...segments.slice(0, -1)].join('/'), collection: [last] };
}

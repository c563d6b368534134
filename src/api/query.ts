import { readFilters, type FilterValues } from '../contract/filter.ts';
import type { Resource } from '../contract/resource.ts';
import { type Complaint, invalidInput, pageNotFound } from '../problem.ts';

/** Pages beyond this are outside every list. */
const mostPages = 1_000_000;

/** The query of a list, understood. */
export interface ReadQuery {
  readonly filters: FilterValues;
  readonly page: number | 'last';
  /** What was asked apart from the page, for the links to other pages. */
  readonly others: URLSearchParams;
}

/**
 * Reads the query string of a list. Leading question marks are dropped: a real client sends `??`, and an
 * unrecognised first filter would show everybody's records.
 *
 * @throws Problem 400 for a bad filter, 404 for a page that cannot be
 */
export function readQuery(resource: Resource, querystring: string): ReadQuery {
  const parameters = new URLSearchParams(querystring.replace(/^\?+/, ''));
  const complaints: Complaint[] = [];
  const filters = readFilters(resource.filters, parameters, complaints);
  if (complaints.length > 0) throw invalidInput(complaints);
  const page = readPage(parameters.getAll('page').at(-1));
  parameters.delete('page');
  return { filters, page, others: parameters };
}

function readPage(given: string | undefined): number | 'last' {
  if (given === undefined) return 1;
  if (given === 'last') return 'last';
  const page = /^\s*[0-9]{1,12}\s*$/.test(given) ? Number(given) : 0;
  if (page < 1 || page > mostPages) throw pageNotFound();
  return page;
}

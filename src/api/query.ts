import { readFilters, type FilterValues, spelling, unknownParameters } from '../contract/filter.ts';
import type { Resource } from '../contract/resource.ts';
import { readFilterLinks } from '../gateway/links.ts';
import type { OwnUrls } from '../gateway/own-urls.ts';
import { type Complaint, invalidInput, pageNotFound } from '../problem.ts';
import type { Order } from '../register/pages.ts';

/** Pages beyond this are outside every list. */
const mostPages = 1_000_000;

/** The query of a list, understood. */
export interface ReadQuery {
  readonly filters: FilterValues;
  readonly page: number | 'last';
  readonly ordering: readonly Order[];
  /** What was asked apart from the page, for the links to other pages. */
  readonly others: URLSearchParams;
}

/**
 * Reads the query string of a list. Leading question marks are dropped: a real client sends `??`, and an
 * unrecognised first filter would show everybody's records.
 *
 * @throws Problem 400 for a bad filter, 404 for a page that cannot be
 */
export function readQuery(resource: Resource, querystring: string, urls: OwnUrls): ReadQuery {
  const parameters = new URLSearchParams(querystring.replace(/^\?+/, ''));
  refuseUnknown(resource, parameters);
  const complaints: Complaint[] = [];
  const given = readFilters(resource.filters, parameters, complaints);
  const filters = readFilterLinks(resource, given, urls, complaints);
  const ordering = readOrdering(resource, parameters.getAll('ordering').at(-1) ?? '', complaints);
  if (complaints.length > 0) throw invalidInput(complaints);
  const page = resource.envelope === 'none' ? 1 : readPage(parameters.getAll('page').at(-1));
  parameters.delete('page');
  return { filters, page, ordering, others: parameters };
}

/** Before any value is looked at (contract section 1.5). */
function refuseUnknown(resource: Resource, given: URLSearchParams): void {
  const unknown = unknownOf(resource, given);
  if (unknown.length === 0) return;
  const reason = `Onbekende query parameters: ${unknown.join(', ')}`;
  throw invalidInput([{ name: 'nonFieldErrors', code: 'unknown-parameters', reason }]);
}

/** Known is only the standard's own spelling; what must not be mistaken for a filter is refused in any spelling. */
function unknownOf(
  { filters, ordering, envelope, unknownParameters: policy = 'ignore' }: Resource,
  given: URLSearchParams,
): string[] {
  if (policy === 'ignore') return [];
  if (policy === 'refuse') {
    const others = [...(ordering ? ['ordering'] : []), ...(envelope === 'none' ? [] : ['page'])];
    return unknownParameters([...Object.keys(filters), ...others], given.keys());
  }
  const refused = new Set(policy.map(spelling));
  // A list that has no pages is its own first page, and no other one.
  const isPage = given.getAll('page').some((page) => page !== '1');
  return [...new Set(given.keys())].filter(
    (name) => refused.has(spelling(name)) || (name === 'page' && isPage),
  );
}

/** `-registratiedatum,kanaal`: a minus is the other way round. */
function readOrdering({ ordering }: Resource, given: string, complaints: Complaint[]): Order[] {
  if (!ordering || given.trim() === '') return [];
  return given.split(',').flatMap((part) => {
    const word = part.trim().replace(/^-/, '');
    const field = Object.hasOwn(ordering, word) ? ordering[word] : undefined;
    if (field !== undefined) return [{ field, descending: part.trim().startsWith('-') }];
    complaints.push({ name: 'ordering', code: 'invalid_choice', reason: 'Hierop kan niet worden geordend.' });
    return [];
  });
}

function readPage(given: string | undefined): number | 'last' {
  if (given === undefined) return 1;
  if (given === 'last') return 'last';
  const page = /^\s*[0-9]{1,12}\s*$/.test(given) ? Number(given) : 0;
  if (page < 1 || page > mostPages) throw pageNotFound();
  return page;
}

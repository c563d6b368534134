import { EvaluationError } from '../limits.ts';
import { type Helper, isNothing } from './helper.ts';

/** Links that a CRM gives, taken apart, so that a request can be made of them without putting text together. */
export const linkHelpers = {
  urlQuery: {
    call: '(url)',
    is:
      'a link of the CRM taken apart: `path`, a list of its segments, and `query`, an object, in which a parameter ' +
      'that is there more than once is a list; all decoded. Its host is left out',
    example: {
      of: '$urlQuery("/data/v58/query?top=2&q=a%26b").query',
      yields: { top: '2', q: 'a&b' },
    },
    make: () => (url: unknown) => urlQuery(url),
  },
} as const satisfies Readonly<Record<string, Helper>>;

interface TakenApart {
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

function urlQuery(link: unknown): TakenApart | undefined {
  if (isNothing(link)) return undefined;
  // The base is for a link without a host: only what comes after that is used.
  const url = typeof link === 'string' && URL.canParse(link, base) ? new URL(link, base) : undefined;
  if (!url) throw new EvaluationError('K0008');
  const names = [...new Set(url.searchParams.keys())];
  return {
    path: url.pathname.split('/').filter(Boolean).map(decoded),
    query: Object.fromEntries(names.map((name) => [name, oneOrAll(url.searchParams.getAll(name))])),
  };
}

const base = 'https://crm.invalid/';

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new EvaluationError('K0008');
  }
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  const [first = ''] = values;
  return values.length > 1 ? values : first;
}

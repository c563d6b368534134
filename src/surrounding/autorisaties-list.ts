import type { SendContext } from '../backend/send.ts';
import { isObject, type Json } from '../json.ts';
import { BackendProblem, Problem } from '../problem.ts';
import { parseUrl } from '../url.ts';
import type { OpenRegister } from './index.ts';

type Query = readonly (readonly [string, string])[];

/** More pages than one client's applications fill; a register whose pages go round in a circle is no list. */
const mostPages = 100;

/**
 * All items of a list, page after page. Of `next` only the query is used: a register may know itself by another host
 * name, and must not be able to make us call one.
 *
 * @throws BackendProblem when there is no such list, or no complete one
 */
export async function listItems(
  register: Pick<OpenRegister, 'name' | 'send'>,
  list: string,
  query: Query,
  context: SendContext,
): Promise<readonly Json[]> {
  const { name, send } = register;
  const items: Json[] = [];
  let page: Query | undefined = query;
  for (let pages = 0; page !== undefined; pages++) {
    const answer = await send({ method: 'GET', path: [list], query: page, headers: {} }, context);
    const { results, next } = pageIn(answer.body);
    const following = next === undefined ? undefined : queryOf(next);
    const isLost = next !== undefined && !following;
    if (answer.meaning !== 'ok' || !results || isLost || pages >= mostPages) {
      const { status } = answer;
      context.observe({ event: 'backend-failed', backend: name, reason: 'unexpected-answer', status });
      throw new BackendProblem(new Problem('BadGateway'), 'declined', status);
    }
    items.push(...results);
    page = following;
  }
  return items;
}

/** Some registers give a bare list, of which there is one page. */
function pageIn(body: Json | undefined): { results: readonly Json[] | undefined; next: string | undefined } {
  if (Array.isArray(body)) return { results: body, next: undefined };
  const { results, next } = isObject(body) ? body : {};
  return {
    results: Array.isArray(results) ? results : undefined,
    next: typeof next === 'string' && next !== '' ? next : undefined,
  };
}

/** The query of a next page; undefined when it is no URL. */
function queryOf(next: string): Query | undefined {
  const url = parseUrl(next);
  return url && [...url.searchParams];
}

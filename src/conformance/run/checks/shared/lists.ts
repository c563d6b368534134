import type { Resource } from '../../../../contract/resource.ts';
import { type Json, scalarText } from '../../../../json.ts';
import { pageSize } from '../../../../contract/paging.ts';
import { type Check, NotTried, Stopped } from '../../check.ts';
import { type Exchange, objectIn, resultsIn } from '../../client.ts';
import type { Context } from '../../context.ts';
import { expectRefused, expectStatus, commonRecord, narrowQuery, withShortList } from '../../records.ts';
import { namesOf } from './names.ts';

/** A list: its pages, and what it does with parameters that it does not know. */
export function listChecks(resource: Resource): Check[] {
  const names = (what: string) => namesOf(resource, 'list', what);
  const pages: Check = {
    ...names('pages'),
    title: 'page, next, previous and count are right, and a page beyond is a 404',
    // The standard has no order: what the other checks make may come first on every page.
    last: true,
    run: (context) => tryPages(context, resource),
  };
  return [
    ...(resource.envelope === 'none' ? [] : [pages]),
    {
      ...names('head'),
      title: 'HEAD answers as GET does, without a body',
      async run(context) {
        const { record } = await commonRecord(context, resource.name);
        await withShortList(resource, record, async (query) => {
          const head = await context.ask(resource, 'list', { method: 'HEAD', query });
          expectStatus(context, head, 200);
          context.expect(head.text === '', head, 'no body');
          const type = head.headers.get('Content-Type') ?? 'none';
          context.expect(type.startsWith('application/json'), head, 'the Content-Type of GET', type);
        });
      },
    },
    {
      ...names('unknown-parameters'),
      title:
        resource.unknownParameters === 'refuse'
          ? '400 for a parameter that there is not'
          : 'a parameter that there is not is ignored',
      async run(context) {
        const { record } = await commonRecord(context, resource.name);
        const query = { ...narrowQuery(resource, record), onbekend: 'x', pageSize: '1' };
        const answer = await context.ask(resource, 'list', { query });
        if (resource.unknownParameters === 'refuse')
          expectRefused(context, answer, 'nonFieldErrors unknown-parameters');
        else expectStatus(context, answer, 200);
      },
    },
  ];
}

async function tryPages(context: Context, resource: Resource): Promise<void> {
  await commonRecord(context, resource.name);
  const list = (query: Record<string, string> = {}) => context.ask(resource, 'list', { query });
  const first = await list();
  if (!expectStatus(context, first, 200)) return;
  const { count, next, previous } = objectIn(first);
  const total = Number(count);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const wanted = Math.min(total, pageSize);
  context.expect(previous === null, first, 'previous is null on the first page', 'something else');
  context.expect(
    (next === null) === (pages === 1),
    first,
    pages === 1 ? 'next is null on the only page' : 'next leads on',
    'the opposite',
  );
  context.expect(
    resultsIn(first).length === wanted,
    first,
    `${wanted} of ${total} results`,
    `${resultsIn(first).length}`,
  );
  await tryFirst(context, list, first);
  if (pages > 1) await tryNext(context, resource, scalarText(next) ?? '');
  const last = await list({ page: 'last' });
  expectStatus(context, last, 200);
  context.expect(objectIn(last).next === null, last, 'next is null on the last page', 'something else');
  // Others may add records while we look, so far beyond.
  for (const page of [String(pages + 1000), '0', '-1', 'geen-getal']) {
    const answer = await list({ page });
    expectStatus(context, answer, 404);
    context.expect(objectIn(answer).code === 'not_found', answer, 'code not_found');
  }
}

/** How often the first page is looked at while others change the list. */
const looks = 5;

/** Page 1 is what is shown without page: before it was asked for, or after, as others may make records meanwhile. */
async function tryFirst(
  context: Context,
  list: (query?: Record<string, string>) => Promise<Exchange>,
  first: Exchange,
): Promise<void> {
  let before = first;
  for (let look = 1; ; look++) {
    const same = await list({ page: '1' });
    if (topOf(same) === topOf(before)) return;
    const after = await list();
    if (topOf(same) === topOf(after)) return;
    const isStill = topOf(before) === topOf(after);
    if (isStill || look === looks) {
      context.expect(false, same, 'page 1 is what is shown without page', 'another one');
      return;
    }
    before = after;
  }
}

function topOf(answer: Exchange): Json | undefined {
  return resultsIn(answer)[0]?.url;
}

/** Where `next` leads: asked for at the base URL that was given, because links may use another name of the same place. */
async function tryNext(context: Context, resource: Resource, next: string): Promise<void> {
  const page = /[?&]page=(\d+)/.exec(next)?.[1];
  const second = await followed(context, resource, page ?? '2');
  context.expect(
    page === '2',
    second,
    'next leads to page 2',
    page === undefined ? 'no page' : `page ${page}`,
  );
  expectStatus(context, second, 200);
  const { previous } = objectIn(second);
  const back = scalarText(previous) ?? '';
  context.expect(
    back !== '' && !/[?&]page=/.test(back),
    second,
    'previous leads to the first page, without page',
    'something else',
  );
}

/** A page that a list itself leads to has to be there: that it is not offered is no excuse for it. */
async function followed(context: Context, resource: Resource, page: string): Promise<Exchange> {
  try {
    return await context.ask(resource, 'list', { query: { page } });
  } catch (error) {
    if (!(error instanceof NotTried)) throw error;
    const sent = `GET /${resource.plural}?page=${page}`;
    context.tell({ sent, expected: 'status 200, as next leads there', came: '501' });
    throw new Stopped();
  }
}

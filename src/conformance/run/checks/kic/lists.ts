import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../../../contract/resource.ts';
import type { Check } from '../../check.ts';
import { resultsIn } from '../../client.ts';
import type { Context } from '../../context.ts';
import { declared } from '../../declarations.ts';
import { uuidOf } from '../../made.ts';
import {
  bodyOn,
  commonRecord,
  completeBody,
  expectRefused,
  expectStatus,
  make,
  narrowQuery,
  reread,
} from '../../records.ts';
import { differing } from '../shared/reading.ts';
import { namesOf } from '../shared/names.ts';

const unknown = 'nonFieldErrors unknown-parameters';

/** A list is all of it in one array: without pages, and for the main resources without filters. */
export function arrayChecks(resource: Resource): Check[] {
  const names = (what: string) => namesOf(resource, 'list', what);
  const references = Object.entries(resource.filters).filter(([, { link }]) => link?.reach === 'local');
  return [
    {
      ...names('array'),
      title: 'an array without an envelope, the oldest first, of what a read shows',
      run: (context) => tryArray(context, resource),
    },
    {
      ...names('pages'),
      title: resource.unknownParameters === 'refuse' ? '400 for any page' : '400 for any page but the first',
      async run(context) {
        const pages = resource.unknownParameters === 'refuse' ? ['1', '2'] : ['2', 'last'];
        for (const page of pages)
          expectRefused(context, await context.ask(resource, 'list', { query: { page } }), unknown);
      },
    },
    {
      ...names('head-token'),
      title: '403 for a HEAD without a token',
      async run(context) {
        const answer = await context.ask(resource, 'list', { method: 'HEAD', as: 'nobody' });
        expectStatus(context, answer, 403);
      },
    },
    ...(resource.unknownParameters === 'refuse' ? [] : [strictCheck(resource)]),
    ...references.map(([name, { link }]): Check => ({
      ...names(`filter.${name}.elsewhere`),
      title: `a ${name} that is not here finds nothing, and what is no ${name} is refused`,
      run: (context) => tryElsewhere(context, resource, name, link?.to ?? ''),
    })),
  ];
}

async function tryArray(context: Context, resource: Resource): Promise<void> {
  const { name } = resource;
  const isMain = Object.keys(resource.filters).length === 0;
  const first = await make(context, name, await completeBody(context, name));
  const query = narrowQuery(resource, first.record);
  const [main = ''] = Object.values(query);
  const second = await make(
    context,
    name,
    isMain ? await completeBody(context, name) : await bodyOn(context, name, main),
  );

  const answer = await context.ask(resource, 'list', { query });
  if (!expectStatus(context, answer, 200)) return;
  context.expect(Array.isArray(answer.body), answer, 'an array', 'something else');
  const items = resultsIn(answer);
  const ours = items.filter(({ url }) => url === first.url || url === second.url);
  context.expect(
    isDeepStrictEqual(
      ours.map(({ url }) => url),
      [first.url, second.url],
    ),
    answer,
    'the two that were made, the oldest first',
    `${ours.length} of them, or another order`,
  );
  const read = await reread(context, name, first.uuid);
  const shown = ours.find(({ url }) => url === first.url) ?? {};
  context.expect(
    isDeepStrictEqual(shown, read),
    answer,
    'items as a read shows them',
    differing(shown, read),
  );
}

/** Whoever took the lists of the newer API for these would take everybody's records for one person's. */
function strictCheck(resource: Resource): Check {
  const names = [...Object.keys(declared(resource.name).filters), 'klant', 'object', 'KLANT'];
  return {
    ...namesOf(resource, 'list', 'strict-filters'),
    title: '400 for a filter of the newer API, which would be ignored',
    async run(context) {
      for (const name of names) {
        const answer = await context.ask(resource, 'list', { query: { [name]: 'x' } });
        expectRefused(context, answer, unknown);
        // Each is a list of everything where it is ignored.
        if (answer.status === 200) return;
      }
    },
  };
}

async function tryElsewhere(context: Context, resource: Resource, name: string, to: string): Promise<void> {
  const { url } = await commonRecord(context, to);
  const list = (value: string) => context.ask(resource, 'list', { query: { [name]: value } });
  const { base } = context.api;
  const collection = url.slice(0, url.lastIndexOf('/'));
  for (const value of [
    `https://www.example.org/${to}/${randomUUID()}`,
    `${collection}/${randomUUID()}`,
    `${base}/bestaat-niet/${randomUUID()}`,
  ]) {
    const answer = await list(value);
    if (!expectStatus(context, answer, 200)) continue;
    const isEmpty = Array.isArray(answer.body) && answer.body.length === 0;
    context.expect(isEmpty, answer, 'an empty array', 'something else');
  }
  const klanten = collection.replace(/[^/]+$/, 'klanten');
  expectRefused(context, await list(`${klanten}/${randomUUID()}`), `${name} invalid-type`);
  for (const value of ['', `/${context.resource(to).plural}/${uuidOf(url)}`])
    expectRefused(context, await list(value), `${name} invalid`);
}

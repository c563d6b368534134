import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { differingParts } from '../../../../contract/compare.ts';
import type { Resource } from '../../../../contract/resource.ts';
import type { Check } from '../../check.ts';
import { objectIn } from '../../client.ts';
import type { Context } from '../../context.ts';
import { expectStatus, commonRecord } from '../../records.ts';
import { namesOf } from './names.ts';

/** Reading one record: what it shows, and what a client may keep of it. */
export function readingChecks(resource: Resource): Check[] {
  const names = (what: string) => namesOf(resource, 'read', what);
  return [
    {
      ...names('created'),
      title: 'what was created can be read, as it was answered',
      async run(context) {
        const { uuid, record } = await commonRecord(context, resource.name);
        const answer = await context.ask(resource, 'read', { uuid });
        expectStatus(context, answer, 200);
        const same = isDeepStrictEqual(objectIn(answer), record);
        context.expect(
          same,
          answer,
          'the record as it was answered when it was made',
          differing(objectIn(answer), record),
        );
      },
    },
    {
      ...names('unknown'),
      title: '404 for a record that there is not, and for what is no UUID',
      async run(context) {
        for (const uuid of [randomUUID(), 'geen-uuid']) {
          const answer = await context.ask(resource, 'read', { uuid });
          expectStatus(context, answer, 404);
          context.expect(objectIn(answer).code === 'not_found', answer, 'code not_found');
        }
      },
    },
    {
      ...names('etag'),
      title: 'a quoted ETag, and 304 for who has it',
      run: (context) => tryEtag(context, resource),
    },
    {
      ...names('head'),
      title: 'HEAD answers as GET does, without a body',
      run: (context) => tryHead(context, resource),
    },
  ];
}

async function tryEtag(context: Context, resource: Resource): Promise<void> {
  const { uuid } = await commonRecord(context, resource.name);
  const read = (given?: string) =>
    context.ask(resource, 'read', {
      uuid,
      ...(given === undefined ? {} : { headers: { 'If-None-Match': given } }),
    });
  const first = await read();
  const etag = first.headers.get('ETag') ?? '';
  if (
    !context.expect(/^"[^"]+"$/.test(etag), first, 'an ETag in quotes', etag === '' ? 'none' : 'another form')
  )
    return;
  for (const given of [etag, `"anders", ${etag}`, `W/${etag}`, '*']) {
    const answer = await read(given);
    expectStatus(context, answer, 304);
    context.expect(
      answer.text === '' && answer.headers.get('ETag') === etag,
      answer,
      'no body, and the same ETag',
    );
  }
  expectStatus(context, await read('"anders"'), 200);
  context.expect(
    (await read()).headers.get('ETag') === etag,
    first,
    'the same ETag as long as nothing changes',
  );
}

async function tryHead(context: Context, resource: Resource): Promise<void> {
  const { uuid } = await commonRecord(context, resource.name);
  const get = await context.ask(resource, 'read', { uuid });
  const head = await context.ask(resource, 'read', { uuid, method: 'HEAD' });
  expectStatus(context, head, 200);
  for (const name of ['ETag', 'Content-Type', 'API-version'])
    context.expect(head.headers.get(name) === get.headers.get(name), head, `the ${name} of GET`);
  context.expect(head.text === '', head, 'no body');
  const unknown = await context.ask(resource, 'read', { uuid: randomUUID(), method: 'HEAD' });
  expectStatus(context, unknown, 404);
}

/** The names of the fields that are not the same (`adres.huisnummer`), without what is in them. */
export function differing(given: object, wanted: object): string {
  const names = [...new Set([...Object.keys(given), ...Object.keys(wanted)])];
  return `other values of ${differingParts(names, given, wanted).join(', ')}`;
}

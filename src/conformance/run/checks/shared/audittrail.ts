import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../../../contract/resource.ts';
import { isObject, type JsonObject, scalarText } from '../../../../json.ts';
import { type ApiName, type Check, NotTried } from '../../check.ts';
import { type Exchange, objectIn } from '../../client.ts';
import type { Ask, Context } from '../../context.ts';
import { declared } from '../../declarations.ts';
import { uuidOf } from '../../made.ts';
import { completeBody, expectStatus, make, makeComplete, remove } from '../../records.ts';

const toelichting = 'Conformiteitstest';

/** The audit trail of a main object: who changed what, and when. */
export function audittrailChecks(main: Resource): Check[] {
  const names = (what: string, proves: readonly string[]) => ({
    id: `${main.name}.audittrail.${what}`,
    api: main.api as ApiName,
    proves,
  });
  return [
    {
      ...names('entries', ['audittrail_list', 'audittrail_read']),
      title: 'every write has its entry, the oldest first, and each can be read',
      run: (context) => tryEntries(context, main),
    },
    {
      ...names('unknown', ['audittrail_list', 'audittrail_read']),
      title:
        '404 for what there is not, for an entry of another, and for what is removed; 403 without a token',
      run: (context) => tryUnknown(context, main),
    },
  ];
}

async function tryEntries(context: Context, main: Resource): Promise<void> {
  const headers = { 'X-Audit-Toelichting': toelichting };
  const created = await context.ask(main, 'create', {
    body: await completeBody(context, main.name),
    headers,
  });
  const record = objectIn(created);
  const uuid = uuidOf(scalarText(record.url) ?? '');
  for (const operation of ['update', 'partial_update'] as const)
    expectStatus(context, await context.ask(main, operation, { uuid, body: record, headers }), 200);

  const list = await trail(context, main, uuid);
  if (!expectStatus(context, list, 200)) return;
  expectDescribed(context, 'audittrail_list', list);
  const entries = entriesIn(list);
  const acties = entries.map(({ actie }) => scalarText(actie)).join(', ');
  context.expect(
    acties === 'create, update, partial_update',
    list,
    'create, update and partial_update, in that order',
    acties || 'nothing',
  );
  const resultaten = entries.map(({ resultaat }) => scalarText(resultaat)).join(', ');
  context.expect(resultaten === '201, 200, 200', list, 'resultaat 201, 200 and 200', resultaten || 'nothing');
  const wanted: readonly [string, (entry: JsonObject) => boolean][] = [
    ['resource', (entry) => entry.resource === main.name],
    ['hoofdObject', (entry) => uuidOf(scalarText(entry.hoofdObject) ?? '') === uuid],
    ['resourceUrl', (entry) => uuidOf(scalarText(entry.resourceUrl) ?? '') === uuid],
    ['toelichting', (entry) => entry.toelichting === toelichting],
    ['gebruikersId', (entry) => entry.gebruikersId === 'conformance-run'],
    ['wijzigingen', (entry) => isObject(entry.wijzigingen) && isObject(entry.wijzigingen.nieuw)],
  ];
  for (const [name, isRight] of wanted)
    context.expect(entries.every(isRight), list, `the right ${name} in every entry`, 'another one');
  const [first] = entries;
  const before = isObject(first?.wijzigingen) ? first.wijzigingen.oud : undefined;
  context.expect(before === null, list, 'nothing before a create', 'something');
  if (first) await tryOne(context, main, uuid, first);
}

async function tryOne(context: Context, main: Resource, uuid: string, entry: JsonObject): Promise<void> {
  const answer = await trail(context, main, uuid, scalarText(entry.uuid) ?? '');
  if (!expectStatus(context, answer, 200)) return;
  expectDescribed(context, 'audittrail_read', answer);
  context.expect(
    isDeepStrictEqual(objectIn(answer), entry),
    answer,
    'the entry as it is in the list',
    'another one',
  );
}

async function tryUnknown(context: Context, main: Resource): Promise<void> {
  const [one, other] = [
    await makeComplete(context, main.name),
    await make(context, main.name, await completeBody(context, main.name)),
  ];
  const ofOther = entriesIn(await trail(context, main, other.uuid))[0];
  expectStatus(context, await trail(context, main, one.uuid, scalarText(ofOther?.uuid) ?? randomUUID()), 404);
  expectStatus(context, await trail(context, main, one.uuid, randomUUID()), 404);
  expectStatus(context, await trail(context, main, randomUUID()), 404);
  for (const as of ['nobody', 'forged'] as const)
    expectStatus(context, await trail(context, main, one.uuid, undefined, { as }), 403);
  await remove(context, main.name, one.uuid);
  expectStatus(context, await trail(context, main, one.uuid), 404);
}

async function trail(
  context: Context,
  { plural }: Resource,
  uuid: string,
  entry?: string,
  ask: Ask = {},
): Promise<Exchange> {
  const answer = await context.askAt(
    'GET',
    `/${plural}/${uuid}/audittrail${entry === undefined ? '' : `/${entry}`}`,
    ask,
  );
  if (answer.status === 501) throw new NotTried('there is no audit trail: the implementation answers 501');
  return answer;
}

function expectDescribed(context: Context, id: string, answer: Exchange): void {
  const objections = context.api.described.objectionsTo(id, answer.status, answer.body);
  context.expect(
    objections.length === 0,
    answer,
    `an answer as described by the OpenAPI document for ${id}`,
    objections.slice(0, 5).join('; '),
  );
}

function entriesIn({ body }: Exchange): JsonObject[] {
  return Array.isArray(body) ? body.filter(isObject) : [];
}

/** The main objects, which have an audit trail each. */
export const audited: readonly Resource[] = ['klant', 'contactmoment', 'verzoek'].map(declared);

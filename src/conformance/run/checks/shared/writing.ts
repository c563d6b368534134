import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { operationId, type Resource } from '../../../../contract/resource.ts';
import { type JsonObject, scalarText } from '../../../../json.ts';
import { type Check, NotTried } from '../../check.ts';
import { type Exchange, objectIn } from '../../client.ts';
import type { Context } from '../../context.ts';
import { uuidOf } from '../../made.ts';
import {
  change,
  completeBody,
  expectStatus,
  listed,
  make,
  makeComplete,
  narrowQuery,
  remove,
  reread,
} from '../../records.ts';
import { namesOf } from './names.ts';
import { differing } from './reading.ts';

/** Making, changing and removing one record. */
export function writingChecks(resource: Resource): Check[] {
  const updates = (['update', 'partial_update'] as const).filter((one) => resource.operations.includes(one));
  return [
    {
      ...namesOf(resource, 'create', 'complete'),
      title: '201 with a Location, and all that was sent',
      run: (context) => tryCreate(context, resource),
    },
    {
      ...namesOf(resource, 'delete', 'gone'),
      title: '204, and then it is not there any more',
      run: (context) => tryDelete(context, resource),
    },
    ...updates.map((operation): Check => ({
      ...namesOf(resource, operation, 'unknown'),
      title: '404 for a record that there is not',
      run: async (context) => {
        expectStatus(context, await change(context, resource.name, operation, randomUUID(), {}), 404);
      },
    })),
    ...(updates.length > 0 ? [putCheck(resource), patchCheck(resource)] : []),
  ];
}

async function tryCreate(context: Context, resource: Resource): Promise<void> {
  const body = await completeBody(context, resource.name);
  const answer = await context.ask(resource, 'create', {
    body: { ...body, eenOnbekendVeld: 'x', url: 'https://www.example.org/' },
  });
  if (!expectStatus(context, answer, 201)) return;
  const record = objectIn(answer);
  expectHolds(context, answer, record, body);
  const url = scalarText(record.url) ?? '';
  const location = answer.headers.get('Location') ?? 'none';
  context.expect(
    location === url,
    answer,
    'a Location that is the url',
    location === 'none' ? location : 'another one',
  );
  const path = new RegExp(`/${resource.plural}/[^/]+$`);
  context.expect(
    path.test(url) && uuidOf(url) !== '',
    answer,
    `a url that ends with /${resource.plural}/ and a uuid`,
    'another one',
  );
  context.expect(
    record.eenOnbekendVeld === undefined,
    answer,
    'a key that there is not is left out',
    'it is there',
  );
}

async function tryDelete(context: Context, resource: Resource): Promise<void> {
  const { uuid, record } = await makeComplete(context, resource.name);
  takeFromZaken(context, record);
  const gone = await remove(context, resource.name, uuid);
  context.expect(gone.text === '', gone, 'no body');
  expectStatus(context, await context.ask(resource, 'read', { uuid }), 404);
  expectStatus(context, await context.ask(resource, 'delete', { uuid }), 404);
  const query = narrowQuery(resource, record);
  // A list without filters is one of everything.
  const left = Object.keys(query).length === 0 ? [] : await listed(context, resource.name, query);
  if (left.includes(uuid))
    context.tell({ sent: `GET /${resource.plural}`, expected: 'it is in no list', came: 'it is' });
}

/** The relation with a zaak has to go from the Zaken API first. */
export function takeFromZaken({ run }: Context, record: JsonObject): void {
  const zaak = scalarText(record.object);
  if (zaak === undefined || !run.places.hasStandIns) return;
  for (const [main, relation] of [
    ['contactmoment', 'zaakcontactmomenten'],
    ['verzoek', 'zaakverzoeken'],
  ] as const)
    run.places.standIns.zaken.unrelate(relation, zaak, scalarText(record[main]) ?? '');
}

/** A PUT of what a GET showed changes nothing, and one without the optional fields keeps them. */
function putCheck(resource: Resource): Check {
  return {
    ...namesOf(resource, 'update', 'kept'),
    title: 'a PUT changes what is in it, and keeps what is not',
    async run(context) {
      const { name, fields } = resource;
      const { uuid, record } = await makeComplete(context, name);
      const same = await change(context, name, 'update', uuid, record);
      if (expectStatus(context, same, 200)) expectHolds(context, same, objectIn(same), record);
      const etag = (await context.ask(resource, 'read', { uuid })).headers.get('ETag');

      const required = Object.entries(record).filter(([field]) => fields[field]?.required);
      const body = Object.fromEntries(required);
      const { answer, changed } = await changeSomething(context, resource, 'update', uuid, body);
      if (!expectStatus(context, answer, 200)) return;
      const wanted = { ...record, ...changed };
      expectHolds(context, answer, objectIn(answer), wanted);
      const read = await context.ask(resource, 'read', { uuid });
      expectHolds(context, read, objectIn(read), wanted);
      context.expect(
        read.headers.get('ETag') !== etag,
        read,
        'another ETag after the change',
        'the same one',
      );
    },
  };
}

function patchCheck(resource: Resource): Check {
  return {
    ...namesOf(resource, 'partial_update', 'kept'),
    title: 'a PATCH changes what is in it, and nothing else; nothing is required',
    async run(context) {
      const { uuid, record } = await makeComplete(context, resource.name);
      const nothing = await change(context, resource.name, 'partial_update', uuid, {});
      if (expectStatus(context, nothing, 200)) expectHolds(context, nothing, objectIn(nothing), record);
      const { answer, changed } = await changeSomething(context, resource, 'partial_update', uuid, {});
      if (!expectStatus(context, answer, 200)) return;
      const wanted = { ...record, ...changed };
      expectHolds(context, answer, objectIn(answer), wanted);
      expectHolds(context, answer, await reread(context, resource.name, uuid), wanted);
    },
  };
}

/** A change of a nested object leaves the rest of it as it was. */
export function mergeCheck(resource: Resource, inside: string, part: JsonObject): Check {
  const names = namesOf(resource, 'partial_update', `merge.${inside}`);
  return {
    ...names,
    proves: [...names.proves, operationId(resource, 'update')],
    title: `a change of a part of ${inside} keeps the rest of it; null and {} keep all of it`,
    async run(context) {
      const body = await completeBody(context, resource.name);
      const { uuid, record } = await make(context, resource.name, body);
      const wanted = { ...record, [inside]: { ...(record[inside] as JsonObject), ...part } };
      const answer = await change(context, resource.name, 'partial_update', uuid, { [inside]: part });
      if (expectStatus(context, answer, 200)) expectHolds(context, answer, objectIn(answer), wanted);
      for (const nothing of [{}, null]) {
        const kept = await change(context, resource.name, 'partial_update', uuid, { [inside]: nothing });
        if (expectStatus(context, kept, 200)) expectHolds(context, kept, objectIn(kept), wanted);
      }
    },
  };
}

/** Changes the first field that can: one that the implementation cannot change, it answers with 501. */
async function changeSomething(
  context: Context,
  resource: Resource,
  operation: 'update' | 'partial_update',
  uuid: string,
  others: JsonObject,
): Promise<{ readonly answer: Exchange; readonly changed: JsonObject }> {
  let refusal = new NotTried(`there is no plain text in a ${resource.name}`);
  for (const changed of changesOf(resource)) {
    try {
      const answer = await change(context, resource.name, operation, uuid, { ...others, ...changed });
      return { answer, changed };
    } catch (error) {
      if (!(error instanceof NotTried)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** Each optional plain text of a resource, with something else in it. */
function changesOf({ fields }: Resource): JsonObject[] {
  return Object.entries(fields).flatMap(([name, { schema, readOnly, required, immutable, always }]) => {
    const isPlain = schema.type === 'string' && !schema.enum && schema.format === undefined;
    const canChange = isPlain && !readOnly && !required && !immutable && !always;
    return canChange ? [{ [name]: 'anders'.slice(0, schema.maxLength) }] : [];
  });
}

/** Every field that was sent is there, as it was sent; `url` is the implementation's own. */
export function expectHolds(
  context: Context,
  about: Parameters<Context['expect']>[1],
  record: JsonObject,
  wanted: JsonObject,
): void {
  const names = Object.keys(wanted).filter((name) => name !== 'url');
  const only = (from: JsonObject) => Object.fromEntries(names.map((name) => [name, from[name]]));
  context.expect(
    isDeepStrictEqual(only(record), only(wanted)),
    about,
    'the fields as they were sent',
    differing(only(record), only(wanted)),
  );
}

import { setTimeout as wait } from 'node:timers/promises';
import { type Operation, operationId, type Resource } from '../../../../contract/resource.ts';
import { isObject, type JsonObject, scalarText } from '../../../../json.ts';
import type { ApiName, Check } from '../../check.ts';
import type { Context } from '../../context.ts';
import { uuidOf } from '../../made.ts';
import { change, expectStatus, makeComplete, remove, reread } from '../../records.ts';
import { takeFromZaken } from './writing.ts';

/** How long an announcement may take. */
const longestMs = 10_000;

/** What a subscriber is told of each write that the standard announces. */
export function announcementChecks(resource: Resource): Check[] {
  const writes = resource.operations.filter((operation) => operation !== 'list' && operation !== 'read');
  return [
    {
      id: `${resource.name}.announced`,
      api: resource.api as ApiName,
      proves: writes.map((operation) => operationId(resource, operation)),
      title: resource.notifies ? 'every write is announced to the Notificaties API' : 'no write is announced',
      async run(context) {
        await context.needs('notificaties', 'stand-ins');
        if (resource.notifies) await expectAnnounced(context, resource, writes);
        else await expectSilence(context, resource);
      },
    },
  ];
}

async function expectAnnounced(
  context: Context,
  resource: Resource,
  writes: readonly Operation[],
): Promise<void> {
  const { name, notifies } = resource;
  const { uuid, record } = await makeComplete(context, name);
  const mainUuid =
    notifies?.hoofdObject === 'self' ? uuid : uuidOf(scalarText(record[notifies?.hoofdObject ?? '']) ?? '');
  const mainName = notifies?.hoofdObject === 'self' ? name : (notifies?.hoofdObject ?? '');
  const main = await reread(context, mainName, mainUuid);
  for (const operation of ['update', 'partial_update'] as const)
    if (writes.includes(operation))
      expectStatus(context, await change(context, name, operation, uuid, record), 200);
  await remove(context, name, uuid);

  for (const operation of writes) {
    const actie = operation === 'delete' ? 'destroy' : operation;
    const found = await arrival(context, uuid, actie);
    const wrong = found ? objectionsTo(found, resource, mainUuid, main) : ['it did not arrive'];
    if (wrong.length === 0) continue;
    context.tell({
      sent: `${actie} of a ${name}`,
      expected: 'a notification at the Notificaties API, as the standard says',
      came: wrong.join('; '),
    });
  }
}

/** A relation that nobody is told of: an announcement that is made later has arrived, and one of the relation has not. */
async function expectSilence(context: Context, resource: Resource): Promise<void> {
  const { uuid, record } = await makeComplete(context, resource.name);
  takeFromZaken(context, record);
  await remove(context, resource.name, uuid);
  const main = resource.partOf ?? '';
  const marker = await makeComplete(context, main);
  await arrival(context, marker.uuid, 'create');
  // A relation may have the UUID of the record that it is kept in, which is announced.
  const found = arrivedOf(context, uuid).filter(({ resourceUrl }) =>
    (scalarText(resourceUrl) ?? '').includes(`/${resource.plural}/`),
  );
  if (found.length > 0)
    context.tell({
      sent: `a new ${resource.name}, and its removal`,
      expected: 'no notification',
      came: `${found.length}`,
    });
}

function objectionsTo(
  found: JsonObject,
  { name, notifies }: Resource,
  mainUuid: string,
  main: JsonObject,
): string[] {
  const kenmerken = isObject(found.kenmerken) ? found.kenmerken : {};
  const isWanted = (key: string): boolean => {
    const value = scalarText(main[key]) ?? '';
    return (
      kenmerken[key] === value ||
      (value === '' && typeof kenmerken[key] === 'string' && kenmerken[key] !== '')
    );
  };
  return [
    ...(found.kanaal === notifies?.kanaal ? [] : ['another kanaal']),
    ...(found.resource === name ? [] : ['another resource']),
    ...(uuidOf(scalarText(found.hoofdObject) ?? '') === mainUuid ? [] : ['another hoofdObject']),
    ...(Number.isNaN(Date.parse(scalarText(found.aanmaakdatum) ?? '')) ? ['no aanmaakdatum'] : []),
    ...(notifies?.kenmerken.filter((key) => !isWanted(key)).map((key) => `another kenmerk ${key}`) ?? []),
  ];
}

/** The notification of a write, when it comes in time. */
async function arrival(context: Context, uuid: string, actie: string): Promise<JsonObject | undefined> {
  for (let waited = 0; waited <= longestMs; waited += 50) {
    const found = arrivedOf(context, uuid).find((one) => one.actie === actie);
    if (found) return found;
    await wait(50);
  }
  return undefined;
}

function arrivedOf({ run }: Context, uuid: string): JsonObject[] {
  const { arrived } = run.places.standIns.notificaties;
  return arrived.filter(({ resourceUrl }) => uuidOf(scalarText(resourceUrl) ?? '') === uuid);
}

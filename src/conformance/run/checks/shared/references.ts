import { randomUUID } from 'node:crypto';
import { type Operation, operationId, type Resource } from '../../../../contract/resource.ts';
import type { JsonObject } from '../../../../json.ts';
import { type ApiName, type Check, optionalApi } from '../../check.ts';
import type { Context } from '../../context.ts';
import { resourcesOf } from '../../declarations.ts';
import { completeBody, expectRefused, expectStatus, makeComplete, without } from '../../records.ts';
import { idIn } from './names.ts';

/** Which rule a link to a resource of the same API belongs to, by resource and field. */
const rules: Readonly<Record<string, string>> = {
  'contactmoment.vorigContactmoment': 'cm-001',
  'verzoek.inTeTrekkenVerzoek': 'vrz-002',
  'verzoek.aangevuldeVerzoek': 'vrz-003',
  'klantcontactmoment.contactmoment': 'cm-004',
  'objectcontactmoment.contactmoment': 'cm-005',
  'klantverzoek.verzoek': 'vrz-004',
  'verzoekcontactmoment.verzoek': 'vrz-005',
  'verzoekinformatieobject.verzoek': 'vrz-006',
  'verzoekproduct.verzoek': 'vrz-007',
  'objectverzoek.verzoek': 'vrz-008',
};

/** The numbered rules are those of the newer APIs, also where the older one keeps them. */
function rulesOf({ api, name }: Resource, field: string): string[] {
  const rule = api === optionalApi ? undefined : rules[`${name}.${field}`];
  return rule === undefined ? [] : [rule];
}

/** One check for each link of a resource to a record of the same API: where it may lead. */
export function referenceChecks(resource: Resource): Check[] {
  return resource.links
    .filter(([, { reach }, field]) => reach === 'local' && !field.readOnly)
    .map(([name, { to }, { required }]) => ({
      id: idIn(resource.api, `${resource.name}.${name}.leads-to-a-${to}`),
      api: resource.api as ApiName,
      proves: [...rulesOf(resource, name), operationId(resource, 'create')],
      title: `${name} leads to a ${to} that is there`,
      run: (context) => tryReference(context, resource, name, to, required),
    }));
}

async function tryReference(
  context: Context,
  resource: Resource,
  name: string,
  to: string,
  required: boolean,
): Promise<void> {
  const target = await makeComplete(context, to);
  const wrong: (readonly [string, string])[] = [
    [target.url.replace(/[^/]+$/, randomUUID()), 'does_not_exist'],
    [target.url.replace(/[^/]+$/, 'geen-uuid'), 'invalid'],
    ['https://www.example.org/ergens/anders', 'no_match'],
    ...otherCollection(resource, to).map(
      (plural) => [target.url.replace(/[^/]+\/([^/]+)$/, `${plural}/$1`), 'incorrect_match'] as const,
    ),
    ...(required ? [['', 'null'] as const] : []),
  ];
  const others = await withoutLink(context, resource, name);
  for (const operation of operationsOf(resource)) {
    const isCreate = operation === 'create';
    const uuid = isCreate ? {} : { uuid: (await makeComplete(context, resource.name)).uuid };
    // A change is one of this link alone: there may be fields that cannot change.
    const [wrongBody, rightBody] = isCreate ? [others, { ...others, ...unlike(others) }] : [{}, {}];
    for (const [value, code] of wrong) {
      const answer = await context.ask(resource, operation, {
        ...uuid,
        body: { ...wrongBody, [name]: value },
      });
      expectRefused(context, answer, `${name} ${code}`);
    }
    if (required) continue;
    for (const value of [null, '']) {
      const answer = await context.ask(resource, operation, {
        ...uuid,
        body: { ...rightBody, [name]: value },
      });
      expectStatus(context, answer, isCreate ? 201 : 200);
    }
  }
}

/** Another kind of record of the same API: its URL leads to something else. */
function otherCollection({ api }: Resource, to: string): string[] {
  return resourcesOf(api as ApiName)
    .filter((one) => one.name !== to)
    .map(({ plural }) => plural)
    .slice(0, 1);
}

async function withoutLink(context: Context, resource: Resource, name: string): Promise<JsonObject> {
  return without(await completeBody(context, resource.name), name);
}

/** What has to be another one in each record. */
function unlike(body: JsonObject): JsonObject {
  return 'identificatie' in body ? { identificatie: '' } : {};
}

function operationsOf(resource: Resource): Operation[] {
  return resource.operations.includes('partial_update') ? ['create', 'partial_update'] : ['create'];
}

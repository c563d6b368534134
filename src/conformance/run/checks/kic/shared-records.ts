import { isDeepStrictEqual } from 'node:util';
import { operationId, type Resource } from '../../../../contract/resource.ts';
import { type JsonObject, scalarText } from '../../../../json.ts';
import { objectIn } from '../../client.ts';
import type { ApiName, Check } from '../../check.ts';
import { declared, declaredFor, resourcesOf } from '../../declarations.ts';
import { uuidOf } from '../../made.ts';
import {
  completeBody,
  change,
  expectStatus,
  listed,
  make,
  makeComplete,
  remove,
  reread,
} from '../../records.ts';
import { completeContactmoment, completeVerzoek, worded } from '../../samples.ts';
import { namesOf } from '../shared/names.ts';
import { differing } from '../shared/reading.ts';
import { expectHolds, takeFromZaken } from '../shared/writing.ts';

/** What is neither a klant, which has checks of its own, nor the same in words and values. */
const isCompared = ({ link, readOnly, schema }: Resource['fields'][string]): boolean =>
  !link && !readOnly && schema.format !== 'date-time';

/** One record behind two contracts: what is made, changed or removed in one is so in the other. */
export const sharedRecordChecks: readonly Check[] = [
  ...resourcesOf('kic')
    .filter(({ name }) => name !== 'klant')
    .map(newerCheck),
  mainCheck('contactmoment', completeContactmoment, { voorkeurstaal: 'nld' }, 'vorigContactmoment'),
  mainCheck('verzoek', completeVerzoek, {}, 'inTeTrekkenVerzoek'),
  looseCheck(declaredFor('kic', 'verzoekcontactmoment')),
];

/** Made here, it is there under the same uuid; removed there, it is gone here. */
function newerCheck(resource: Resource): Check {
  const { name } = resource;
  return {
    ...namesOf(resource, 'create', 'newer'),
    proves: [operationId(resource, 'create'), operationId(resource, 'read'), operationId(resource, 'delete')],
    title: 'it is a record of the newer API too, with the same uuid and a URL of that one',
    async run(context) {
      const newer = declared(name);
      context.otherApi(newer.api as ApiName);
      const { uuid, url, record } = await makeComplete(context, name);
      const answer = await context.ask(newer, 'read', { uuid });
      if (!expectStatus(context, answer, 200)) return;
      const shown = objectIn(answer);
      const isOther = uuidOf(scalarText(shown.url) ?? '') === uuid && shown.url !== url;
      context.expect(isOther, answer, 'the same uuid in a URL of the newer API', 'another one');
      const compared = Object.entries(resource.fields).filter(([, field]) => isCompared(field));
      const names = compared.map(([field]) => field).filter((field) => field in newer.fields);
      const only = (from: JsonObject) => Object.fromEntries(names.map((one) => [one, from[one]]));
      const isSame = isDeepStrictEqual(only(shown), only(record));
      context.expect(isSame, answer, 'the same values', differing(only(shown), only(record)));
      if ('interactiedatum' in record)
        context.expect(
          shown.registratiedatum === record.interactiedatum,
          answer,
          'one moment: interactiedatum here, registratiedatum there',
          'two',
        );
      takeFromZaken(context, record);
      await remove(context, newer, uuid);
      expectStatus(context, await context.ask(resource, 'read', { uuid }), 404);
    },
  };
}

/** Made there, it is here; what this API does not show of it stays as it was when it is changed here. */
function mainCheck(
  name: 'contactmoment' | 'verzoek',
  complete: typeof completeVerzoek,
  unseen: JsonObject,
  link: string,
): Check {
  const resource = declaredFor('kic', name);
  return {
    ...namesOf(resource, 'update', 'newer'),
    proves: (['read', 'update', 'partial_update'] as const).map((operation) =>
      operationId(resource, operation),
    ),
    title: 'a record of the newer API is here too; a change here keeps what this one does not show',
    async run(context) {
      const newer = declared(name);
      context.otherApi(newer.api as ApiName);
      const target = await make(context, newer, complete(context.run));
      const body = { ...complete(context.run), ...unseen, [link]: target.url };
      const made = await make(context, newer, body);
      const { uuid } = made;
      const answer = await context.ask(resource, 'read', { uuid });
      if (!expectStatus(context, answer, 200)) return;
      const shown = objectIn(answer);
      expectHolds(context, answer, shown, worded(resource, body));

      for (const operation of ['update', 'partial_update'] as const) {
        const others = operation === 'update' ? shown : {};
        const tekst = `anders na ${operation}`;
        const changed = await change(context, name, operation, uuid, { ...others, tekst });
        expectStatus(context, changed, 200);
        const wanted = { ...made.record, tekst };
        expectHolds(context, changed, await reread(context, newer, uuid), wanted);
      }
      const before = (await context.ask(resource, 'read', { uuid })).headers.get('ETag');
      expectStatus(context, await change(context, newer, 'partial_update', uuid, { tekst: 'daar' }), 200);
      const after = await context.ask(resource, 'read', { uuid });
      expectHolds(context, after, objectIn(after), { tekst: 'daar' });
      const isOther = after.headers.get('ETag') !== before;
      context.expect(isOther, after, 'another ETag after a change in the newer API', 'the same one');
    },
  };
}

/** There a relation may lead to a contactmoment that is gone; here it cannot. */
function looseCheck(resource: Resource): Check {
  const { name } = resource;
  return {
    ...namesOf(resource, 'read', 'loose'),
    proves: [operationId(resource, 'read'), operationId(resource, 'list')],
    title: 'a relation with a contactmoment that is gone is not shown',
    async run(context) {
      context.otherApi('contactmomenten');
      const { uuid, record } = await make(context, name, await completeBody(context, name));
      const [contactmoment, verzoek] = [record.contactmoment, record.verzoek].map(scalarText);
      await remove(context, declared('contactmoment'), uuidOf(contactmoment ?? ''));
      expectStatus(context, await context.ask(resource, 'read', { uuid }), 404);
      const left = await listed(context, name, { verzoek: verzoek ?? '' });
      if (left.length > 0)
        context.tell({
          sent: `GET /${resource.plural}?verzoek=…`,
          expected: 'an empty array',
          came: 'a relation',
        });
    },
  };
}

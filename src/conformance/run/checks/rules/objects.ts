import { randomUUID } from 'node:crypto';
import { type JsonObject, scalarText } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import type { Context } from '../../context.ts';
import { completeBody, expectRefused, expectStatus, make, remove } from '../../records.ts';
import { takeFromZaken } from '../shared/writing.ts';
import { nowhere, ruleCheck } from './parts.ts';

/** A relation with something that another register of the standard keeps. */
export interface ObjectRelation {
  readonly name: string;
  /** The field with its URL. */
  readonly field: 'object' | 'informatieobject';
  /** The field with the record of this API. */
  readonly main: 'contactmoment' | 'verzoek';
}

/** What the URL of an object leads to: it has to be there, and be of the right kind. */
export function objectCheck(rule: string, { name, field }: ObjectRelation): Check {
  return ruleCheck(rule, name, ['create'], field, `${field} leads to what it should be`, async (context) => {
    const body = await completeBody(context, name);
    const { zaken, documenten } = context.run.places.standIns;
    const missing = (scalarText(body[field]) ?? '').replace(/[^/]+$/, randomUUID());
    const other = field === 'object' ? zaken.noZaak() : documenten.noInformatieobject();
    const wrong: (readonly [string, string])[] = [
      [missing, 'bad-url'],
      [nowhere, 'bad-url'],
      ['geen-url', 'invalid'],
      [other, 'invalid-resource'],
    ];
    for (const [value, code] of wrong) {
      const answer = await context.ask(context.resource(name), 'create', {
        body: { ...body, [field]: value },
      });
      expectRefused(context, answer, `${field} ${code}`);
    }
  });
}

/** The relation has to be in the source of the object when ours is made, and gone from it when ours is removed. */
export function sourceChecks(rule: string, relation: ObjectRelation): Check[] {
  const { name, main } = relation;
  return [
    ruleCheck(
      rule,
      name,
      ['create'],
      'source-first',
      'a relation that its source does not have is refused',
      async (context) => {
        const body = await unknownToSource(context, name, main);
        const answer = await context.ask(context.resource(name), 'create', { body });
        expectRefused(context, answer, 'nonFieldErrors inconsistent-relation');
      },
    ),
    ruleCheck(
      rule,
      name,
      ['create', 'delete'],
      'source',
      'it can be made when its source has it, and removed when its source has not',
      async (context) => {
        const { uuid, record } = await make(context, name, await completeBody(context, name));
        const kept = await context.ask(context.resource(name), 'delete', { uuid });
        expectRefused(context, kept, 'nonFieldErrors remote-relation-exists');
        expectStatus(context, await context.ask(context.resource(name), 'read', { uuid }), 200);
        takeFromZaken(context, record);
        await remove(context, name, uuid);
      },
    ),
  ];
}

/** A zaak that is there, and that knows nothing of this record. */
async function unknownToSource(
  context: Context,
  name: string,
  main: ObjectRelation['main'],
): Promise<JsonObject> {
  await context.needs('zaken');
  const { places } = context.run;
  if (places.hasStandIns) {
    const body = await completeBody(context, name);
    return { ...body, object: places.zaak() };
  }
  const least =
    main === 'verzoek'
      ? { status: 'ontvangen' }
      : { medewerkerIdentificatie: { identificatie: 'conformance' } };
  const { url } = await make(context, main, { bronorganisatie: context.run.bronorganisatie, ...least });
  return { [main]: url, object: places.zaak(), objectType: 'zaak' };
}

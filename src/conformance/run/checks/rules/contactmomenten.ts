import type { Check } from '../../check.ts';
import { completeBody, make } from '../../records.ts';
import { objectCheck, type ObjectRelation, sourceChecks } from './objects.ts';
import { linkChecks, ruleCheck, uniqueChecks, urlCheck } from './parts.ts';

const object: ObjectRelation = { name: 'objectcontactmoment', field: 'object', main: 'contactmoment' };

/** The numbered rules of the Contactmomenten API; where vorigContactmoment may lead is among the shared checks. */
export const contactmomentenRules: readonly Check[] = [
  ...linkChecks('cm-002', 'contactmoment', 'vorigContactmoment', 'volgendContactmoment'),
  urlCheck('cm-003', 'contactmoment', 'medewerker'),
  urlCheck('cm-004', 'klantcontactmoment', 'klant'),
  ...uniqueChecks('cm-004', 'klantcontactmoment'),
  ruleCheck(
    'cm-004',
    'klantcontactmoment',
    ['create'],
    'roles',
    'a klant can have another rol in the same contactmoment',
    async (context) => {
      const body = await completeBody(context, 'klantcontactmoment');
      for (const rol of ['gesprekspartner', 'belanghebbende'])
        await make(context, 'klantcontactmoment', { ...body, rol });
    },
  ),
  objectCheck('cm-005', object),
  ...uniqueChecks('cm-005', 'objectcontactmoment'),
  ...sourceChecks('cm-006', object),
];

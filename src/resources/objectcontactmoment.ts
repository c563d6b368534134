import { onChoice, onReference, onUrl } from '../contract/filter.ts';
import { ownUrl, reference } from '../contract/links.ts';
import { crudScopes, defineResource, relationOperations } from '../contract/resource.ts';
import { url } from '../contract/text.ts';
import { choice } from '../contract/values.ts';
import { cm005 } from '../rules/cm-005.ts';
import { cm006 } from '../rules/cm-006.ts';

const objectTypes = ['zaak'] as const;

/** An objectcontactmoment: what a contactmoment was about, mirrored from the Zaken API. Contract section 2.4. */
export const objectcontactmoment = defineResource({
  api: 'contactmomenten',
  name: 'objectcontactmoment',
  plural: 'objectcontactmomenten',
  schemaName: 'ObjectContactMoment',
  description: 'Het object waar een contactmoment over ging.',
  operations: relationOperations,
  scopes: crudScopes('contactmomenten'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van deze relatie.'),
    contactmoment: reference('contactmoment', { required: true, description: 'Het contactmoment.' }),
    object: url({
      max: 1000,
      required: true,
      description: 'De URL van het object; moet bestaan (cm-005), en de relatie kennen (cm-006).',
    }),
    objectType: choice(objectTypes, { required: true, description: 'Het soort object.' }),
  },
  filters: {
    object: onUrl('object', 'De URL van het object.'),
    contactmoment: onReference('contactmoment', 'contactmoment', 'Het contactmoment.'),
    objectType: onChoice('objectType', objectTypes, 'Het soort object.'),
  },
  unknownParameters: 'refuse',
  rules: [cm005, cm006],
  partOf: 'contactmoment',
  naturalKey: ['contactmoment', 'object'],
  personalKeys: [],
});

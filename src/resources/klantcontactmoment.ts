import { onChoice, onLinkedUrl, onReference } from '../contract/filter.ts';
import { linkedUrl, ownUrl, reference } from '../contract/links.ts';
import { crudScopes, defineResource, relationOperations } from '../contract/resource.ts';
import { choice } from '../contract/values.ts';
import { cm004 } from '../rules/cm-004.ts';

const rollen = ['belanghebbende', 'gesprekspartner'] as const;

/** A klantcontactmoment: the part that a klant had in a contactmoment. Contract section 2.3. */
export const klantcontactmoment = defineResource({
  api: 'contactmomenten',
  name: 'klantcontactmoment',
  plural: 'klantcontactmomenten',
  schemaName: 'KlantContactMoment',
  description: 'De rol die een klant had bij een contactmoment.',
  operations: relationOperations,
  scopes: crudScopes('contactmomenten'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van deze relatie.'),
    contactmoment: reference('contactmoment', { required: true, description: 'Het contactmoment.' }),
    klant: linkedUrl('klant', {
      required: true,
      description: 'De klant, hier of in een andere Klanten API; moet bestaan (cm-004).',
    }),
    rol: choice(rollen, { required: true, description: 'De rol van de klant bij het contactmoment.' }),
  },
  filters: {
    contactmoment: onReference('contactmoment', 'contactmoment', 'Het contactmoment.'),
    klant: onLinkedUrl('klant', 'klant', 'De klant.'),
    rol: onChoice('rol', rollen, 'De rol van de klant.'),
  },
  unknownParameters: 'refuse',
  rules: [cm004],
  partOf: 'contactmoment',
  naturalKey: ['contactmoment', 'klant', 'rol'],
  personalKeys: [],
});

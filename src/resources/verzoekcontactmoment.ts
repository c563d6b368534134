import { onLinkedUrl, onReference } from '../contract/filter.ts';
import { linkedUrl, ownUrl, reference } from '../contract/links.ts';
import { crudScopes, defineResource, relationOperations } from '../contract/resource.ts';
import { vrz005 } from '../rules/vrz-005.ts';
import { ofVerzoek } from './verzoek.ts';
import { lastSegment } from './weergave.ts';

/** A verzoekcontactmoment: a contactmoment in which a verzoek came up. Contract section 2.6. */
export const verzoekcontactmoment = defineResource({
  api: 'verzoeken',
  name: 'verzoekcontactmoment',
  plural: 'verzoekcontactmomenten',
  schemaName: 'VerzoekContactMoment',
  description: 'Een contactmoment waarin een verzoek ter sprake kwam.',
  operations: relationOperations,
  scopes: crudScopes('verzoeken'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van deze relatie.'),
    contactmoment: linkedUrl('contactmoment', {
      required: true,
      description: 'Het contactmoment, hier of in een andere Contactmomenten API; moet bestaan (vrz-005).',
    }),
    verzoek: reference('verzoek', { required: true, description: 'Het verzoek.' }),
  },
  filters: {
    verzoek: onReference('verzoek', 'verzoek', 'Het verzoek.'),
    contactmoment: onLinkedUrl('contactmoment', 'contactmoment', 'Het contactmoment.'),
  },
  unknownParameters: 'refuse',
  rules: [vrz005],
  naturalKey: ['verzoek', 'contactmoment'],
  personalKeys: [],
  ...ofVerzoek(({ contactmoment }) => lastSegment(contactmoment)),
});

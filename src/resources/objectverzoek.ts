import { onReference, onUrl } from '../contract/filter.ts';
import { ownUrl, reference } from '../contract/links.ts';
import { crudScopes, defineResource, relationOperations } from '../contract/resource.ts';
import { url } from '../contract/text.ts';
import { choice } from '../contract/values.ts';
import { vrz008 } from '../rules/vrz-008.ts';
import { vrz009 } from '../rules/vrz-009.ts';

/** An objectverzoek: what a verzoek is about, mirrored from the Zaken API. Contract section 2.6. */
export const objectverzoek = defineResource({
  api: 'verzoeken',
  name: 'objectverzoek',
  plural: 'objectverzoeken',
  schemaName: 'ObjectVerzoek',
  description: 'Het object waar een verzoek over gaat.',
  operations: relationOperations,
  scopes: crudScopes('verzoeken'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van deze relatie.'),
    verzoek: reference('verzoek', { required: true, description: 'Het verzoek.' }),
    object: url({
      max: 1000,
      required: true,
      description: 'De URL van het object; moet bestaan (vrz-008), en de relatie kennen (vrz-009).',
    }),
    objectType: choice(['zaak'], { required: true, description: 'Het soort object.' }),
  },
  filters: {
    object: onUrl('object', 'De URL van het object.'),
    verzoek: onReference('verzoek', 'verzoek', 'Het verzoek.'),
  },
  unknownParameters: 'refuse',
  rules: [vrz008, vrz009],
  // Neither announced nor audited, unlike every other relation of a verzoek (contract section 7).
  partOf: 'verzoek',
  naturalKey: ['verzoek', 'object'],
  personalKeys: [],
});

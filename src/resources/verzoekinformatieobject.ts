import { onReference, onUrl } from '../contract/filter.ts';
import { ownUrl, reference } from '../contract/links.ts';
import { crudScopes, defineResource, relationOperations } from '../contract/resource.ts';
import { url } from '../contract/text.ts';
import { kic001 } from '../rules/kic-001.ts';
import { vrz006 } from '../rules/vrz-006.ts';
import { withoutQuery } from '../url.ts';
import { ofVerzoek } from './verzoek.ts';
import { identificatieAt } from './weergave.ts';

/** A verzoekinformatieobject: a document with a verzoek, mirrored in the Documenten API. Contract sections 2.6 and 8.1. */
export const verzoekinformatieobject = defineResource({
  api: 'verzoeken',
  name: 'verzoekinformatieobject',
  plural: 'verzoekinformatieobjecten',
  schemaName: 'VerzoekInformatieObject',
  description: 'Een informatieobject dat bij een verzoek hoort.',
  operations: relationOperations,
  scopes: crudScopes('verzoeken'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van deze relatie.'),
    informatieobject: url({
      max: 1000,
      required: true,
      description: 'De URL van het informatieobject in de Documenten API; moet bestaan (vrz-006).',
    }),
    verzoek: reference('verzoek', { required: true, description: 'Het verzoek.' }),
  },
  filters: {
    verzoek: onReference('verzoek', 'verzoek', 'Het verzoek.'),
    informatieobject: {
      ...onUrl('informatieobject', 'De URL van het informatieobject; welke versie maakt niet uit.'),
      matches: (stored, wanted) =>
        typeof stored === 'string' && withoutQuery(stored) === withoutQuery(wanted),
    },
  },
  unknownParameters: 'refuse',
  rules: [vrz006, kic001],
  naturalKey: ['verzoek', 'informatieobject'],
  personalKeys: [],
  ...ofVerzoek(({ informatieobject }, world) => identificatieAt(informatieobject, world)),
});

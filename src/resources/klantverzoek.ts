import { onLinkedUrl, onReference } from '../contract/filter.ts';
import { linkedUrl, ownUrl, reference } from '../contract/links.ts';
import { crudScopes, defineResource, relationOperations } from '../contract/resource.ts';
import { choice } from '../contract/values.ts';
import { vrz004 } from '../rules/vrz-004.ts';
import { ofVerzoek } from './verzoek.ts';
import { lastSegment } from './weergave.ts';

/** A klantverzoek: the part that a klant has in a verzoek. Contract section 2.6. */
export const klantverzoek = defineResource({
  api: 'verzoeken',
  name: 'klantverzoek',
  plural: 'klantverzoeken',
  schemaName: 'KlantVerzoek',
  description: 'De rol die een klant heeft bij een verzoek.',
  operations: relationOperations,
  scopes: crudScopes('verzoeken'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van deze relatie.'),
    klant: linkedUrl('klant', {
      required: true,
      description: 'De klant, hier of in een andere Klanten API; moet bestaan (vrz-004).',
    }),
    verzoek: reference('verzoek', { required: true, description: 'Het verzoek.' }),
    rol: choice(['belanghebbende', 'initiator', 'mede_initiator'], {
      description: 'De rol van de klant bij het verzoek.',
    }),
    indicatieMachtiging: choice(['gemachtigde', 'machtiginggever'], {
      description:
        '`gemachtigde`: handelt in dit verzoek namens een ander. `machtiginggever`: een ander handelt namens deze klant.',
    }),
  },
  filters: {
    verzoek: onReference('verzoek', 'verzoek', 'Het verzoek.'),
    klant: onLinkedUrl('klant', 'klant', 'De klant.'),
  },
  unknownParameters: 'refuse',
  rules: [vrz004],
  naturalKey: ['verzoek', 'klant', 'rol'],
  personalKeys: [],
  ...ofVerzoek(({ klant }) => lastSegment(klant)),
});

import { ownUrl, reference } from '../contract/links.ts';
import { moment } from '../contract/moments.ts';
import { klantverzoek } from '../resources/klantverzoek.ts';
import { verzoek as ours } from '../resources/verzoek.ts';
import { declare, pick, withRules } from './declare.ts';
import type { View } from './view.ts';

/** A verzoek: the klant is one of its fields, and it has no links to other verzoeken. */
export const verzoek: View = {
  resource: declare(ours, {
    fields: {
      url: ownUrl('De unieke identificatie en locatie van dit verzoek.'),
      ...pick(ours.fields, 'identificatie', 'bronorganisatie', 'externeIdentificatie'),
      klant: reference('klant', { max: Infinity, description: 'De klant die het verzoek deed.' }),
      interactiedatum: moment({
        initial: 'now',
        description: 'Wanneer het verzoek werd gedaan; is het er niet bij, dan nu.',
      }),
      ...pick(ours.fields, 'voorkeurskanaal', 'tekst', 'status'),
    },
    unknownParameters: [...Object.keys(ours.filters), 'klant', 'object'],
  }),
  of: ours,
  renamed: { interactiedatum: 'registratiedatum' },
  klantLink: {
    relation: withRules(klantverzoek, { 'vrz-004': undefined }),
    main: 'verzoek',
    rollen: ['initiator', '', 'mede_initiator', 'belanghebbende'],
  },
};

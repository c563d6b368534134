import { ownUrl, reference } from '../contract/links.ts';
import { moment } from '../contract/moments.ts';
import { url } from '../contract/text.ts';
import { contactmoment as ours } from '../resources/contactmoment.ts';
import { klantcontactmoment } from '../resources/klantcontactmoment.ts';
import { declare, pick, withRules } from './declare.ts';
import type { View } from './view.ts';

/** A contactmoment: the klant is one of its fields, and it has no links to other contactmomenten. */
export const contactmoment: View = {
  resource: declare(ours, {
    fields: {
      url: ownUrl('De unieke identificatie en locatie van dit contactmoment.'),
      ...pick(ours.fields, 'bronorganisatie'),
      klant: reference('klant', { max: Infinity, description: 'De klant met wie het contact was.' }),
      interactiedatum: moment({
        initial: 'now',
        description: 'Wanneer het contact was; is het er niet bij, dan nu.',
      }),
      ...pick(ours.fields, 'kanaal', 'voorkeurskanaal', 'tekst', 'onderwerpLinks', 'initiatiefnemer'),
      medewerker: url({ max: 1000, description: 'De URL van de medewerker die het contact had.' }),
      ...pick(ours.fields, 'medewerkerIdentificatie'),
    },
    unknownParameters: [...Object.keys(ours.filters), 'klant', 'object'],
  }),
  of: withRules(ours, { 'cm-003': undefined }),
  renamed: { interactiedatum: 'registratiedatum' },
  klantLink: {
    relation: withRules(klantcontactmoment, { 'cm-004': undefined }),
    main: 'contactmoment',
    rollen: ['gesprekspartner', 'belanghebbende'],
  },
};

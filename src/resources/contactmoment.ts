import { nested } from '../contract/field.ts';
import { onChoice, onMoment, onReference, onRsin, onText, onUrl } from '../contract/filter.ts';
import { inverse, ownUrl, reference } from '../contract/links.ts';
import { moment } from '../contract/moments.ts';
import { rsin } from '../contract/numbers.ts';
import { crudScopes, defineResource, operations } from '../contract/resource.ts';
import { text, url } from '../contract/text.ts';
import { choice, urls } from '../contract/values.ts';
import { cm001 } from '../rules/cm-001.ts';
import { cm002 } from '../rules/cm-002.ts';
import { cm003 } from '../rules/cm-003.ts';
import { medewerkerRequired } from '../rules/medewerker-required.ts';
import { trailOfKlantcontact } from './audittrail.ts';
import { contactmomentWeergave } from './weergave.ts';

const initiatiefnemers = ['gemeente', 'klant'] as const;

const medewerkerIdentificatie = nested(
  'Medewerker',
  {
    identificatie: text({ max: 24, description: 'De korte unieke aanduiding van de medewerker.' }),
    achternaam: text({ max: 200, description: 'De achternaam van de medewerker.' }),
    voorletters: text({ max: 20, description: 'De voorletters van de medewerker.' }),
    voorvoegselAchternaam: text({ max: 10, description: 'Het voorvoegsel van de achternaam.' }),
  },
  { nullable: true, description: 'De medewerker, als daar geen URL van is.' },
);

/** A contactmoment: an uninterrupted exchange between the municipality and somebody. Contract sections 1.2 and 2.2. */
export const contactmoment = defineResource({
  api: 'contactmomenten',
  name: 'contactmoment',
  plural: 'contactmomenten',
  schemaName: 'ContactMoment',
  description: 'Een aaneengesloten uitwisseling van informatie tussen de gemeente en iemand anders.',
  operations,
  scopes: crudScopes('contactmomenten'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van dit contactmoment.'),
    vorigContactmoment: reference('contactmoment', {
      description: 'Het contactmoment waar dit op volgt; moet bestaan (cm-001).',
    }),
    volgendContactmoment: inverse('contactmoment', 'vorigContactmoment', {
      description: 'Het contactmoment dat op dit volgt (cm-002).',
    }),
    bronorganisatie: rsin({
      required: true,
      description: 'Het RSIN van de organisatie die het contactmoment vastlegde.',
    }),
    registratiedatum: moment({
      initial: 'now',
      description: 'Wanneer het contactmoment is vastgelegd; is het er niet bij, dan nu.',
    }),
    kanaal: text({ max: 50, description: 'Het kanaal waarlangs het contact plaatsvond.' }),
    voorkeurskanaal: text({ max: 50, description: 'Het kanaal dat de klant liever heeft voor een vervolg.' }),
    voorkeurstaal: text({
      max: 3,
      description: 'De taal die de klant liever heeft, als code van ISO 639-2/B.',
    }),
    tekst: text({ description: 'Waar het contact over ging.' }),
    onderwerpLinks: urls({ max: 1000 }, { description: 'Waar meer over het onderwerp te vinden is.' }),
    initiatiefnemer: choice(initiatiefnemers, { description: 'Wie het contact begon.' }),
    medewerker: url({
      max: 1000,
      description: 'De URL van de medewerker die het contact had; moet bestaan (cm-003).',
    }),
    medewerkerIdentificatie,
  },
  filters: {
    vorigContactmoment: onReference('vorigContactmoment', 'contactmoment', 'Het contactmoment ervoor.'),
    volgendContactmoment: onReference('volgendContactmoment', 'contactmoment', 'Het contactmoment erna.'),
    bronorganisatie: onRsin(
      'bronorganisatie',
      'Het RSIN van de organisatie die het contactmoment vastlegde.',
    ),
    registratiedatum: onMoment('registratiedatum', 'exact', 'Vastgelegd op dit moment.'),
    registratiedatum__gt: onMoment('registratiedatum', 'gt', 'Vastgelegd na dit moment.'),
    registratiedatum__gte: onMoment('registratiedatum', 'gte', 'Vastgelegd op of na dit moment.'),
    registratiedatum__lt: onMoment('registratiedatum', 'lt', 'Vastgelegd voor dit moment.'),
    registratiedatum__lte: onMoment('registratiedatum', 'lte', 'Vastgelegd op of voor dit moment.'),
    kanaal: onText('kanaal', 'Het kanaal waarlangs het contact plaatsvond.'),
    voorkeurskanaal: onText('voorkeurskanaal', 'Het kanaal dat de klant liever heeft.'),
    voorkeurstaal: onText('voorkeurstaal', 'De taal die de klant liever heeft.'),
    initiatiefnemer: onChoice('initiatiefnemer', initiatiefnemers, 'Wie het contact begon.'),
    medewerker: onUrl('medewerker', 'De URL van de medewerker.'),
  },
  unknownParameters: 'refuse',
  ordering: {
    url: 'url',
    bronorganisatie: 'bronorganisatie',
    // Of an earlier version of the standard: legal, and no order of its own (contract section 1.5).
    klant: '',
    registratiedatum: 'registratiedatum',
    kanaal: 'kanaal',
    voorkeurskanaal: 'voorkeurskanaal',
    tekst: 'tekst',
    onderwerp_links: 'onderwerpLinks',
    initiatiefnemer: 'initiatiefnemer',
    medewerker: 'medewerker',
    medewerker_identificatie: 'medewerkerIdentificatie',
  },
  rules: [cm001, cm002, cm003, medewerkerRequired],
  notifies: { kanaal: 'contactmomenten', hoofdObject: 'self', kenmerken: ['bronorganisatie', 'kanaal'] },
  audit: {
    bron: 'cmc',
    hoofdObject: 'self',
    trail: trailOfKlantcontact,
    headers: 'logrecord',
    weergave: contactmomentWeergave,
  },
  personalKeys: [],
});

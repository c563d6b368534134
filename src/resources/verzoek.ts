import { onChoice, onMoment, onReference, onRsin, onText } from '../contract/filter.ts';
import { inverse, ownUrl, reference } from '../contract/links.ts';
import { moment } from '../contract/moments.ts';
import { rsin } from '../contract/numbers.ts';
import { crudScopes, defineResource, operations, type Resource } from '../contract/resource.ts';
import { text, wordCharacters } from '../contract/text.ts';
import { choice } from '../contract/values.ts';
import { vrz001 } from '../rules/vrz-001.ts';
import { vrz002 } from '../rules/vrz-002.ts';
import { vrz003 } from '../rules/vrz-003.ts';
import { type JsonObject, scalarText } from '../json.ts';
import type { World } from '../rules/rule.ts';
import { trailOfVerzoeken } from './audittrail.ts';
import { numbered } from './weergave.ts';

/** What the audit trail says of everything in the Verzoeken API. */
const ofVerzoekenApi = { bron: 'kic', trail: trailOfVerzoeken, headers: 'caller' } as const;

const verzoekWeergave = numbered('identificatie');

const statussen = ['ontvangen', 'in_behandeling', 'afgehandeld', 'afgewezen', 'ingetrokken'] as const;

/** A verzoek: something that somebody asks of the municipality. Contract sections 1.3 and 2.5. */
export const verzoek = defineResource({
  api: 'verzoeken',
  name: 'verzoek',
  plural: 'verzoeken',
  schemaName: 'Verzoek',
  description: 'Een vraag of opdracht aan de gemeente om een product of dienst te leveren.',
  operations,
  scopes: crudScopes('verzoeken'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van dit verzoek.'),
    identificatie: text({
      max: 40,
      always: true,
      immutable: true,
      generated: true,
      description:
        'Uniek binnen de bronorganisatie. Ontbreekt het of is het leeg, dan wordt het gegenereerd (vrz-001).',
    }),
    bronorganisatie: rsin({
      required: true,
      description: 'Het RSIN van de organisatie die het verzoek vastlegde.',
    }),
    externeIdentificatie: text({
      max: 40,
      checks: [wordCharacters],
      description: 'De identificatie van het verzoek bij een andere organisatie.',
    }),
    registratiedatum: moment({
      initial: 'now',
      description: 'Wanneer het verzoek is vastgelegd; is het er niet bij, dan nu.',
    }),
    voorkeurskanaal: text({ max: 50, description: 'Het kanaal dat de klant liever heeft voor een vervolg.' }),
    tekst: text({ description: 'Wat de klant vraagt.' }),
    status: choice(statussen, { required: true, description: 'Hoe ver de behandeling is.' }),
    inTeTrekkenVerzoek: reference('verzoek', {
      description: 'Het verzoek dat met dit wordt ingetrokken; moet bestaan (vrz-002).',
    }),
    intrekkendeVerzoek: inverse('verzoek', 'inTeTrekkenVerzoek', {
      description: 'Het verzoek waarmee dit wordt ingetrokken (vrz-002).',
    }),
    aangevuldeVerzoek: reference('verzoek', {
      description: 'Het verzoek dat met dit wordt aangevuld; moet bestaan (vrz-003).',
    }),
    aanvullendeVerzoek: inverse('verzoek', 'aangevuldeVerzoek', {
      description: 'Het verzoek waarmee dit wordt aangevuld (vrz-003).',
    }),
  },
  filters: {
    identificatie: onText('identificatie', 'De identificatie binnen de bronorganisatie.'),
    bronorganisatie: onRsin('bronorganisatie', 'Het RSIN van de organisatie die het verzoek vastlegde.'),
    externeIdentificatie: onText('externeIdentificatie', 'De identificatie bij een andere organisatie.'),
    registratiedatum: onMoment('registratiedatum', 'exact', 'Vastgelegd op dit moment.'),
    registratiedatum__gt: onMoment('registratiedatum', 'gt', 'Vastgelegd na dit moment.'),
    registratiedatum__gte: onMoment('registratiedatum', 'gte', 'Vastgelegd op of na dit moment.'),
    registratiedatum__lt: onMoment('registratiedatum', 'lt', 'Vastgelegd voor dit moment.'),
    registratiedatum__lte: onMoment('registratiedatum', 'lte', 'Vastgelegd op of voor dit moment.'),
    voorkeurskanaal: onText('voorkeurskanaal', 'Het kanaal dat de klant liever heeft.'),
    tekst: onText('tekst', 'Wat de klant vraagt.'),
    status: onChoice('status', statussen, 'Hoe ver de behandeling is.'),
    inTeTrekkenVerzoek: onReference('inTeTrekkenVerzoek', 'verzoek', 'Het verzoek dat wordt ingetrokken.'),
    intrekkendeVerzoek: onReference('intrekkendeVerzoek', 'verzoek', 'Het verzoek dat intrekt.'),
    aangevuldeVerzoek: onReference('aangevuldeVerzoek', 'verzoek', 'Het verzoek dat wordt aangevuld.'),
    aanvullendeVerzoek: onReference('aanvullendeVerzoek', 'verzoek', 'Het verzoek dat aanvult.'),
  },
  rules: [vrz001, vrz002, vrz003],
  naturalKey: ['bronorganisatie', 'identificatie'],
  notifies: { kanaal: 'verzoeken', hoofdObject: 'self', kenmerken: ['bronorganisatie'] },
  audit: { ...ofVerzoekenApi, hoofdObject: 'self', weergave: verzoekWeergave },
  personalKeys: [],
});

/**
 * What the relations of a verzoek share: they go when it goes, and are announced and audited as changes of it (contract
 * section 7).
 *
 * @param other how people recognise what the relation is with
 */
export function ofVerzoek(
  other: (representation: JsonObject, world: World) => string | Promise<string>,
): Pick<Resource, 'partOf' | 'notifies' | 'audit'> {
  return {
    partOf: 'verzoek',
    notifies: { kanaal: 'verzoeken', hoofdObject: 'verzoek', kenmerken: ['bronorganisatie'] },
    audit: {
      ...ofVerzoekenApi,
      hoofdObject: 'verzoek',
      async weergave(representation, world) {
        const main = await world.record('verzoek', scalarText(representation.verzoek) ?? '');
        return `(${verzoekWeergave(main?.representation ?? {})}) - ${await other(representation, world)}`;
      },
    },
  };
}

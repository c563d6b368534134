import { nested } from '../contract/field.ts';
import { type Filter, onChoice, onlyFor, onRsin, onText, onUrl } from '../contract/filter.ts';
import { ownUrl } from '../contract/links.ts';
import { aNummer, bsn, rsin } from '../contract/numbers.ts';
import { crudScopes, defineResource, operations } from '../contract/resource.ts';
import { email, text, url } from '../contract/text.ts';
import { choice, nullableChoice, nullableInteger, texts } from '../contract/values.ts';
import { kla001 } from '../rules/kla-001.ts';
import { kla002 } from '../rules/kla-002.ts';
import { subjectRequired } from '../rules/subject-required.ts';
import { trailOfKlantcontact } from './audittrail.ts';
import { numbered } from './weergave.ts';

const huisnummer = nullableInteger({ minimum: 0, maximum: 99999 });

const adres = nested(
  'KlantAdres',
  {
    straatnaam: text({ max: 100 }),
    huisnummer,
    huisletter: text({ max: 1 }),
    huisnummertoevoeging: text({ max: 4 }),
    postcode: text({ max: 7 }),
    woonplaatsnaam: text({ max: 80 }),
    landcode: text({ max: 4, description: 'De code van het land volgens de Land/Gebied-tabel van de BRP.' }),
  },
  { nullable: true, description: 'Het adres dat de klant opgaf; ook een buitenlands adres kan.' },
);

const verblijfsadres = nested('VerblijfsAdres', {
  aoaIdentificatie: text({
    max: 100,
    required: true,
    description: 'De unieke identificatie van het object.',
  }),
  wplWoonplaatsNaam: text({ max: 80 }),
  gorOpenbareRuimteNaam: text({ max: 80, required: true, description: 'De naam van de openbare ruimte.' }),
  aoaPostcode: text({ max: 7 }),
  aoaHuisnummer: huisnummer,
  aoaHuisletter: text({ max: 1 }),
  aoaHuisnummertoevoeging: text({ max: 4 }),
  inpLocatiebeschrijving: text({ max: 1000 }),
});

const subVerblijfBuitenland = nested('SubVerblijfBuitenland', {
  lndLandcode: text({
    max: 4,
    required: true,
    description: 'De code van het land volgens de Land/Gebied-tabel.',
  }),
  lndLandnaam: text({
    max: 40,
    required: true,
    description: 'De naam van het land volgens de Land/Gebied-tabel.',
  }),
  subAdresBuitenland1: text({ max: 35 }),
  subAdresBuitenland2: text({ max: 35 }),
  subAdresBuitenland3: text({ max: 35 }),
});

const natuurlijkPersoon = {
  inpBsn: bsn({ description: 'Het burgerservicenummer.' }),
  anpIdentificatie: text({
    max: 17,
    description: 'Het nummer van de gemeente voor een ander natuurlijk persoon.',
  }),
  inpANummer: aNummer({ description: 'Het administratienummer in de BRP.' }),
  geslachtsnaam: text({ max: 200, description: 'De stam van de geslachtsnaam.' }),
  voorvoegselGeslachtsnaam: text({ max: 80 }),
  voorletters: text({ max: 20, description: 'De eerste letters van alle voornamen, in volgorde.' }),
  voornamen: text({ max: 200, description: 'De voornamen bij de naam die de persoon wil voeren.' }),
  geslachtsaanduiding: choice(['m', 'v', 'o'], { description: '`m` man, `v` vrouw, `o` onbekend.' }),
  geboortedatum: text({ max: 18 }),
  verblijfsadres,
  subVerblijfBuitenland,
};

const rechtsvormen = [
  'besloten_vennootschap',
  'cooperatie_europees_economische_samenwerking',
  // Misspelt in the standard, and so part of it.
  'europese_cooperatieve_venootschap',
  'europese_naamloze_vennootschap',
  'kerkelijke_organisatie',
  'naamloze_vennootschap',
  'onderlinge_waarborg_maatschappij',
  'overig_privaatrechtelijke_rechtspersoon',
  'stichting',
  'vereniging',
  'vereniging_van_eigenaars',
  'publiekrechtelijke_rechtspersoon',
  'vennootschap_onder_firma',
  'maatschap',
  'rederij',
  'commanditaire_vennootschap',
  'kapitaalvennootschap_binnen_eer',
  'overige_buitenlandse_rechtspersoon_vennootschap',
  'kapitaalvennootschap_buiten_eer',
] as const;

const nietNatuurlijkPersoon = {
  innNnpId: rsin({ description: 'Het RSIN, door een kamer toegekend.' }),
  annIdentificatie: text({
    max: 17,
    description: 'Het nummer van de gemeente voor een ander niet-natuurlijk persoon.',
  }),
  statutaireNaam: text({ max: 500, description: 'De naam in de statuten of de vennootschapsovereenkomst.' }),
  innRechtsvorm: choice(rechtsvormen, { description: 'De juridische vorm.' }),
  bezoekadres: text({ max: 1000, description: 'Het bezoekadres, als vrije tekst.' }),
  subVerblijfBuitenland,
};

const vestiging = {
  vestigingsNummer: text({ max: 24, description: 'De korte unieke aanduiding van de vestiging.' }),
  handelsnaam: texts({ max: 625 }, { description: 'De namen waaronder de vestiging handelt.' }),
  verblijfsadres,
  subVerblijfBuitenland,
};

const subjectTypes = ['natuurlijk_persoon', 'niet_natuurlijk_persoon', 'vestiging'] as const;

/** A klant: a person or organisation with whom the municipality has contact. Contract sections 1.1 and 2.1. */
export const klant = defineResource({
  api: 'klanten',
  name: 'klant',
  plural: 'klanten',
  schemaName: 'Klant',
  description: 'Een persoon of organisatie met wie de gemeente contact heeft of kan hebben.',
  operations,
  scopes: crudScopes('klanten'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van deze klant.'),
    bronorganisatie: rsin({
      required: true,
      description: 'Het RSIN van de organisatie die de klant vastlegde.',
    }),
    klantnummer: text({
      max: 8,
      always: true,
      description:
        'Uniek binnen de bronorganisatie. Ontbreekt het of is het leeg, dan wordt het gegenereerd.',
    }),
    bedrijfsnaam: text({ max: 200, description: 'De bedrijfsnaam van de klant.' }),
    functie: text({ max: 200, description: 'De functie van de klant.' }),
    websiteUrl: url({
      max: 1000,
      required: true,
      description: 'Waar de klant op het internet te vinden is.',
    }),
    voornaam: text({ max: 200, description: 'De voornaam, voorletters of roepnaam van de klant.' }),
    voorvoegselAchternaam: text({ max: 10, description: 'Het voorvoegsel van de achternaam.' }),
    achternaam: text({ max: 200, description: 'De achternaam van de klant.' }),
    telefoonnummer: text({ max: 20, description: 'Het mobiele of vaste telefoonnummer.' }),
    emailadres: email({ max: 254, description: 'Het e-mailadres.' }),
    adres,
    subject: url({
      max: 1000,
      description: 'De URL van het subject in een basisregistratie; moet bestaan (kla-002).',
    }),
    subjectType: nullableChoice(subjectTypes, { immutable: true, description: 'Het soort subject.' }),
  },
  variant: {
    field: 'subjectIdentificatie',
    by: 'subjectType',
    shapes: {
      natuurlijk_persoon: { schemaName: 'NatuurlijkPersoon', fields: natuurlijkPersoon },
      niet_natuurlijk_persoon: { schemaName: 'NietNatuurlijkPersoon', fields: nietNatuurlijkPersoon },
      vestiging: { schemaName: 'Vestiging', fields: vestiging },
    },
  },
  filters: {
    bronorganisatie: onRsin('bronorganisatie', 'Het RSIN van de organisatie die de klant vastlegde.'),
    klantnummer: onText('klantnummer', 'Het klantnummer binnen de bronorganisatie.'),
    bedrijfsnaam: onText('bedrijfsnaam', 'De bedrijfsnaam van de klant.'),
    functie: onText('functie', 'De functie van de klant.'),
    achternaam: onText('achternaam', 'De achternaam van de klant.'),
    telefoonnummer: onText('telefoonnummer', 'Het mobiele of vaste telefoonnummer.'),
    emailadres: onText('emailadres', 'Het e-mailadres.'),
    adres__straatnaam: onText('adres.straatnaam', 'De straatnaam van het adres.'),
    adres__postcode: onText('adres.postcode', 'De postcode van het adres.'),
    adres__woonplaatsNaam: onText('adres.woonplaatsnaam', 'De woonplaats van het adres.'),
    adres__landcode: onText('adres.landcode', 'De landcode van het adres.'),
    subject: onUrl('subject', 'De URL van het subject.'),
    subjectType: onChoice('subjectType', subjectTypes, 'Het soort subject.'),
    subjectNatuurlijkPersoon__inpBsn: ofPerson('inpBsn', 'Het burgerservicenummer.'),
    subjectNatuurlijkPersoon__anpIdentificatie: ofPerson(
      'anpIdentificatie',
      'Het nummer van een ander persoon.',
    ),
    subjectNatuurlijkPersoon__inpA_nummer: ofPerson('inpANummer', 'Het administratienummer in de BRP.'),
    subjectNietNatuurlijkPersoon__innNnpId: ofOrganisation('innNnpId', 'Het RSIN van de organisatie.'),
    subjectNietNatuurlijkPersoon__annIdentificatie: ofOrganisation(
      'annIdentificatie',
      'Het nummer van een andere organisatie.',
    ),
    subjectVestiging__vestigingsNummer: onlyFor(
      'subjectType',
      'vestiging',
      onText('subjectIdentificatie.vestigingsNummer', 'Het vestigingsnummer.'),
    ),
  },
  rules: [kla002, kla001, subjectRequired],
  notifies: { kanaal: 'klanten', hoofdObject: 'self', kenmerken: ['subjectType'] },
  audit: {
    bron: 'kc',
    hoofdObject: 'self',
    trail: trailOfKlantcontact,
    headers: 'logrecord',
    weergave: numbered('klantnummer'),
  },
  naturalKey: ['bronorganisatie', 'klantnummer'],
  personalKeys: [
    'telefoonnummer',
    'emailadres',
    'subjectIdentificatie.inpBsn',
    'subjectIdentificatie.anpIdentificatie',
    'subjectIdentificatie.inpANummer',
    'subjectIdentificatie.innNnpId',
  ],
});

function ofPerson(field: string, description: string): Filter {
  return onlyFor('subjectType', 'natuurlijk_persoon', onText(`subjectIdentificatie.${field}`, description));
}

function ofOrganisation(field: string, description: string): Filter {
  return onlyFor(
    'subjectType',
    'niet_natuurlijk_persoon',
    onText(`subjectIdentificatie.${field}`, description),
  );
}

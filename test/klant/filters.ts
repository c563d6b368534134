import { isObject, type JsonObject } from '../../src/json.ts';

/** One filter of contract section 1.5, typed over by hand. */
export interface WantedFilter {
  /** As the OAS spells it, then as clients spell it too. */
  readonly spellings: readonly [string, ...string[]];
  /** What it is compared with; undefined when this klant cannot match at all. */
  readonly valueIn: (klant: JsonObject) => unknown;
}

const ofKlant =
  (name: string): WantedFilter['valueIn'] =>
  (klant) =>
    klant[name];
const ofAdres =
  (name: string): WantedFilter['valueIn'] =>
  (klant) =>
    isObject(klant.adres) ? klant.adres[name] : undefined;
const ofSubject =
  (type: string, name: string): WantedFilter['valueIn'] =>
  (klant) =>
    klant.subjectType === type && isObject(klant.subjectIdentificatie)
      ? klant.subjectIdentificatie[name]
      : undefined;

const ofPerson = (name: string) => ofSubject('natuurlijk_persoon', name);
const ofOrganisation = (name: string) => ofSubject('niet_natuurlijk_persoon', name);

/** The filters of the list of klanten that the demo CRM can help with. */
export const narrowedFilters: readonly WantedFilter[] = [
  { spellings: ['klantnummer'], valueIn: ofKlant('klantnummer') },
  { spellings: ['bedrijfsnaam'], valueIn: ofKlant('bedrijfsnaam') },
  { spellings: ['achternaam'], valueIn: ofKlant('achternaam') },
  { spellings: ['telefoonnummer'], valueIn: ofKlant('telefoonnummer') },
  { spellings: ['emailadres'], valueIn: ofKlant('emailadres') },
  { spellings: ['adres__straatnaam'], valueIn: ofAdres('straatnaam') },
  { spellings: ['adres__postcode'], valueIn: ofAdres('postcode') },
  {
    spellings: ['adres__woonplaatsNaam', 'adres__woonplaats_naam'],
    valueIn: ofAdres('woonplaatsnaam'),
  },
  { spellings: ['subjectType', 'subject_type'], valueIn: ofKlant('subjectType') },
  {
    spellings: [
      'subjectNatuurlijkPersoon__inpBsn',
      'subject_natuurlijkPersoon__inpBsn',
      'subject_natuurlijk_persoon__inp_bsn',
      'subjectNatuurlijkPersoon__inp_bsn',
    ],
    valueIn: ofPerson('inpBsn'),
  },
  {
    spellings: [
      'subjectNatuurlijkPersoon__anpIdentificatie',
      'subject_natuurlijkPersoon__anpIdentificatie',
      'subject_natuurlijk_persoon__anp_identificatie',
    ],
    valueIn: ofPerson('anpIdentificatie'),
  },
  {
    spellings: [
      'subjectNatuurlijkPersoon__inpA_nummer',
      'subject_natuurlijkPersoon__inpANummer',
      'subjectNatuurlijkPersoon__inpANummer',
      'subject_natuurlijk_persoon__inp_a_nummer',
    ],
    valueIn: ofPerson('inpANummer'),
  },
  {
    spellings: [
      'subjectNietNatuurlijkPersoon__innNnpId',
      'subject_nietNatuurlijkPersoon__innNnpId',
      'subject_niet_natuurlijk_persoon__inn_nnp_id',
    ],
    valueIn: ofOrganisation('innNnpId'),
  },
  {
    spellings: [
      'subjectNietNatuurlijkPersoon__annIdentificatie',
      'subject_nietNatuurlijkPersoon__annIdentificatie',
      'subject_niet_natuurlijk_persoon__ann_identificatie',
    ],
    valueIn: ofOrganisation('annIdentificatie'),
  },
  {
    spellings: [
      'subjectVestiging__vestigingsNummer',
      'subject_vestiging__vestigingsNummer',
      'subject_vestiging__vestigings_nummer',
    ],
    valueIn: ofSubject('vestiging', 'vestigingsNummer'),
  },
];

/** The filters for which the demo CRM has no search: all klanten are looked at, which takes its time. */
export const otherFilters: readonly WantedFilter[] = [
  { spellings: ['bronorganisatie'], valueIn: ofKlant('bronorganisatie') },
  { spellings: ['functie'], valueIn: ofKlant('functie') },
  { spellings: ['adres__landcode'], valueIn: ofAdres('landcode') },
  { spellings: ['subject'], valueIn: ofKlant('subject') },
];

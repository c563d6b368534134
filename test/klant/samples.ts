import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { type Answer, complaints } from '../kit/gateway.ts';

/** An adres with everything in it, keys in the order of contract section 2.1. */
export const adres = {
  straatnaam: 'Lange Voorhout',
  huisnummer: 117,
  huisletter: 'B',
  huisnummertoevoeging: 'bis',
  postcode: '2514 EH',
  woonplaatsnaam: "'s-Gravenhage",
  landcode: '6030',
} satisfies JsonObject;

/** The adres of a klant of whom only a part of it is known. */
export const unsetAdres = {
  straatnaam: '',
  huisnummer: null,
  huisletter: '',
  huisnummertoevoeging: '',
  postcode: '',
  woonplaatsnaam: '',
  landcode: '',
} satisfies JsonObject;

export const verblijfsadres = {
  aoaIdentificatie: '0518200000437093',
  wplWoonplaatsNaam: "'s-Gravenhage",
  gorOpenbareRuimteNaam: 'Lange Voorhout',
  aoaPostcode: '2514EH',
  aoaHuisnummer: 0,
  aoaHuisletter: 'C',
  aoaHuisnummertoevoeging: 'II',
  inpLocatiebeschrijving: 'Achter het paleis',
} satisfies JsonObject;

/** The part of a verblijfsadres that is required. */
export const residence = { aoaIdentificatie: 'X-1', gorOpenbareRuimteNaam: 'Dam' } satisfies JsonObject;

export const subVerblijfBuitenland = {
  lndLandcode: '5010',
  lndLandnaam: 'België',
  subAdresBuitenland1: 'Rue de l’Église 12',
  subAdresBuitenland2: '1000 Brussel',
  subAdresBuitenland3: 'bus 3',
} satisfies JsonObject;

/** The three shapes of subjectIdentificatie, complete. */
export const identifications = {
  natuurlijk_persoon: {
    inpBsn: '154760924',
    anpIdentificatie: 'PAS-1',
    inpANummer: '1234567890',
    geslachtsnaam: 'Dürr',
    voorvoegselGeslachtsnaam: 'von der',
    voorletters: 'A.B.',
    voornamen: 'Anna Bertha',
    geslachtsaanduiding: 'v',
    geboortedatum: '1980-12-31',
    verblijfsadres,
    subVerblijfBuitenland,
  },
  niet_natuurlijk_persoon: {
    innNnpId: '314273268',
    annIdentificatie: 'FI-1',
    statutaireNaam: 'Stichting "De Tulp" & Co 🌷',
    innRechtsvorm: 'europese_cooperatieve_venootschap',
    bezoekadres: 'Markt 1, Delft',
    subVerblijfBuitenland,
  },
  vestiging: {
    vestigingsNummer: '000012345678',
    handelsnaam: ['De Tulp', 'Tulp Online'],
    verblijfsadres,
    subVerblijfBuitenland,
  },
} as const satisfies Record<string, JsonObject>;

export type SubjectType = keyof typeof identifications;

export const subjectTypes = Object.keys(identifications) as SubjectType[];

/** subjectIdentificatie as it looks when only `{}`-worthy things are known: every key, nothing in it. */
export const unsetIdentifications = {
  natuurlijk_persoon: {
    inpBsn: '',
    anpIdentificatie: '',
    inpANummer: '',
    geslachtsnaam: '',
    voorvoegselGeslachtsnaam: '',
    voorletters: '',
    voornamen: '',
    geslachtsaanduiding: '',
    geboortedatum: '',
    verblijfsadres: null,
    subVerblijfBuitenland: null,
  },
  niet_natuurlijk_persoon: {
    innNnpId: '',
    annIdentificatie: '',
    statutaireNaam: '',
    innRechtsvorm: '',
    bezoekadres: '',
    subVerblijfBuitenland: null,
  },
  vestiging: { vestigingsNummer: '', handelsnaam: [], verblijfsadres: null, subVerblijfBuitenland: null },
} as const satisfies Record<SubjectType, JsonObject>;

let lastNumber = 0;

/** A klantnummer that no seeded klant has and no other spec got. */
export function nextKlantnummer(): string {
  lastNumber += 1;
  return `T${String(lastNumber).padStart(6, '0')}`;
}

/** A klant of this type with everything in it, keys in the order of contract section 2.1. */
export function completeKlant(subjectType: SubjectType, subject: string) {
  return {
    bronorganisatie: '950428139',
    klantnummer: nextKlantnummer(),
    bedrijfsnaam: 'Bloemist Dürr & Zn.',
    functie: 'eigenaar',
    websiteUrl: 'https://www.durr.example/winkel?q=1#top',
    voornaam: 'Anna',
    voorvoegselAchternaam: 'von der',
    achternaam: 'Dürr',
    telefoonnummer: '+31 (0)70 555 01 23',
    emailadres: 'anna@durr.example',
    adres,
    subject,
    subjectType,
    subjectIdentificatie: identifications[subjectType],
  } satisfies JsonObject;
}

/** A klant of which only the required fields and the given ones were ever supplied, as section 2.1 renders it. */
export function sparseKlant(url: string, given: JsonObject): JsonObject {
  return {
    url,
    bronorganisatie: '123456782',
    klantnummer: '',
    bedrijfsnaam: '',
    functie: '',
    websiteUrl: 'https://www.gemeente.example',
    voornaam: '',
    voorvoegselAchternaam: '',
    achternaam: '',
    telefoonnummer: '',
    emailadres: '',
    adres: null,
    subject: '',
    subjectType: null,
    ...given,
  };
}

/** Demands a 400 with exactly these complaints, each as `name code`, in any order. */
export function expectRefused(answer: Answer, ...wanted: readonly string[]): void {
  expect(answer.status, answer.text).to.equal(400);
  expect(complaints(answer)).to.have.members(wanted);
}

import { randomInt, randomUUID } from 'node:crypto';
import { passesElfproef } from '../../contract/numbers.ts';
import type { Resource } from '../../contract/resource.ts';
import { type Json, type JsonObject } from '../../json.ts';

/** What a run makes up. Nobody of these exists, and every text can be told apart from those of another run. */

/** Whose records are made. */
export interface Organisation {
  /** An RSIN. */
  readonly bronorganisatie: string;
}

/** A text that nothing else has: `conf-1f2e3d4c`. */
export function unique(): string {
  return `conf-${randomUUID().slice(0, 8)}`;
}

/** The numbers of nine digits that are kept for tests, and pass the elfproef: there are some nine hundred. */
const testNumbers: readonly string[] = Array.from({ length: 10_000 }, (_, index) =>
  String(999_990_000 + index),
).filter(passesElfproef);

/** Where the next one is taken from: another place in each run. */
let nextNumber = randomInt(testNumbers.length);

/**
 * A number that nobody has, of nine digits, that passes the elfproef. A register of persons has each BSN once, so that
 * none is given twice as long as there are others.
 */
export function testNumber(): string {
  nextNumber = (nextNumber + 1) % testNumbers.length;
  return testNumbers[nextNumber] ?? '';
}

/** A moment in the past, to the second. */
export const someMoment = '2021-03-04T05:06:07Z';

const adres = {
  straatnaam: 'Proefstraat',
  huisnummer: 117,
  huisletter: 'B',
  huisnummertoevoeging: 'bis',
  postcode: '9999 ZZ',
  woonplaatsnaam: 'Testerhuizen',
  landcode: '6030',
} satisfies JsonObject;

/** The same in one text, as the Klantinteracties API has it. */
const adresText = 'Proefstraat 117B-bis, 9999 ZZ Testerhuizen, 6030';

const verblijfsadres = {
  aoaIdentificatie: '9999200000437093',
  wplWoonplaatsNaam: 'Testerhuizen',
  gorOpenbareRuimteNaam: 'Proefstraat',
  aoaPostcode: '9999ZZ',
  aoaHuisnummer: 5,
  aoaHuisletter: 'C',
  aoaHuisnummertoevoeging: 'II',
  inpLocatiebeschrijving: 'Achter de kerk',
} satisfies JsonObject;

const subVerblijfBuitenland = {
  lndLandcode: '5010',
  lndLandnaam: 'België',
  subAdresBuitenland1: 'Rue de l’Essai 12',
  subAdresBuitenland2: '1000 Brussel',
  subAdresBuitenland3: 'bus 3',
} satisfies JsonObject;

/** Each kind of subject, complete. */
const subjects: Readonly<Record<string, () => JsonObject>> = {
  natuurlijk_persoon: () => ({
    inpBsn: testNumber(),
    anpIdentificatie: unique(),
    inpANummer: String(randomInt(1_000_000_000, 9_999_999_999)),
    geslachtsnaam: 'Testpersoon',
    voorvoegselGeslachtsnaam: 'van de',
    voorletters: 'P.R.',
    voornamen: 'Proef Rika',
    geslachtsaanduiding: 'v',
    geboortedatum: '1980-12-31',
    verblijfsadres,
    subVerblijfBuitenland,
  }),
  niet_natuurlijk_persoon: () => ({
    innNnpId: testNumber(),
    annIdentificatie: unique(),
    statutaireNaam: 'Stichting "De Proef" & Co',
    innRechtsvorm: 'stichting',
    bezoekadres: 'Markt 1, Testerhuizen',
    subVerblijfBuitenland,
  }),
  vestiging: () => ({
    vestigingsNummer: String(randomInt(100_000_000_000, 999_999_999_999)),
    handelsnaam: ['De Proef', 'Proef Online'],
    verblijfsadres,
    subVerblijfBuitenland,
  }),
};

/** The kinds of subject. */
export const subjectTypes: readonly string[] = Object.keys(subjects);

/** The least that a klant has, and a klantnummer: what is not about that does not depend on it being made. */
export function leastKlant({ bronorganisatie }: Organisation): JsonObject {
  return {
    bronorganisatie,
    websiteUrl: 'https://www.example.org/',
    klantnummer: randomUUID().slice(0, 8),
  };
}

/**
 * A klant of somebody: some registers keep nobody of whom they do not know who it is, and say so with 501. What is not
 * about that is tried with somebody.
 */
export function identifiedKlant(run: Organisation): JsonObject {
  return {
    ...leastKlant(run),
    subjectType: 'natuurlijk_persoon',
    subjectIdentificatie: { inpBsn: testNumber() },
  };
}

/** A klant with everything in it, but for a subject elsewhere. */
export function completeKlant(run: Organisation, subjectType = 'natuurlijk_persoon'): JsonObject {
  return {
    ...leastKlant(run),
    bedrijfsnaam: unique(),
    functie: unique(),
    voornaam: 'Proef',
    voorvoegselAchternaam: 'van de',
    achternaam: unique(),
    telefoonnummer: `+31 6 ${String(randomInt(10_000_000, 99_999_999))}`,
    emailadres: `${unique()}@example.org`,
    adres,
    subjectType,
    subjectIdentificatie: subjects[subjectType]?.() ?? {},
  };
}

/** The least that a contactmoment has. */
export function leastContactmoment({ bronorganisatie }: Organisation): JsonObject {
  return { bronorganisatie, medewerkerIdentificatie: { identificatie: 'conformance' } };
}

/** A contactmoment with everything in it, but for links to other records. */
export function completeContactmoment(run: Organisation): JsonObject {
  return {
    ...leastContactmoment(run),
    registratiedatum: someMoment,
    kanaal: unique(),
    voorkeurskanaal: 'e-mail',
    voorkeurstaal: 'nld',
    tekst: 'Losse stoeptegel, gemeld in een conformiteitstest',
    onderwerpLinks: ['https://www.example.org/onderwerp/1', 'https://www.example.org/onderwerp/2'],
    initiatiefnemer: 'klant',
    medewerkerIdentificatie: {
      identificatie: 'conformance',
      achternaam: 'Testmedewerker',
      voorletters: 'T.',
      voorvoegselAchternaam: 'de',
    },
  };
}

/** The least that a verzoek has. */
export function leastVerzoek({ bronorganisatie }: Organisation): JsonObject {
  return { bronorganisatie, status: 'ontvangen' };
}

/** A verzoek with everything in it, but for links to other records. */
export function completeVerzoek(run: Organisation): JsonObject {
  return {
    ...leastVerzoek(run),
    identificatie: unique(),
    externeIdentificatie: unique(),
    registratiedatum: someMoment,
    voorkeurskanaal: 'e-mail',
    tekst: unique(),
  };
}

/** The field that says when something happened; undefined for what happened at no moment. */
export function momentField({ fields }: Resource): string | undefined {
  return ['registratiedatum', 'interactiedatum'].find((name) => name in fields);
}

/** A body of a newer API in the words of the API that a resource is of: what that does not know is left out. */
export function worded(resource: Resource, body: JsonObject): JsonObject {
  const { fields, variant } = resource;
  const words = Object.entries(body).flatMap(([name, value]): [string, Json][] => {
    if (name === 'registratiedatum') return [[momentField(resource) ?? '', value]];
    if (name === 'adres' && !fields.adres?.fields) return [[name, adresText]];
    return name in fields || name === variant?.field ? [[name, value]] : [];
  });
  return Object.fromEntries(words.filter(([name]) => name !== ''));
}

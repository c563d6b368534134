import type { JsonObject } from '../../src/json.ts';
import type { SubjectType } from './samples.ts';

/**
 * The longest text that each field takes, by its dotted path: the tables of contract section 2.1, typed over by
 * hand. Fields with a format of their own (RSIN, BSN, A-nummer, URL, e-mail) are not here.
 */
export const plainLimits: Readonly<Record<string, number>> = {
  klantnummer: 8,
  bedrijfsnaam: 200,
  functie: 200,
  voornaam: 200,
  voorvoegselAchternaam: 10,
  achternaam: 200,
  telefoonnummer: 20,
  'adres.straatnaam': 100,
  'adres.huisletter': 1,
  'adres.huisnummertoevoeging': 4,
  'adres.postcode': 7,
  'adres.woonplaatsnaam': 80,
  'adres.landcode': 4,
};

const residence = {
  'verblijfsadres.aoaIdentificatie': 100,
  'verblijfsadres.wplWoonplaatsNaam': 80,
  'verblijfsadres.gorOpenbareRuimteNaam': 80,
  'verblijfsadres.aoaPostcode': 7,
  'verblijfsadres.aoaHuisletter': 1,
  'verblijfsadres.aoaHuisnummertoevoeging': 4,
  'verblijfsadres.inpLocatiebeschrijving': 1000,
};

const abroad = {
  'subVerblijfBuitenland.lndLandcode': 4,
  'subVerblijfBuitenland.lndLandnaam': 40,
  'subVerblijfBuitenland.subAdresBuitenland1': 35,
  'subVerblijfBuitenland.subAdresBuitenland2': 35,
  'subVerblijfBuitenland.subAdresBuitenland3': 35,
};

/** The same for each shape of subjectIdentificatie, by the path within it. */
export const identificationLimits: Readonly<Record<SubjectType, Readonly<Record<string, number>>>> = {
  natuurlijk_persoon: {
    anpIdentificatie: 17,
    geslachtsnaam: 200,
    voorvoegselGeslachtsnaam: 80,
    voorletters: 20,
    voornamen: 200,
    geboortedatum: 18,
    ...residence,
    ...abroad,
  },
  niet_natuurlijk_persoon: { annIdentificatie: 17, statutaireNaam: 500, bezoekadres: 1000, ...abroad },
  vestiging: { vestigingsNummer: 24, ...residence, ...abroad },
};

/** A body with a value at each of these dotted paths. */
export function bodyOf(values: Readonly<Record<string, JsonObject[string]>>): JsonObject {
  const body: JsonObject = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    const last = names.pop() ?? path;
    let here = body;
    for (const name of names) here = here[name] = { ...(here[name] as JsonObject | undefined) };
    here[last] = value;
  }
  return body;
}

/** A value for each path of a table of limits. */
export function atEach<Value>(
  limits: Readonly<Record<string, number>>,
  valueOf: (limit: number) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(limits).map(([path, limit]) => [path, valueOf(limit)]));
}

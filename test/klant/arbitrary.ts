import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import { leastKlant } from '../kit/gateway.ts';
import { bodyOf, identificationLimits, plainLimits } from './limits.ts';
import { type SubjectType, subjectTypes } from './samples.ts';

const required = new Set(['aoaIdentificatie', 'gorOpenbareRuimteNaam', 'lndLandcode', 'lndLandnaam']);
const validNines = ['950428139', '423182687', '100000009', '000000000'];

/** Any character but NUL, and often one that means something to JSON, JSONata or a URL. */
const character = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((value) => value !== '\0'),
  fc.constantFrom('\n', "'", '"', '&', '<', '{', ']', '$', '%', '_', '*', '?', '/', '\\'),
);

/** A text as it is after trimming, of at most so many characters. */
function text(limit: number, fewest: number): fc.Arbitrary<string> {
  return fc
    .array(character, { maxLength: Math.min(limit, 30) })
    .map((characters) => characters.join('').trim())
    .filter((value) => value.length >= fewest);
}

/** A text that fits at each path. What the standard requires within an object is not blank. */
function texts(limits: Readonly<Record<string, number>>): fc.Arbitrary<JsonObject> {
  const values = Object.entries(limits).map(([path, limit]): [string, fc.Arbitrary<string>] => {
    const name = path.split('.').at(-1) ?? path;
    return [path, text(limit, required.has(name) ? 1 : 0)];
  });
  return fc.record(Object.fromEntries(values)).map(bodyOf);
}

const nine = fc.constantFrom(...validNines);
const houseNumber = fc.nat(99999);

/** What is no plain text, for each shape. Never all unset: a CRM cannot tell that from no identification. */
const formatted: Readonly<Record<SubjectType, fc.Arbitrary<JsonObject>>> = {
  natuurlijk_persoon: fc.record({
    inpBsn: nine,
    inpANummer: fc.constantFrom('', '1234567890'),
    geslachtsaanduiding: fc.constantFrom('', 'm', 'v', 'o'),
  }),
  niet_natuurlijk_persoon: fc.record({
    innNnpId: nine,
    innRechtsvorm: fc.constantFrom('', 'stichting', 'kapitaalvennootschap_buiten_eer'),
  }),
  vestiging: fc.record({ handelsnaam: fc.array(text(625, 1), { minLength: 1, maxLength: 4 }) }),
};

function identification(type: SubjectType): fc.Arbitrary<JsonObject> {
  const all = fc.tuple(texts(identificationLimits[type]), formatted[type], fc.option(houseNumber));
  return all.map(([plain, special, aoaHuisnummer]) => {
    const { verblijfsadres } = plain;
    const residence = verblijfsadres
      ? { verblijfsadres: { ...(verblijfsadres as JsonObject), aoaHuisnummer } }
      : {};
    return { ...plain, ...special, ...residence };
  });
}

const commonLimits = Object.fromEntries(
  Object.entries(plainLimits).filter(([path]) => path !== 'klantnummer'),
);

/** What any klant holds besides its identification; its klantnummer is left to the gateway. */
const common = fc
  .tuple(texts(commonLimits), nine, houseNumber)
  .map(([{ adres, ...plain }, bronorganisatie, huisnummer]): JsonObject => ({
    ...leastKlant,
    ...plain,
    bronorganisatie,
    adres: { ...(adres as JsonObject), huisnummer },
    emailadres: '',
    subject: '',
  }));

/** Any klant of any type, as a body that supplies everything but the klantnummer. */
export function anyKlant(): fc.Arbitrary<JsonObject> {
  return fc.constantFrom(null, ...subjectTypes).chain((subjectType): fc.Arbitrary<JsonObject> => {
    if (subjectType === null) return common.map((klant) => ({ ...klant, subjectType }));
    return fc
      .tuple(common, identification(subjectType))
      .map(([klant, subjectIdentificatie]) => ({ ...klant, subjectType, subjectIdentificatie }));
  });
}

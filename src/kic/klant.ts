import { isDeepStrictEqual } from 'node:util';
import { complain, type Field, type Fields, nested } from '../contract/field.ts';
import { ownUrl } from '../contract/links.ts';
import type { Variant } from '../contract/resource.ts';
import { text, type TextCheck, url } from '../contract/text.ts';
import { integer } from '../contract/values.ts';
import { isObject, scalarText, valueAt } from '../json.ts';
import { klant as ours } from '../resources/klant.ts';
import { addressParts, addressText, longestUnparted } from './address.ts';
import { declare, pick, withRules } from './declare.ts';
import type { View } from './view.ts';

const { variant } = ours;
if (!variant) throw new Error('A klant without a subjectIdentificatie.');

/** How long an address may be at all. */
const longestAddress = 1000;

/** Complains about an address that cannot be taken apart, and is too long to be kept as it is: nothing is cut off. */
const fitsOurs: TextCheck = (value, reading) => {
  const { length } = Array.from(value);
  // About what is short enough, or too long for any address, the field itself says what is wrong.
  if (length <= longestUnparted || length > longestAddress || addressParts(value)) return;
  complain(reading, 'max_length', 'Dit adres is te lang om zonder onderdelen te bewaren.');
};

const fields: Fields = {
  url: ownUrl('De unieke identificatie en locatie van deze klant.'),
  ...pick(ours.fields, 'voornaam', 'achternaam'),
  adres: text({
    max: longestAddress,
    checks: [fitsOurs],
    description: 'Het adres dat de klant opgaf, in één tekst.',
  }),
  ...pick(ours.fields, 'telefoonnummer', 'emailadres', 'functie'),
  subject: url({ max: 1000, description: 'De URL van het subject in een basisregistratie.' }),
  ...pick(ours.fields, 'subjectType'),
};

/** Whoever sends one of these took this list for ours, and would take everybody for one person. */
const unknownParameters = [...Object.keys(ours.filters), 'klant', 'object'];

const resource = declare(ours, {
  fields,
  variant: { ...variant, shapes: withStrictAddress(variant.shapes) },
  unknownParameters,
});

/** For a verblijfsadres that has gaps in the register already, where this contract wants it whole. */
const lenient = declare(ours, { fields, variant, unknownParameters });

/** A klant: one text for the address and one for the surname, and neither a bronorganisatie nor a number. */
export const klant: View = {
  resource,
  of: withRules(ours, { 'kla-002': undefined }),

  derived: ['achternaam', 'adres'],

  show: ({ voorvoegselAchternaam, achternaam, adres }) => ({
    // A surname without its prefix would look like somebody else's.
    achternaam: [voorvoegselAchternaam, achternaam].map(scalarText).filter(Boolean).join(' '),
    adres: addressText(adres),
  }),

  changed({ achternaam, adres }) {
    return {
      ...(achternaam === undefined ? {} : { achternaam, voorvoegselAchternaam: '' }),
      ...(adres === undefined ? {} : { adres: addressParts(scalarText(adres) ?? '') ?? {} }),
    };
  },

  created: ({ bronorganisatieOf, websiteUrl }, clientId) => ({
    bronorganisatie: bronorganisatieOf(clientId),
    websiteUrl,
  }),

  lenient(body, shown) {
    const [given, stored] = [body, shown].map((one) => valueAt(one, 'subjectIdentificatie.verblijfsadres'));
    return isObject(given) && isDeepStrictEqual(given, stored) ? lenient : undefined;
  },
};

function withStrictAddress(shapes: Variant['shapes']): Variant['shapes'] {
  return Object.fromEntries(
    Object.entries(shapes).map(([value, shape]) => [value, { ...shape, fields: strict(shape.fields) }]),
  );
}

function strict(shape: Fields): Fields {
  const { verblijfsadres } = shape;
  return verblijfsadres ? { ...shape, verblijfsadres: strictAddress(verblijfsadres) } : shape;
}

function strictAddress({ schemaName = '', fields: lenientFields = {} }: Field): Field {
  return nested(schemaName, {
    ...lenientFields,
    wplWoonplaatsNaam: text({ max: 80, required: true }),
    aoaHuisnummer: integer({ minimum: 0, maximum: 99999 }, { required: true }),
  });
}

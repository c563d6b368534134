import type { Fields } from '../contract/field.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../json.ts';
import type { Complaint } from '../problem.ts';
import { klant } from '../resources/klant.ts';

/**
 * An address as one line of text, which is what the Klantinteracties API has, and as the parts of ours. A text becomes
 * parts only when these come to exactly the same text again, so nothing of it is ever lost or made up.
 */

const parts: Fields = klant.fields.adres?.fields ?? {};

/** How long an address may be that cannot be taken apart: it is kept in the place of the street. */
export const longestUnparted = Number(parts.straatnaam?.schema.maxLength);

/** "Dorpsstraat 12a-3, 1234 AB Utrecht, 6030": what is not there is left out; blank when nothing is. */
export function addressText(adres: Json | undefined): string {
  if (!isObject(adres)) return '';
  const of = (name: string): string => scalarText(adres[name]) ?? '';
  const addition = of('huisnummertoevoeging') === '' ? '' : `-${of('huisnummertoevoeging')}`;
  const number = `${of('huisnummer')}${of('huisletter')}${addition}`;
  const lines = [
    `${of('straatnaam')} ${number}`,
    `${of('postcode')} ${of('woonplaatsnaam')}`,
    of('landcode'),
  ];
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(', ');
}

/**
 * The parts of an address that was written as text. One that cannot be taken apart is kept as it is, in the place of
 * the street and without any other part: an old house number beside a new street would be a wrong address.
 *
 * @returns undefined when it is longer than that place
 */
export function addressParts(text: string): JsonObject | undefined {
  const ways = [takenApart(text), { straatnaam: text }].map(asAddress);
  return ways.find((adres) => adres !== undefined && addressText(adres) === text);
}

const shape =
  /^(?<straatnaam>[^,]+) (?<huisnummer>\d{1,5})(?<huisletter>[A-Za-z]?)(?:-(?<huisnummertoevoeging>[^,\s]{1,4}))?(?:, (?<postcode>\d{4} ?[A-Za-z]{2}) (?<woonplaatsnaam>[^,]+)(?:, (?<landcode>[A-Za-z0-9]{1,4}))?)?$/;

function takenApart(text: string): JsonObject {
  const groups: Readonly<Record<string, string | undefined>> = shape.exec(text)?.groups ?? {};
  const found = Object.entries(groups).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(found);
}

/** All parts, as our contract reads them; undefined when one of them is not what it allows. */
function asAddress(some: JsonObject): JsonObject | undefined {
  const complaints: Complaint[] = [];
  const read = Object.entries(parts).map(([name, field]): [string, Json] => {
    const given = some[name];
    return [
      name,
      given === undefined ? field.unset : (field.read(given, { name, complaints }) ?? field.unset),
    ];
  });
  return complaints.length === 0 ? Object.fromEntries(read) : undefined;
}

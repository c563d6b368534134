import type { World } from '../rules/rule.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../json.ts';

/** How people recognise records in the audit trail (contract section 7.2). */

/** The end of a URL, by which people know what it leads to; blank without one. */
export function lastSegment(url: Json | undefined): string {
  return scalarText(url)?.split('/').at(-1) ?? '';
}

/** `123456782 - K1`: what somebody numbered. */
export function numbered(number: string): (representation: JsonObject) => string {
  return (representation) =>
    `${textIn(representation, 'bronorganisatie')} - ${textIn(representation, number)}`;
}

/** `123456782 m1 at 2020-01-01 00:00:00+00:00 via telefoon`. */
export function contactmomentWeergave(representation: JsonObject): string {
  const moment = textIn(representation, 'registratiedatum').replace('T', ' ').replace('Z', '+00:00');
  const medewerker = lastSegment(representation.medewerker);
  const start = `${textIn(representation, 'bronorganisatie')} ${medewerker} at ${moment}`;
  return `${start} via ${textIn(representation, 'kanaal')}`;
}

/** The identificatie of a document, as its own register says; blank when that does not answer. */
export async function identificatieAt(url: Json | undefined, world: World): Promise<string> {
  const fetched = await world.fetch(scalarText(url) ?? '');
  return fetched && isObject(fetched.body) ? textIn(fetched.body, 'identificatie') : '';
}

function textIn(representation: JsonObject, name: string): string {
  return scalarText(representation[name]) ?? '';
}

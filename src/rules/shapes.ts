import { isObject, type Json } from '../json.ts';

/**
 * Shapes of resources of other registers: what their standards require of whoever makes one, with the right types
 * (contract section 3.3). Enough to tell a zaak from a document, and from a page that says hello.
 */
const zaak = ['bronorganisatie', 'zaaktype', 'verantwoordelijkeOrganisatie', 'startdatum'];

const informatieobject = [
  'bronorganisatie',
  'creatiedatum',
  'titel',
  'auteur',
  'taal',
  'informatieobjecttype',
];

/** What the Zaken API wants to hear before it shows a zaak: how coordinates are to be written. */
export const asksForZaak = { 'Accept-Crs': 'EPSG:4326' } as const;

/** Whether a JSON value is a zaak of the Zaken API. */
export function isZaak(body: unknown): boolean {
  return hasTexts(body, zaak);
}

/** Whether a JSON value is an enkelvoudiginformatieobject of the Documenten API. */
export function isInformatieobject(body: unknown): boolean {
  return hasTexts(body, informatieobject);
}

function hasTexts(body: unknown, names: readonly string[]): boolean {
  if (!isObject(body)) return false;
  const values: (Json | undefined)[] = names.map((name) => body[name]);
  return values.every((value) => typeof value === 'string');
}

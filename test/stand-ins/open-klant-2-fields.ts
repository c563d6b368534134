import { randomUUID } from 'node:crypto';
import type { Reply } from '../../src/demo/crm/reply.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { Refused } from './kit/index.ts';

/** What a field may hold. */
export interface Field {
  readonly is: 'text' | 'boolean' | 'object' | 'link' | 'moment';
  /** The most characters. */
  readonly max?: number;
  readonly oneOf?: readonly string[];
  /** It has to be in a new record. */
  readonly required?: true;
  /** It may not be "" or null. */
  readonly filled?: true;
  /** What it is when nobody says. */
  readonly otherwise?: Json;
  /** The resource that a link leads to. */
  readonly to?: string;
  readonly inside?: Fields;
  /** What else its value has to be, given the whole record. */
  readonly also?: (value: Json, row: JsonObject) => boolean;
}

export type Fields = Readonly<Record<string, Field>>;

const text = (max: number, more: Partial<Field> = {}): Field => ({ is: 'text', max, otherwise: '', ...more });
const filled = (max: number, more: Partial<Field> = {}): Field => ({
  is: 'text',
  max,
  required: true,
  filled: true,
  ...more,
});
const link = (to: string, more: Partial<Field> = {}): Field => ({ is: 'link', to, otherwise: null, ...more });
const object = (inside: Fields, more: Partial<Field> = {}): Field => ({
  is: 'object',
  inside,
  otherwise: null,
  ...more,
});

const adres = object({
  nummeraanduidingId: text(255),
  adresregel1: text(80),
  adresregel2: text(80),
  adresregel3: text(80),
  land: text(4),
});
const contactnaam = object({
  voorletters: text(10),
  voornaam: text(200),
  voorvoegselAchternaam: text(10),
  achternaam: text(200),
});
const identificator = {
  objectId: text(200),
  codeObjecttype: text(200),
  codeRegister: text(200),
  codeSoortObjectId: text(200),
};
const nummer = text(10, { also: (value) => value === '' || /^-?\d+$/.test(textOf(value)) });
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const telephone = /^(?:0[89]00\d{4,7}|0[1-9]\d{8}|(?:\+|00)\d{9,20}|1400|140\d{2,3})$/;

/** The fields of each resource: those that a caller may write. */
export const fieldsOf = {
  partijen: {
    nummer,
    interneNotitie: text(1000),
    soortPartij: filled(14, { oneOf: ['persoon', 'organisatie', 'contactpersoon'] }),
    indicatieGeheimhouding: { is: 'boolean', otherwise: null },
    voorkeurstaal: text(3),
    indicatieActief: { is: 'boolean', required: true, filled: true },
    voorkeursDigitaalAdres: link('digitaleadressen'),
    voorkeursRekeningnummer: link('digitaleadressen'),
    bezoekadres: adres,
    correspondentieadres: adres,
    partijIdentificatie: object({ contactnaam, naam: text(200) }),
  },
  'partij-identificatoren': {
    identificeerdePartij: link('partijen'),
    anderePartijIdentificator: text(200),
    partijIdentificator: object(identificator, {
      also: (value) => {
        const { codeRegister, codeObjecttype, codeSoortObjectId, objectId } = isObject(value) ? value : {};
        const kinds = isAllowed(registers, codeRegister, codeObjecttype);
        return (
          kinds &&
          isAllowed(kindsOfId, codeObjecttype, codeSoortObjectId) &&
          isNumber(codeSoortObjectId, objectId)
        );
      },
    }),
    subIdentificatorVan: link('partij-identificatoren'),
  },
  digitaleadressen: {
    verstrektDoorBetrokkene: link('betrokkenen', { required: true }),
    verstrektDoorPartij: link('partijen', { required: true }),
    adres: filled(80, {
      also: (value, row) =>
        row.soortDigitaalAdres === 'email'
          ? email.test(textOf(value))
          : row.soortDigitaalAdres !== 'telefoonnummer' || telephone.test(textOf(value)),
    }),
    soortDigitaalAdres: filled(255, { oneOf: ['email', 'telefoonnummer', 'overig'] }),
    isStandaardAdres: { is: 'boolean', otherwise: false },
    omschrijving: text(40),
  },
  klantcontacten: {
    nummer,
    kanaal: filled(50),
    onderwerp: filled(200),
    inhoud: text(1000),
    reactie: text(1000),
    indicatieContactGelukt: { is: 'boolean', otherwise: null },
    taal: filled(3),
    vertrouwelijk: { is: 'boolean', required: true, filled: true },
    plaatsgevondenOp: { is: 'moment', otherwise: 'now' },
    metadata: { is: 'object', otherwise: {} },
  },
  betrokkenen: {
    wasPartij: link('partijen'),
    hadKlantcontact: link('klantcontacten', { required: true, filled: true }),
    bezoekadres: adres,
    correspondentieadres: adres,
    contactnaam,
    rol: filled(17, { oneOf: ['vertegenwoordiger', 'klant'] }),
    organisatienaam: text(200),
    initiator: { is: 'boolean', required: true, filled: true },
  },
  onderwerpobjecten: {
    klantcontact: link('klantcontacten'),
    wasKlantcontact: link('klantcontacten'),
    onderwerpobjectidentificator: object(identificator),
  },
  actoren: {
    naam: filled(200),
    soortActor: filled(24, { oneOf: ['medewerker', 'geautomatiseerde_actor', 'organisatorische_eenheid'] }),
    indicatieActief: { is: 'boolean', otherwise: true },
    actoridentificator: object(identificator),
    actorIdentificatie: object({ functie: text(40), emailadres: text(254), telefoonnummer: text(20) }),
  },
  actorklantcontacten: {
    actor: link('actoren', { required: true, filled: true }),
    klantcontact: link('klantcontacten', { required: true, filled: true }),
  },
} as const satisfies Readonly<Record<string, Fields>>;

const registers: Readonly<Record<string, readonly string[]>> = {
  brp: ['natuurlijk_persoon'],
  hr: ['niet_natuurlijk_persoon', 'vestiging'],
};
const kindsOfId: Readonly<Record<string, readonly string[]>> = {
  natuurlijk_persoon: ['bsn', 'overig'],
  niet_natuurlijk_persoon: ['rsin', 'kvk_nummer', 'overig'],
  vestiging: ['vestigingsnummer', 'overig'],
};

/** A value as text; blank for what is none. */
function textOf(value: Json | undefined): string {
  return scalarText(value) ?? '';
}

/** What a hierarchy says nothing about is free. */
function isAllowed(within: typeof registers, above: Json | undefined, value: Json | undefined): boolean {
  return within[textOf(above)]?.includes(textOf(value)) ?? true;
}

function isNumber(kind: Json | undefined, id: Json | undefined): boolean {
  const lengths: Readonly<Record<string, number>> = { bsn: 9, rsin: 9, kvk_nummer: 8, vestigingsnummer: 12 };
  const length = lengths[textOf(kind)];
  return (
    length === undefined ||
    (textOf(id).length === length && /^\d+$/.test(textOf(id)) && passesCheck(kind, textOf(id)))
  );
}

function passesCheck(kind: Json | undefined, digits: string): boolean {
  if (kind !== 'bsn' && kind !== 'rsin') return true;
  const sum = Array.from(digits).reduce(
    (total, digit, index) => total + Number(digit) * (index === 8 ? -1 : 9 - index),
    0,
  );
  return sum % 11 === 0 && Number(digits) > 0;
}

/** An answer in the manner of the Dutch standards. */
export function failing(status: number, detail: string): Reply {
  const codes: Readonly<Record<number, string>> = {
    401: 'not_authenticated',
    404: 'not_found',
    405: 'method_not_allowed',
  };
  const body = {
    type: 'about:blank',
    code: codes[status] ?? 'error',
    title: detail,
    status,
    detail,
    instance: `urn:uuid:${randomUUID()}`,
  };
  return { status, headers: { 'Content-Type': 'application/problem+json' }, body };
}

/** A refusal of one field. */
export function complain(name: string, code: string, reason: string): Refused {
  const { headers = {}, body } = failing(400, '');
  const invalidParams = [{ name, code, reason }];
  const whole = { ...(body as JsonObject), code: 'invalid', title: 'Invalid input.', invalidParams };
  return new Refused({ status: 400, headers, body: whole });
}

/** A record as it is after a write; keys that are no fields are passed over. */
export function readFields(
  fields: Fields,
  given: JsonObject,
  before: JsonObject | undefined,
  at = '',
): JsonObject {
  const row: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = given[name] ?? (name in given ? null : before?.[name]);
    if (value === undefined && field.required)
      throw complain(`${at}${name}`, 'required', 'Dit veld is vereist.');
    row[name] = value === undefined ? initial(field) : read(field, value, `${at}${name}`);
  }
  for (const [name, { also }] of Object.entries(fields)) {
    const value = row[name];
    if (also && value !== undefined && value !== null && !also(value, row))
      throw complain(`${at}${name}`, 'invalid', 'Deze waarde is ongeldig.');
  }
  return row;
}

function initial({ otherwise = null }: Field): Json {
  return otherwise === 'now' ? new Date().toISOString() : otherwise;
}

function read(field: Field, value: Json, at: string): Json {
  const { is, max, oneOf, inside } = field;
  if ((value === null || value === '') && field.filled)
    throw complain(at, 'blank', 'Dit veld mag niet leeg zijn.');
  if (value === null) {
    if (is === 'text' && field.otherwise === '') throw complain(at, 'null', 'Dit veld mag niet leeg zijn.');
    return null;
  }
  if (is === 'boolean' && typeof value !== 'boolean')
    throw complain(at, 'invalid', 'Moet een booleaanse waarde zijn.');
  if (is === 'moment' && Number.isNaN(Date.parse(textOf(value))))
    throw complain(at, 'invalid', 'Datetime heeft een ongeldig formaat.');
  if (is === 'link') return readLink(value, at);
  if (is === 'object') {
    if (!isObject(value)) throw complain(at, 'invalid', 'Ongeldige data.');
    return inside ? readFields(inside, value, undefined, `${at}.`) : value;
  }
  if (is !== 'text') return value;
  if (typeof value !== 'string') throw complain(at, 'invalid', 'Geen geldige tekst.');
  if (max !== undefined && Array.from(value).length > max)
    throw complain(at, 'max_length', `Zorg ervoor dat dit veld niet meer dan ${max} karakters bevat.`);
  if (oneOf && !oneOf.includes(value))
    throw complain(at, 'invalid_choice', `"${value}" is een ongeldige keuze.`);
  return value;
}

function readLink(value: Json, at: string): Json {
  const uuid = isObject(value) ? value.uuid : undefined;
  if (typeof uuid !== 'string') throw complain(`${at}.uuid`, 'required', 'Dit veld is vereist.');
  return { uuid };
}

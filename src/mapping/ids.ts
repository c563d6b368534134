/**
 * The UUID at the end of a resource URL, computed from the CRM's own id and computed back. Nothing is stored.
 *
 * Clients keep URLs for years, so version 1 never changes its mind about a UUID it gave out: whatever is altered
 * here, the golden values in the tests stay as they are. Another layout takes one of the reserved kind numbers.
 *
 * The form `uuid` passes the CRM's UUID as it is. The packed forms make an RFC 9562 version-8 UUID. Its 122 free
 * bits are, from the left: 4 bits that name the codec version and the form, 20 bits checksum, 98 bits payload;
 * the checksum is the start of the SHA-256 of codec version, form, payload and resource name.
 *
 * So a random version-4 UUID is never taken for ours, a random version-8 one with probability 2^-24 at most, and
 * the UUID of klant 7 is none of any other resource's (but for one chance in 2^20). The checksum keeps out
 * mistakes, not people: anyone can compute these UUIDs and read the CRM's id from them. Access may not depend on
 * their being secret, and a CRM whose ids are personal data (a bsn) needs another id to show.
 *
 * The form `text` is for ids that do not fit: see text-ids.ts.
 */
import { hash } from 'node:crypto';
import { parseUrl } from '../url.ts';

/** The forms of id that can be computed from a UUID, as a mapping names them. */
export const idForms = ['uuid', 'url', 'integer', 'base62', 'hexadecimal', 'ascii', 'salesforce'] as const;

/**
 * - `uuid`: a UUID of any version, without braces or prefix; given back in lower case.
 * - `url`: a URL that ends in a UUID, such as those of the standard; given back as that UUID.
 * - `integer`: 0 to 2^53-1, as a number or as digits without leading zeros; given back as a number.
 * - `base62`: 1 to 15 characters 0-9, A-Z, a-z.
 * - `hexadecimal`: 1 to 24 characters, letters all in lower case or all in upper case.
 * - `ascii`: 1 to 14 printable characters, space to tilde.
 * - `salesforce`: 15 characters of base62, of which capitals count, or the same 15 with a checksum of 3 behind them;
 *   given back as the first 15.
 */
export type IdForm = (typeof idForms)[number];

/** The form of ids that are looked up: any text of 1 to 200 characters that is no URL, given back exactly as it is. */
export const lookedUpForm = 'text';

/** The forms that are packed into a UUID of our own. */
export type PackedForm = Exclude<IdForm, 'uuid' | 'url'>;

/** The forms of which two fit in one UUID. */
export type HalfForm = Exclude<PackedForm, 'salesforce'>;

/** An id of one column, as the CRM writes it. */
type SimpleId = string | number;

/** An id as the CRM writes it; one of two columns is a list of two. */
export type CrmId = SimpleId | [SimpleId, SimpleId];

/** Translates the ids of one resource. Neither function throws, whatever it is given. */
export interface IdCodec {
  /** The lower-case UUID of a CRM's id; undefined when the value does not fit the form. */
  toUuid(id: unknown): string | undefined;
  /**
   * The CRM's id in a UUID, whose letters may be of either case; undefined when the UUID is not one of ours, and for
   * the form `text`, of which the id has to be looked up.
   */
  fromUuid(uuid: string): CrmId | undefined;
  /** Whether a UUID can be one of ours, whose letters may be of either case. It asks nobody. */
  owns(uuid: string): boolean;
  /** A CRM's id as mappings see it; undefined when the value does not fit the form. */
  read(id: unknown): CrmId | undefined;
}

/** How an id becomes a number of 98 bits at most, and any number of 98 bits a candidate id. */
interface Packing<Id extends CrmId> {
  /** Codec version and form in one number. 5 is a pair, 7 a text that is looked up; 0 and 8 to 15 are reserved. */
  kind: bigint;
  pack: (id: unknown) => bigint | undefined;
  unpack: (payload: bigint) => Id;
}

const payloadBits = 98n;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const hexadecimalDigits = '0123456789abcdef';
const base62Digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const asciiDigits = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).join(
  '',
);

const packings: Record<PackedForm, Packing<SimpleId>> = {
  integer: { kind: 1n, pack: packInteger, unpack: Number },
  base62: textPacking(2n, /^[0-9A-Za-z]{1,15}$/, base62Digits),
  hexadecimal: { kind: 3n, pack: packHexadecimal, unpack: unpackHexadecimal },
  ascii: textPacking(4n, /^[ -~]{1,14}$/, asciiDigits),
  salesforce: { ...textPacking(6n, /^[0-9A-Za-z]{15}$/, base62Digits), pack: packSalesforce },
};

/**
 * Makes the codec for one resource.
 *
 * @param form what the CRM's ids of this resource look like
 * @param resource name of the resource (`klant`); part of the checksum, so it must stay what it is too
 */
export function idCodec(form: IdForm, resource: string): IdCodec {
  if (form === 'uuid') return passedOn(uuidOf);
  return form === 'url' ? passedOn(uuidAtEnd) : packedCodec(packings[form], form, resource);
}

/** A codec of ids that are UUIDs themselves. */
function passedOn(toUuid: (id: unknown) => string | undefined): IdCodec {
  return { toUuid, fromUuid: uuidOf, owns: (uuid) => uuidOf(uuid) !== undefined, read: toUuid };
}

/** Each half of a pair gets half of the payload. */
const halfBits = payloadBits / 2n;

/** The kind of a pair: the forms of its halves are in the checksum only. */
const pairKind = 5n;

/**
 * Makes the codec for a resource whose ids have two columns, such as a view on a column of another record. Each half
 * has 49 bits: numbers up to 562949953421311, 8 characters of base62, 11 digits in hexadecimal, 7 characters in ascii.
 *
 * @param forms the forms of the two columns; a UUID does not fit
 */
export function pairCodec(forms: readonly [HalfForm, HalfForm], resource: string): IdCodec {
  const [left, right] = [packings[forms[0]], packings[forms[1]]];
  const pack = (id: unknown): bigint | undefined => {
    if (!Array.isArray(id) || id.length !== 2) return undefined;
    const [first, second] = [left.pack(id[0]), right.pack(id[1])];
    if (first === undefined || second === undefined) return undefined;
    return first >> halfBits === 0n && second >> halfBits === 0n ? (first << halfBits) | second : undefined;
  };
  const unpack = (payload: bigint): CrmId => [
    left.unpack(payload >> halfBits),
    right.unpack(BigInt.asUintN(Number(halfBits), payload)),
  ];
  return packedCodec({ kind: pairKind, pack, unpack }, forms.join('+'), resource);
}

/**
 * The UUID of a record whose own key does not fit in one: it follows from the key, and cannot be turned back.
 *
 * @param resource name of the resource (`klant`), so that equal keys of two resources do not share a UUID
 */
export function assignedUuid(key: string, resource: string): string {
  return layOut(BigInt(`0x${sha256(`1\nassigned\n${key}\n${resource}`).slice(0, 31)}`) >> 2n);
}

/** @param form its name, a part of the checksum */
function packedCodec({ kind, pack, unpack }: Packing<CrmId>, form: string, resource: string): IdCodec {
  const uuidWith = (payload: bigint): string =>
    layOut((((kind << 20n) | checksum(form, payload, resource)) << payloadBits) | payload);
  const toUuid = (id: unknown) => {
    const payload = pack(id);
    return payload === undefined ? undefined : uuidWith(payload);
  };
  const fromUuid = (text: string) => {
    const uuid = uuidOf(text);
    if (uuid === undefined) return undefined;
    const id = unpack(payloadOf(uuid));
    // An id has one UUID. Comparing with it judges version, variant, kind, checksum and range all at once.
    return toUuid(id) === uuid ? id : undefined;
  };
  return {
    toUuid,
    fromUuid,
    owns: (uuid) => fromUuid(uuid) !== undefined,
    read: (id) => {
      const payload = pack(id);
      return payload === undefined ? undefined : unpack(payload);
    },
  };
}

function uuidOf(text: unknown): string | undefined {
  const uuid = typeof text === 'string' ? text.toLowerCase() : '';
  return uuidPattern.test(uuid) ? uuid : undefined;
}

/** The UUID that a URL ends in. One alone is taken as well: that is how a mapping gives a link. */
function uuidAtEnd(text: unknown): string | undefined {
  const url = typeof text === 'string' ? parseUrl(text) : undefined;
  return uuidOf(url ? url.pathname.split('/').at(-1) : text);
}

/** The first 20 bits of the hash. The resource name comes last because it alone could hold a line break. */
function checksum(form: string, payload: bigint, resource: string): bigint {
  return BigInt(`0x${sha256(`1\n${form}\n${payload.toString()}\n${resource}`).slice(0, 5)}`);
}

/** In one go: a hash that is put together bit by bit takes more than twice as long. */
function sha256(text: string): string {
  return hash('sha256', text);
}

/** A UUID of 122 bits, around the version (8) and the variant (binary 10). */
export function layOut(bits: bigint): string {
  const fields = ((bits >> 74n) << 80n) | (8n << 76n) | (BigInt.asUintN(12, bits >> 62n) << 64n);
  const digits = (fields | (2n << 62n) | BigInt.asUintN(62, bits)).toString(16).padStart(32, '0');
  // A pattern would take as long as the numbers.
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}

/** The last 98 of the 122 free bits of a UUID. */
function payloadOf(uuid: string): bigint {
  const bits = BigInt(`0x${uuid.replaceAll('-', '')}`);
  return (
    (BigInt.asUintN(24, bits >> 80n) << 74n) |
    (BigInt.asUintN(12, bits >> 64n) << 62n) |
    BigInt.asUintN(62, bits)
  );
}

function packInteger(id: unknown): bigint | undefined {
  const number = typeof id === 'string' && /^(0|[1-9][0-9]{0,15})$/.test(id) ? Number(id) : id;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? BigInt(number)
    : undefined;
}

function packHexadecimal(id: unknown): bigint | undefined {
  if (typeof id !== 'string') return undefined;
  if (/^[0-9a-f]{1,24}$/.test(id)) return numberOf(id, hexadecimalDigits) << 1n;
  return /^[0-9A-F]{1,24}$/.test(id) ? (numberOf(id.toLowerCase(), hexadecimalDigits) << 1n) | 1n : undefined;
}

function unpackHexadecimal(payload: bigint): string {
  const text = textOf(payload >> 1n, hexadecimalDigits);
  return payload & 1n ? text.toUpperCase() : text;
}

function packSalesforce(id: unknown): bigint | undefined {
  if (typeof id !== 'string' || !/^([0-9A-Za-z]{3}){5,6}$/.test(id)) return undefined;
  const first = id.slice(0, 15);
  return id.length === 15 || id.slice(15) === salesforceChecksum(first)
    ? numberOf(first, base62Digits)
    : undefined;
}

/** A character for every five of the id: which of them are capitals, the first one in the lowest bit. */
function salesforceChecksum(first: string): string {
  return [0, 5, 10]
    .map((start) => {
      const isCapital = (at: number): boolean => /[A-Z]/.test(first.charAt(start + at));
      const bits = [0, 1, 2, 3, 4].filter(isCapital).reduce((sum, at) => sum + 2 ** at, 0);
      return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(bits);
    })
    .join('');
}

function textPacking(kind: bigint, pattern: RegExp, digits: string): Packing<string> {
  return {
    kind,
    pack: (id) => (typeof id === 'string' && pattern.test(id) ? numberOf(id, digits) : undefined),
    unpack: (payload) => textOf(payload, digits),
  };
}

/** Bijective numeration: digits count from one, so every text has a number of its own, leading zeros included. */
function numberOf(text: string, digits: string): bigint {
  const base = BigInt(digits.length);
  let number = 0n;
  for (const character of text) number = number * base + BigInt(digits.indexOf(character) + 1);
  return number;
}

function textOf(number: bigint, digits: string): string {
  const base = BigInt(digits.length);
  let text = '';
  for (let rest = number; rest > 0n; rest = (rest - 1n) / base)
    text = digits.charAt(Number((rest - 1n) % base)) + text;
  return text;
}

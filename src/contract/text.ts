import type { Json } from '../json.ts';
import {
  complain,
  type Field,
  fieldBasis,
  type FieldOptions,
  type Reading,
  reasons,
  schemaBasis,
} from './field.ts';
import type { Schema } from './schema.ts';
import { parseUrl } from '../url.ts';

/** One demand on a non-blank text: complains, or says nothing. */
export type TextCheck = (value: string, reading: Reading) => void;

/** What a text field may be told. Lengths are in characters (Unicode code points), as the database of the standard counts. */
export interface TextOptions extends FieldOptions {
  readonly max?: number;
  /** Whether "" is a value. Default: exactly when the field is not required. */
  readonly blank?: boolean;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly checks?: readonly TextCheck[];
}

/** A text: trimmed, numbers taken as text, NUL refused (contract section 0 and ruling R13). */
export function text(options: TextOptions = {}): Field<string> {
  const blank = options.blank ?? options.required !== true;
  const checks = [
    ...(options.checks ?? []),
    noNul,
    wellFormed,
    ...(options.max === undefined ? [] : [atMost(options.max)]),
  ];
  return {
    ...fieldBasis(options),
    unset: '',
    schema: textSchema(options, blank),
    read(given, reading) {
      const value = asText(given);
      if (given === null) complain(reading, 'null', reasons.null);
      else if (value === undefined) complain(reading, 'invalid', reasons.text);
      else if (value === '' && !blank) complain(reading, 'blank', reasons.blank);
      if (value === undefined || value === '') return value;
      for (const check of checks) check(value, reading);
      return value;
    },
  };
}

/** Text from a string or a number, trimmed. A number that JSON could not carry exactly is no text: it would be rounded. */
export function asText(given: Json): string | undefined {
  if (typeof given === 'string') return given.trim();
  if (typeof given !== 'number') return undefined;
  return Number.isInteger(given) && !Number.isSafeInteger(given) ? undefined : String(given);
}

/** The length of a text in code points, which is how the standard's limits count. */
function lengthOf(value: string): number {
  return Array.from(value).length;
}

/** What a client is told of a text that is too long. */
export function tooLongReason(limit: number): string {
  return `Zorg ervoor dat dit veld niet meer dan ${limit} karakters bevat.`;
}

/** Complains `max_length` about a text of more than `limit` characters. */
function atMost(limit: number): TextCheck {
  return (value, reading) => {
    if (value.length > limit && lengthOf(value) > limit) {
      complain(reading, 'max_length', tooLongReason(limit));
    }
  };
}

/** Complains about a NUL character (ruling R13). */
export const noNul: TextCheck = (value, reading) => {
  if (value.includes('\0')) complain(reading, 'null_characters_not_allowed', reasons.nul);
};

/** Complains `invalid` about half a character (a lone surrogate): it can be sent to no CRM, and compared with nothing. */
const wellFormed: TextCheck = (value, reading) => {
  if (!value.isWellFormed()) complain(reading, 'invalid', reasons.text);
};

/** Complains `invalid` about what is no absolute web address. Syntax only: nothing is fetched. */
export const urlSyntax: TextCheck = (value, reading) => {
  if (!isAbsoluteUrl(value)) complain(reading, 'invalid', reasons.url);
};

/** What nearly all are: a host of ASCII that ends in letters, so that it is no number of an address, and no Punycode. */
const plainUrl = /^https?:\/\/(?!\S*xn--)[a-z0-9.-]*[a-z0-9]\.[a-z]{2,}(?:[/?#]\S*)?$/i;

/** An absolute http(s) or ftp(s) URL with a host and without white space. Taking one apart costs more than all else here. */
function isAbsoluteUrl(value: string): boolean {
  if (plainUrl.test(value)) return true;
  return /^(https?|ftps?):\/\/[^\s/?#]/i.test(value) && !/\s/.test(value) && parseUrl(value) !== undefined;
}

/** Complains `invalid` about anything but letters, digits, - and _ of ASCII (contract section 2.5). */
export const wordCharacters: TextCheck = (value, reading) => {
  if (!/^[A-Za-z0-9_-]*$/.test(value)) complain(reading, 'invalid', reasons.word);
};

const emailLocal = /^[-!#$%&'*+/=?^_`{}|~0-9a-z]+(\.[-!#$%&'*+/=?^_`{}|~0-9a-z]+)*$/i;
const emailDomain = /^([\p{L}0-9]([\p{L}0-9-]{0,61}[\p{L}0-9])?\.)+[\p{L}0-9][\p{L}0-9-]{0,61}[\p{L}0-9]$/u;

/** Complains `invalid` about what is no e-mail address. */
const emailSyntax: TextCheck = (value, reading) => {
  const at = value.lastIndexOf('@');
  const domain = value.slice(at + 1);
  const valid =
    at > 0 && emailLocal.test(value.slice(0, at)) && (domain === 'localhost' || emailDomain.test(domain));
  if (!valid) complain(reading, 'invalid', reasons.email);
};

/** A web address: syntax only. */
export function url(options: TextOptions = {}): Field<string> {
  return text({ format: 'uri', ...options, checks: [urlSyntax, ...(options.checks ?? [])] });
}

/** An e-mail address. */
export function email(options: TextOptions = {}): Field<string> {
  return text({ format: 'email', ...options, checks: [emailSyntax, ...(options.checks ?? [])] });
}

function textSchema(options: TextOptions, blank: boolean): Schema {
  return {
    ...schemaBasis(options),
    type: 'string',
    ...(options.format === undefined ? {} : { format: options.format }),
    ...(options.max === undefined ? {} : { maxLength: options.max }),
    ...(blank ? {} : { minLength: 1 }),
    ...(options.pattern === undefined ? {} : { pattern: options.pattern.source }),
  };
}

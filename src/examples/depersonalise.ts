import type { Json } from '../json.ts';
import { dateLater } from './dates.ts';
import { numbersIn } from './numbers.ts';
import { pseudonyms } from './pseudonyms.ts';
import { countLater, isBirthName, momentLater, partsLater, type Times } from './times.ts';

/** What stays as it is, and what has to become something else. */
export interface Kept {
  /** Texts that the mapping set and the standard know: codes, constants, enumerations. */
  readonly known: ReadonlySet<string>;
  /** Ids of records. */
  readonly ids: ReadonlySet<string>;
  /** What has something fixed in its place: settings of a configuration, UUIDs that were made. */
  readonly instead: ReadonlyMap<string, string>;
  /** What the call tells of dates and moments; without it all moments stay. */
  readonly times?: Times;
}

/** Takes somebody's particulars out of a value. Keys stay. */
export type Depersonalise = (value: Json) => Json;

/**
 * Replaces everything that may be somebody's: the same value by the same value wherever it is, also as a part of a text,
 * and every piece of a text by a piece of the same form. So what a mapping does with a value (capitals, pieces, another
 * notation of a date) it can do with what comes in its place.
 *
 * @param random gives at least 0 and less than 1
 */
export function depersonaliser(kept: Kept, random: () => number): Depersonalise {
  const made = pseudonyms(random);
  const words = new Set([...kept.known].map((word) => word.trim()));

  const piece = (
    groups: Readonly<Record<string, string | undefined>>,
    whole: string,
    isBirth: boolean,
  ): string => {
    const { moment, email, date, postcode, numbers, digits, word } = groups;
    if (moment !== undefined)
      return kept.times ? momentLater(moment, made.days, kept.times, isBirth) : moment;
    if (email !== undefined) return address(email);
    if (date !== undefined)
      return dateLater(date, made.days) ?? whole.replace(/\d{5,}/g, (digits) => made.digits(digits));
    if (postcode !== undefined) return made.postcode(postcode);
    if (numbers !== undefined) return numbersIn(numbers).map(number).join('');
    if (digits !== undefined) return number(digits);
    if (word !== undefined) return words.has(word) || usual.has(word.toLowerCase()) ? word : made.word(word);
    return kept.instead.get(whole) ?? whole;
  };

  /** One number, with what stands between its digits. */
  function number(written: string): string {
    const digits = written.replace(/\D/g, '');
    const stays = digits.length < 5 || kept.ids.has(digits) || words.has(written.trim());
    return stays ? written : spread(written, made.digits(digits));
  }

  function address(email: string): string {
    const at = email.lastIndexOf('@');
    const host = email.slice(at + 1);
    return `${text(email.slice(0, at))}@${reserved.test(host) ? host : made.host(host)}`;
  }

  function text(value: string, isBirth = false): string {
    const instead = kept.instead.get(value);
    if (instead !== undefined) return instead;
    if (kept.known.has(value) || kept.ids.has(value)) return value;
    const later = kept.times && countLater(value, made.days, kept.times);
    if (later !== undefined) return later;
    return value.replace(pieces, (...args) => {
      const groups = args.at(-1) as Readonly<Record<string, string | undefined>>;
      return piece(groups, args[0], isBirth);
    });
  }

  function inside(value: Json, isBirth = false): Json {
    if (typeof value === 'string') return text(value, isBirth);
    if (typeof value === 'number') return Number(text(String(value), isBirth));
    if (typeof value !== 'object' || value === null) return value;
    // Java writes a date as a list: [1961, 3, 17].
    const parts = kept.times
      ? partsLater(Object.fromEntries(Object.entries(value)), made.days, kept.times)
      : {};
    if (Array.isArray(value)) return value.map((item, index) => parts[index] ?? inside(item, isBirth));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        parts[name] ?? inside(inner, isBirth || isBirthName(name)),
      ]),
    );
  }
  return (value) => inside(value);
}

/** Host names that nobody has. */
const reserved = /(^|\.)(example|example\.(com|net|org|nl)|invalid|test)$/i;

/** Words that are nobody's: those between names, and the pieces that all addresses of pages have. */
const usual = new Set(
  'van de der den het ten ter te in op aan bij voor uit http https www nl com org net eu example null true false ok'.split(
    ' ',
  ),
);

const edge = '(?<![\\p{L}\\d])';
const end = '(?![\\p{L}\\d])';

/** The pieces of a text, the longest kinds first. What none of them takes (marks, blanks) stays. */
const pieces = new RegExp(
  [
    // Of a place or a name: 's-Hertogenbosch, 't Hart.
    `${edge}['’][st]${end}`,
    '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
    // Moments mostly stay: see momentLater.
    '(?<moment>\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}[T -]\\d{2}[:.]\\d{2}[\\d:.,]*(?:Z|[+-]\\d{2}:?\\d{2})?' +
      '|(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\\d|3[01])T?(?:[01]\\d|2[0-3])[0-5]\\d(?:[0-5]\\d(?:\\d{3})?)?Z?(?!\\d))',
    `(?<email>[\\p{L}\\d._%+'-]+@[\\p{L}\\d-]+(?:\\.[\\p{L}\\d-]+)+)`,
    `(?<date>${edge}(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4}|(?:18|19|20)\\d{6})${end})`,
    `(?<postcode>${edge}[1-9]\\d{3} ?[A-Za-z]{2}${end})`,
    '(?<numbers>\\+?\\d(?:[ ()./-]{0,3}\\d){8,})',
    '(?<digits>\\d+)',
    '(?<word>[\\p{L}\\p{M}]+)',
  ].join('|'),
  'gu',
);

/** Digits in the places of digits; what is in between stays. */
function spread(original: string, digits: string): string {
  let at = 0;
  return original.replace(/\d/g, () => digits.charAt(at++));
}

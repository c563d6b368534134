import { isObject } from '../../json.ts';
import { type Helper, isNothing } from './helper.ts';

/** Dutch names of persons, for CRMs that keep them in another number of columns than the standard. */
export const nameHelpers = {
  nameParts: {
    call: '(text)',
    is:
      'the parts of the name of a person, those that there are: `voornaam`, `voorletters`, `voorvoegselAchternaam`, ' +
      '`achternaam`. When in doubt, all of it is achternaam',
    example: {
      of: '$nameParts("Berg, J.P. van der")',
      yields: { voorletters: 'J.P.', voorvoegselAchternaam: 'van der', achternaam: 'Berg' },
    },
    make: () => (text: unknown) => nameParts(text),
  },
  fullName: {
    call: '(parts)',
    is: 'those parts as one name: `voornaam` or else `voorletters`, the `voorvoegselAchternaam` and the `achternaam`',
    example: {
      of: '$fullName({ "voorletters": "J.P.", "voorvoegselAchternaam": "van der", "achternaam": "Berg" })',
      yields: 'J.P. van der Berg',
    },
    make: () => (parts: unknown) => fullName(parts),
  },
  initials: {
    call: '(text)',
    is: 'the initials of given names',
    example: { of: '$initials("Jan Pieter")', yields: 'J.P.' },
    make: () => (text: unknown) => initials(text),
  },
} as const satisfies Readonly<Record<string, Helper>>;

interface NameParts {
  readonly voornaam?: string;
  readonly voorletters?: string;
  readonly voorvoegselAchternaam?: string;
  readonly achternaam: string;
}

/** The words that go before a Dutch surname, as they are written after a given name: small. */
const prefixes: ReadonlySet<string> = new Set(
  (
    "'s 't 'n aan af al am auf aus ben bij bin d' da dal dalla das de degli dei del della den der des di do don dos du " +
    'el het im in l la las le les lo los of onder op over te ten ter thoe tho to toe tot uijt uit unter van vanden ' +
    'vander vom von voor vor zu zum zur'
  ).split(' '),
);

const initial = /^(\p{Lu}\p{Ll}{0,2}\.)+$|^\p{Lu}$/u;
// \u2019 is the curly apostrophe. Patterns are not escaped in a bundle, and V8 keeps a source that is not ASCII twice as large.
const givenName = /^\p{Lu}[\p{L}'\u2019]*(-\p{Lu}[\p{L}'\u2019]*)*$/u;
const title = /^(dr|drs|mr|mrs|ms|ir|ing|prof|dhr|mevr|mw|hr)\.?$/i;

/** Longer than any name: what a person typed into the wrong column. */
const longest = 500;

function nameParts(given: unknown): NameParts | undefined {
  if (isNothing(given)) return undefined;
  const text = typeof given === 'string' ? given.trim().replace(/\s+/g, ' ') : '';
  if (text === '') return undefined;
  if (text.length > longest) return { achternaam: text };
  return (text.includes(',') ? surnameFirst(text) : surnameLast(text)) ?? { achternaam: text };
}

/** `Berg, J.P. van der`, or `van der Berg, Jan`. */
function surnameFirst(text: string): NameParts | undefined {
  const [before = '', after = '', ...more] = text.split(',').map((part) => part.trim());
  if (before === '' || after === '' || more.length > 0) return undefined;
  const words = after.split(' ');
  const prefixAt = words.findIndex(isPrefix);
  const given = prefixAt < 0 ? words : words.slice(0, prefixAt);
  const behind = prefixAt < 0 ? [] : words.slice(prefixAt);
  const [front, surname] = divided(before.split(' '));
  if (!behind.every(isPrefix) || (behind.length > 0 && front.length > 0) || surname.length === 0)
    return undefined;
  return partsOf(given, [...front, ...behind], surname);
}

/** `Jan Pieter van der Berg`, `J.P. Berg`, `van der Berg`. */
function surnameLast(text: string): NameParts | undefined {
  const words = text.split(' ');
  const prefixAt = words.findIndex(isPrefix);
  if (prefixAt >= 0) {
    const [prefix, surname] = divided(words.slice(prefixAt));
    return surname.length === 0 ? undefined : partsOf(words.slice(0, prefixAt), prefix, surname);
  }
  const given = words.slice(0, -1);
  // Of three words without a prefix, the middle one may be of either name.
  const isClear = given.length <= 1 || given.every((word) => initial.test(word));
  return isClear ? partsOf(given, [], words.slice(-1)) : undefined;
}

/** The prefixes that words begin with, and the rest. */
function divided(words: readonly string[]): [string[], string[]] {
  const end = words.findIndex((word) => !isPrefix(word));
  return end < 0 ? [[...words], []] : [words.slice(0, end), words.slice(end)];
}

function partsOf(
  given: readonly string[],
  prefix: readonly string[],
  surname: readonly string[],
): NameParts | undefined {
  const areInitials = given.length > 0 && given.every((word) => initial.test(word));
  const areNames = given.every((word) => givenName.test(word) && word.length > 1);
  if (given.some((word) => title.test(word)) || (!areInitials && !areNames)) return undefined;
  const name = given.join(' ');
  const letters = initials(name);
  return {
    ...(areInitials || name === '' ? {} : { voornaam: name }),
    ...(letters === undefined ? {} : { voorletters: letters }),
    ...(prefix.length === 0 ? {} : { voorvoegselAchternaam: prefix.join(' ') }),
    achternaam: surname.join(' '),
  };
}

function isPrefix(word: string): boolean {
  return prefixes.has(word.replaceAll('\u2019', "'"));
}

/** A prefix that ends in an apostrophe stands against the name: d'Ancona. */
function fullName(parts: unknown): string | undefined {
  if (!isObject(parts)) return undefined;
  const part = (name: string): string => {
    const value = parts[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const first = part('voornaam') || part('voorletters');
  const prefix = part('voorvoegselAchternaam');
  const surname = `${prefix}${prefix === '' || /['\u2019]$/.test(prefix) ? '' : ' '}${part('achternaam')}`;
  const name = `${first} ${surname}`.trim();
  return name === '' ? undefined : name;
}

/** Letters that are initials already stay what they are: `Th.`, `IJ.`. */
function initials(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.length > longest) return undefined;
  const words = given
    .trim()
    .split(/[\s-]+/)
    .filter((word) => /\p{L}/u.test(word));
  const letters = words.map((word) => {
    if (word.includes('.')) return word.endsWith('.') ? word : `${word}.`;
    return `${(/^ij/i.exec(word)?.[0] ?? /\p{L}/u.exec(word)?.[0] ?? '').toUpperCase()}.`;
  });
  return letters.length === 0 ? undefined : letters.join('');
}

import { passesElfproef } from '../contract/numbers.ts';

/**
 * Values that nobody has, in the place of those of somebody: the same one each time for the same value, and of the same
 * form. What they are differs from run to run, so that nobody can compute them back.
 */
export interface Pseudonyms {
  /** Letters: as many, with capitals in the same places; begins with the same letter as others that did. */
  word(word: string): string;
  /** Digits: as many, with the same zeros in front. Nine that pass the elfproef become a test BSN. */
  digits(digits: string): string;
  /** Four digits and two letters, with or without a space. */
  postcode(postcode: string): string;
  /** A number of days later or earlier: for all dates the same number. */
  days: number;
  /** A host name that cannot exist. */
  host(host: string): string;
}

const consonants = 'bdfgklmnprstvz';
const vowels = 'aeiou';
const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/** Numbers that the government keeps for tests. */
const testBsns = { from: 999_990_000, count: 10_000 } as const;

/** @param random gives at least 0 and less than 1 */
export function pseudonyms(random: () => number): Pseudonyms {
  const below = (count: number): number => Math.floor(random() * count);
  const pick = (letters: string): string => letters.charAt(below(letters.length));
  const turn = 1 + below(alphabet.length - 1);
  const firstLetter = (letter: string): string =>
    alphabet.charAt((alphabet.indexOf(letter) + turn) % alphabet.length);
  const digit = (): string => String(below(10));

  const words = remembered((word) => {
    const first = alphabet.includes(word.charAt(0)) ? firstLetter(word.charAt(0)) : 'é';
    const rest = Array.from(word.slice(1), (_, index) =>
      vowels.includes(first) === (index % 2 === 0) ? pick(consonants) : pick(vowels),
    );
    return first + rest.join('');
  });
  const testBsn = remembered(() =>
    matching(() => String(testBsns.from + below(testBsns.count)), passesElfproef),
  );
  const otherNine = remembered((nine) =>
    matching(
      () => nine.slice(0, 2) + Array.from(nine.slice(2), digit).join(''),
      (made) => !passesElfproef(made),
    ),
  );
  const fewer = remembered((digits) => {
    const zeros = /^0*/.exec(digits)?.[0] ?? '';
    const rest = Array.from(digits.slice(zeros.length), (_, at) =>
      at === 0 ? String(1 + below(9)) : digit(),
    );
    return zeros + rest.join('');
  });
  const postcodes = remembered(
    (postcode) => `${1000 + below(9000)}${Array.from(postcode.slice(4), () => pick('bcdfghjk')).join('')}`,
  );
  let hosts = 0;
  const hostOf = remembered(() => `domein${++hosts}.example`);

  return {
    word: (word) => inCaseOf(word, words(plainOf(word))),
    digits(digits) {
      if (digits.length < 9) return fewer(digits);
      if (digits.length === 9 && passesElfproef(digits)) return testBsn(digits);
      const head = digits.slice(0, -9);
      return (head.length < 5 ? head : fewer(head)) + otherNine(digits.slice(-9));
    },
    postcode(postcode) {
      const made = postcodes(postcode.replace(' ', '').toLowerCase());
      const letters = inCaseOf(postcode.slice(-2), made.slice(4));
      return made.slice(0, 4) + postcode.slice(4, -2) + letters;
    },
    days: -(366 + below(3000)),
    host: (host) =>
      host === host.toUpperCase() ? hostOf(host.toLowerCase()).toUpperCase() : hostOf(host.toLowerCase()),
  };
}

/** The same result for the same text, and another one for another text as long as that is possible. */
function remembered(make: (text: string) => string): (text: string) => string {
  const made = new Map<string, string>();
  const taken = new Set<string>();
  return (text) => {
    const before = made.get(text);
    if (before !== undefined) return before;
    const fresh = matching(
      () => make(text),
      (candidate) => candidate !== text && !taken.has(candidate),
    );
    made.set(text, fresh);
    taken.add(fresh);
    return fresh;
  };
}

/** Tries until it fits; what is as good as impossible (one letter in the place of another) ends too. */
function matching(make: () => string, fits: (made: string) => boolean): string {
  let made = make();
  for (let tries = 0; tries < 1000 && !fits(made); tries++) made = make();
  return made;
}

/** In small letters, with one sign for each sign of the word. */
function plainOf(word: string): string {
  return Array.from(word, (letter) => letter.toLowerCase()).join('');
}

/** A capital for each capital; what is no letter of ASCII stays none. */
function inCaseOf(word: string, made: string): string {
  const letters = Array.from(made);
  return Array.from(word, (original, index) => {
    const letter = /^[a-z]$/i.test(original) ? (letters[index] ?? 'a') : 'é';
    return original === original.toLowerCase() ? letter : letter.toUpperCase();
  }).join('');
}

import { seedRelations, type Relation } from '../../src/demo/crm/seed.ts';
import { seedActivities } from '../../src/demo/crm/tables/seed-activities.ts';
import { seedRequests } from '../../src/demo/crm/tables/seed-requests.ts';
import { isObject, scalarText } from '../../src/json.ts';
import { root } from './process.ts';

/** The kinds of personal data that are looked for. */
export type PersonalKind =
  | 'bsn'
  | 'rsin'
  | 'other number'
  | 'klantnummer'
  | 'telephone number'
  | 'e-mail address'
  | 'postcode with house number'
  | 'name of a person'
  | 'name of an organisation'
  | 'what somebody asked'
  | 'number of a request';

const seeds = seedRelations();

/** Names that are shorter are words as well. */
const shortestName = 6;

/** Numbers of persons and organisations, and customer numbers, each with its kind. */
const numbers = new Map<string, PersonalKind>(
  seeds.flatMap((seed) => [
    ...known(seed.BSNR, 'bsn'),
    ...known(seed.RSIN, 'rsin'),
    ...known(seed.ANR, 'other number'),
    ...known(seed.VESTNR, 'other number'),
    ...known(seed.VB_ID, 'other number'),
    ...known(seed.KLANTNR && folded(seed.KLANTNR), 'klantnummer'),
  ]),
);

/** Telephone numbers without country code or first zero: nine digits. */
const telephones = new Set(seeds.flatMap(({ TEL1 }) => (TEL1 === undefined ? [] : [nationalPart(TEL1)])));

const emails = new Set(seeds.flatMap(({ EMAIL }) => (EMAIL === undefined ? [] : [folded(EMAIL)])));

/** Postcode without its space -> the house numbers there. */
const addresses = addressesOf([
  ...seeds.map(({ PC, HNR }) => [PC, HNR] as const),
  ...seeds.map(({ VB_PC, VB_HNR }) => [VB_PC, VB_HNR] as const),
]);

/** Every word of six letters and more in the name of a person; a double name whole and in its parts. */
const nameWords = new Set(
  seeds
    .flatMap(({ VNAAM, VOORNMN, ANAAM, GESLNM }) => [VNAAM, VOORNMN, ANAAM, GESLNM])
    .flatMap((name) => wordsIn(folded(name ?? '')))
    .flatMap((word) => [word, ...word.split('-')])
    .filter((word) => word.length >= shortestName),
);

/** Whole names of everything that is no person, by their longest word: many of their words are words of the language. */
const organisations = organisationsOf(seeds);

/** What was said on the telephone, and what people asked for: each whole sentence. */
const sentences = [
  ...new Set(
    [...seedActivities(), ...seedRequests()]
      .flatMap(({ TEKST }) => String(TEKST ?? '').split(/[\r\n]+/))
      .map((line) => withoutQuotes(folded(line.trim())))
      .filter((line) => line.length > shortestName),
  ),
];

const requestNumbers = [
  ...new Set(seedRequests().flatMap(({ KENM }) => (KENM === undefined ? [] : [folded(String(KENM))]))),
];

/**
 * Looks for the particulars of everybody in the demo CRM, however they are written: in capitals, with other spacing, or
 * encoded as in a URL. Whole words only; UUIDs and moments are passed over, and so is where the checkout stands.
 *
 * @returns the kinds that were found, never what was found
 */
export function personalDataIn(text: string): PersonalKind[] {
  const plain = folded(withoutHarmless(`${text} ${decoded(text)}`));
  const words = wordsIn(plain);
  const found = new Set<PersonalKind>();
  for (const [number] of plain.matchAll(/(?<![\p{L}\p{N}])k?\d+(?![\p{L}\p{N}])/gu)) {
    const kind = numbers.get(number);
    if (kind) found.add(kind);
  }
  if (hasTelephone(plain)) found.add('telephone number');
  if (hasEmail(plain)) found.add('e-mail address');
  if (hasAddress(plain)) found.add('postcode with house number');
  if (words.some((word) => nameWords.has(word))) found.add('name of a person');
  const bare = withoutQuotes(plain);
  if (words.some((word) => organisations.get(word)?.some((name) => bare.includes(name))))
    found.add('name of an organisation');
  if (sentences.some((sentence) => bare.includes(sentence))) found.add('what somebody asked');
  if (requestNumbers.some((number) => bare.includes(number))) found.add('number of a request');
  return [...found];
}

/** What is found in the lines of a log, as `kind in event`, each once. */
export function personalDataInLog(lines: readonly string[]): string[] {
  const found = lines.flatMap((line) => personalDataIn(line).map((kind) => `${kind} in ${eventOf(line)}`));
  return [...new Set(found)];
}

function known(value: string | undefined, kind: PersonalKind): (readonly [string, PersonalKind])[] {
  return value === undefined ? [] : [[value, kind]];
}

function eventOf(line: string): string {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value)
      ? (scalarText(value.event) ?? 'a line without an event')
      : 'a line that is no event';
  } catch {
    return 'a line that is no event';
  }
}

function withoutHarmless(text: string): string {
  return text
    .replaceAll(root, '')
    .replace(/[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}/gi, ' ')
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, ' ');
}

/** The text with `%40`, `+` and `\u00e9` as the characters that they stand for. */
function decoded(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('+', ' ')
    .replace(/(%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** Lower case without diacritics, as somebody may have typed it. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i').replaceAll('ł', 'l');
}

/** JSON puts backslashes before the quotes in a name. */
function withoutQuotes(text: string): string {
  return text.replace(/[\\"]/g, '');
}

function wordsIn(text: string): string[] {
  return Array.from(text.matchAll(/\p{L}+(['’-]\p{L}+)*/gu), ([word]) => word);
}

function nationalPart(telephone: string): string {
  return telephone.replace(/\D/g, '').slice(-9);
}

function hasTelephone(text: string): boolean {
  return Array.from(text.matchAll(/\d[\d\s().-]{7,}\d/g), ([candidate]) => candidate.replace(/\D/g, '')).some(
    (digits) =>
      Array.from(digits, (_, start) => digits.slice(start, start + 9)).some((part) => telephones.has(part)),
  );
}

function hasEmail(text: string): boolean {
  return Array.from(text.matchAll(/[^\s"'<>\\:;()=&?]+@[^\s"'<>\\:;()=&?]+/g), ([address]) => address).some(
    (address) => emails.has(address.replace(/[.,!?\]}]+$/, '')),
  );
}

/** A postcode with one of its house numbers anywhere near. */
function hasAddress(text: string): boolean {
  return Array.from(text.matchAll(/(?<![\p{L}\p{N}])(\d{4}) ?([a-z]{2})(?![\p{L}\p{N}])/gu)).some((match) => {
    const here = addresses.get(`${match[1] ?? ''}${match[2] ?? ''}`);
    const around =
      text.slice(Math.max(0, match.index - 60), match.index) +
      text.slice(match.index + match[0].length).slice(0, 60);
    return Array.from(around.matchAll(/(?<![\p{L}\p{N}])\d+/gu)).some(([number]) => here?.has(number));
  });
}

function addressesOf(
  pairs: readonly (readonly [string | undefined, string | undefined])[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [postcode, number] of pairs) {
    if (postcode === undefined || number === undefined) continue;
    const key = folded(postcode).replace(' ', '');
    const numbersThere = found.get(key) ?? new Set<string>();
    found.set(key, numbersThere.add(/^\d+/.exec(number)?.[0] ?? number));
  }
  return found;
}

function organisationsOf(relations: readonly Relation[]): Map<string, string[]> {
  const names = new Set(
    relations
      .flatMap(({ NAAM, STATNM, HNDNM }) => [NAAM, STATNM, ...[HNDNM].flat()])
      .flatMap((name) => (name === undefined ? [] : [withoutQuotes(folded(name))])),
  );
  const byWord = new Map<string, string[]>();
  for (const name of names) {
    const [longest = ''] = wordsIn(name).sort((one, other) => other.length - one.length);
    if (name.length >= shortestName) byWord.set(longest, [...(byWord.get(longest) ?? []), name]);
  }
  return byWord;
}

import { type Json, scalarText } from '../../json.ts';
import { comparable } from './field-names.ts';

/** The CRM's codes for a sex: the code, then the standard's word. */
export type SexCodes = Readonly<Record<string, string>>;

/** What CRMs have, by one value of it: the one that a sample shows. */
const usual: readonly SexCodes[] = [
  { M: 'm', V: 'v', O: 'o' },
  { M: 'm', F: 'v', X: 'o' },
  { m: 'm', v: 'v', o: 'o' },
  { male: 'm', female: 'v', other: 'o' },
  { Male: 'm', Female: 'v', Other: 'o' },
  { man: 'm', vrouw: 'v', onbekend: 'o' },
  { Man: 'm', Vrouw: 'v', Onbekend: 'o' },
  { '1': 'm', '2': 'v', '0': 'o' },
];

/** What a code can be called for each word of the standard; numbers are those of ISO/IEC 5218. */
const meanings: Readonly<Record<string, readonly string[]>> = {
  m: ['m', 'man', 'male', 'mannelijk', 'heer', '1'],
  v: ['v', 'f', 'w', 'vrouw', 'female', 'woman', 'vrouwelijk', 'mevrouw', '2'],
};

/** The codes that a description lists; every one of which it does not say that it is a man or a woman is `o`. */
export function sexCodesAmong(choices: readonly Json[]): SexCodes | undefined {
  const codes = choices.flatMap((choice) => scalarText(choice) ?? []).filter((code) => code !== '');
  const entries = codes.map((code): [string, string] => [code, wordOf(code)]);
  // Something else that is only called so.
  return entries.some(([, word]) => word !== 'o') ? Object.fromEntries(entries) : undefined;
}

/** The codes, as far as one of them tells. */
export function sexCodesLike(value: Json | undefined): SexCodes {
  const text = scalarText(value ?? '') ?? '';
  return usual.find((table) => Object.hasOwn(table, text)) ?? usual[0] ?? {};
}

function wordOf(code: string): string {
  const name = comparable(code);
  return Object.entries(meanings).find(([, names]) => names.includes(name))?.[0] ?? 'o';
}

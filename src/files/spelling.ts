/** Other ways in which a person may write a number or a switch, besides the one of JSON. */
export type Spelling = 'bytes' | 'milliseconds' | 'seconds' | 'switch';

interface SpellingRule {
  /** For a person: what it is as a number, and how else it can be written. */
  readonly text: string;
  readonly other: string;
  /** What each word or unit stands for, in the unit of the key. */
  readonly values: Readonly<Record<string, number | boolean>>;
}

/** Sizes are the decimal ones; who wants powers of two writes KiB and MiB. */
const rules: Readonly<Record<Spelling, SpellingRule>> = {
  bytes: {
    text: 'bytes',
    other: 'or text such as 10 MB or 64 KiB',
    values: { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 },
  },
  milliseconds: {
    text: 'milliseconds',
    other: 'or text such as 10 s or 1 min',
    values: { ms: 1, s: 1e3, min: 60e3, h: 3600e3 },
  },
  seconds: {
    text: 'seconds',
    other: 'or text such as 5 min or 1 h',
    values: { s: 1, min: 60, h: 3600 },
  },
  switch: { text: 'on or off', other: '', values: { on: true, off: false } },
};

/** Describes a spelling for a person; `range` is what the number is limited to: ` from 1 to 10`. */
export function spellingText(spelling: Spelling, range: string): string {
  const { text, other } = rules[spelling];
  return other === '' ? text : `${text}${range}, ${other}`;
}

/** A regular expression, as JSON Schema wants it, for the text that the spelling allows. */
export function spellingPattern(spelling: Spelling): string {
  const words = Object.keys(rules[spelling].values).join('|');
  return spelling === 'switch' ? `^(${words})$` : `^[0-9]+ ?(${words})$`;
}

/** The value that a text stands for: `10 MB` is 10000000. Text that is no such spelling is returned as it is. */
export function spell(spelling: Spelling, text: string): string | number | boolean {
  if (!new RegExp(spellingPattern(spelling)).test(text)) return text;
  const [, digits, word] = /^([0-9]*) ?([A-Za-z]+)$/.exec(text) ?? [];
  const meant = word === undefined ? undefined : rules[spelling].values[word];
  if (meant === undefined) return text;
  return typeof meant === 'boolean' ? meant : Number(digits) * meant;
}

/** A value as a person would write it: 10000000 bytes are `10 MB`, true is `on`; the rest as it is. */
export function spellOut(spelling: Spelling, value: unknown): string {
  const values = Object.entries(rules[spelling].values);
  if (spelling === 'switch') return values.find(([, meant]) => meant === value)?.[0] ?? String(value);
  if (spelling !== 'bytes' || typeof value !== 'number') return String(value);
  const [unit, size] = values
    .filter(([name, meant]) => !name.includes('i') && value % Number(meant) === 0)
    .reduce((best, other) => (Number(other[1]) > Number(best[1]) ? other : best), ['B', 1]);
  return unit === 'B' ? String(value) : `${value / Number(size)} ${unit}`;
}

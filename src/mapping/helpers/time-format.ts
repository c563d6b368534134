import { IANAZone } from 'luxon';
import { pictureLength } from '../limits.ts';

/** What is wrong with the format of a date or a time, in words for its author. */
export interface FormatMistake {
  readonly problem: string;
  readonly expected: string;
}

/**
 * The tokens of luxon that a format may have. Those that depend on the language of the machine are left out: they
 * change with Node.
 */
const tokens = {
  year: ['y', 'yyyy', 'yy'],
  month: ['M', 'MM', 'MMM', 'MMMM', 'L', 'LL', 'LLL', 'LLLL'],
  day: ['d', 'dd'],
  dayOfYear: ['o', 'ooo'],
  weekday: ['E', 'EEE', 'EEEE', 'c', 'ccc', 'cccc'],
  time: ['H', 'HH', 'h', 'hh', 'm', 'mm', 's', 'ss', 'S', 'SSS', 'u', 'a'],
  offset: ['Z', 'ZZ', 'ZZZ'],
} as const;

const known: ReadonlySet<string> = new Set(Object.values(tokens).flat());

/** Formats of a number that counts from the beginning of 1970 in UTC, and how many milliseconds it counts in. */
const counts: Readonly<Record<string, number>> = { x: 1, X: 1000 };

/** How many milliseconds a number in this format counts in; undefined for a format of a text. */
export function countedIn(format: string): number | undefined {
  return Object.hasOwn(counts, format) ? counts[format] : undefined;
}

/** A piece in quotes, a run of one letter, or signs. */
const pieces = /'[^']*'|([A-Za-z])\1*|'|[^A-Za-z']+/g;

/**
 * What is wrong with a format; undefined for a sound one.
 *
 * @param use a format to read with must tell the whole date: without that it would be today's
 */
export function mistakeInFormat(format: string, use: 'read' | 'write'): FormatMistake | undefined {
  if (format.length > pictureLength) {
    return { problem: 'a format that is too long', expected: `at most ${pictureLength} characters` };
  }
  if (countedIn(format) !== undefined) return undefined;
  const found: readonly string[] = format.match(pieces) ?? [];
  if (found.includes("'")) return { problem: 'a quote that is not closed', expected: "two of them: 'uur'" };
  const letters = found.filter((piece) => /^[A-Za-z]/.test(piece));
  const unknown = letters.find((piece) => !known.has(piece));
  if (unknown !== undefined) {
    if (countedIn(unknown) !== undefined)
      return {
        problem: `'${unknown}' beside something else`,
        expected: `'${unknown}' alone: it is the whole time`,
      };
    const expected = `tokens such as yyyy, MM, dd, HH, mm, ss; other letters in single quotes: '${unknown}'`;
    return { problem: `a format with '${unknown}' in it`, expected };
  }
  const has = (kind: keyof typeof tokens): boolean =>
    letters.some((piece) => tokens[kind].some((token) => token === piece));
  const isWhole = has('year') && ((has('month') && has('day')) || has('dayOfYear'));
  if (use === 'write' || isWhole) return undefined;
  return { problem: 'a format without a whole date', expected: 'a year, a month and a day: yyyy-MM-dd' };
}

/** Whether there is a time zone with this name. */
export function isZone(name: string): boolean {
  return name.length <= pictureLength && IANAZone.isValidZone(name);
}

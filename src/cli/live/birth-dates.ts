import { isoDateOf } from '../../examples/dates.ts';
import type { Kept } from '../../examples/depersonalise.ts';
import { countLater, partsOf } from '../../examples/times.ts';
import { type Path, pathText } from '../../files/mistakes.ts';
import { type Json, scalarText } from '../../json.ts';

/**
 * The places in an example that still tell a date of birth of the round trip that it is made of.
 *
 * @param before the example with the values as they were
 * @param after the same with others in their place
 */
export function birthDatesLeft(before: Json, after: Json, { known, times }: Kept): string[] {
  // A date that the set has by itself is nobody's.
  const births = birthDatesIn(before).filter((date) => !known.has(date));
  const zones = times?.zones ?? [];
  return births.length === 0
    ? []
    : leftIn([], before, after, { births: new Set(births), zones }).map(pathText);
}

/** The dates of birth that the standard shows: an incomplete one is no date. */
function birthDatesIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'geboortedatum' && typeof inner === 'string' ? (isoDateOf(inner) ?? []) : birthDatesIn(inner),
  );
}

interface Looking {
  readonly births: ReadonlySet<string>;
  readonly zones: readonly string[];
}

function leftIn(path: Path, before: Json, after: Json, looking: Looking): Path[] {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) {
    const [was, is] = [scalarText(before) ?? '', scalarText(after) ?? ''];
    return digitsOf(was) === digitsOf(is) && tells(was, looking) ? [path] : [];
  }
  const steps = Object.entries(before).map(([name, inner]) => ({
    path: [...path, Array.isArray(before) ? Number(name) : name],
    was: inner,
    is: Object.entries(after).find(([other]) => other === name)?.[1] ?? null,
  }));
  const { keys = [] } = partsOf(Object.fromEntries(Object.entries(before)), looking.births) ?? {};
  const parts = steps.filter(({ path: at }) => keys.includes(String(at.at(-1))));
  const areLeft = parts.length > 0 && parts.every(({ was, is }) => was === is);
  return [
    ...(areLeft ? parts.map((part) => part.path) : []),
    ...steps.flatMap((step) => leftIn(step.path, step.was, step.is, looking)),
  ];
}

function digitsOf(text: string): string {
  return (text.match(/\d+/g) ?? []).join(' ');
}

/** Whether a value is one of some dates: by itself, with a time behind it, counted from 1970, or written out in a text. */
function tells(text: string, { births, zones }: Looking): boolean {
  const date = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{8})/.exec(text)?.[0] ?? '';
  if (births.has(isoDateOf(date) ?? '')) return true;
  if (countLater(text, 1, { dates: births, moments: new Set(), zones }) !== undefined) return true;
  // A whole document has each number somewhere.
  return !text.trimStart().startsWith('<') && [...births].some((iso) => isWrittenOut(iso, text));
}

/** `17 maart 1961`: the year and the day, and the month as a number or a word. */
function isWrittenOut(iso: string, text: string): boolean {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const [year, month, day] = iso.split('-').map(Number);
  if (!numbers.includes(year ?? NaN) || !numbers.includes(day ?? NaN)) return false;
  return numbers.includes(month ?? NaN) || /\p{L}{3,}/u.test(text);
}

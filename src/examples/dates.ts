/** The three ways in which CRMs write a date: year first, year last, and digits only. */
const notations = [
  /^(?<year>\d{4})(?<first>[-/.])(?<month>\d{1,2})(?<second>[-/.])(?<day>\d{1,2})$/,
  /^(?<day>\d{1,2})(?<first>[-/.])(?<month>\d{1,2})(?<second>[-/.])(?<year>\d{4})$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
];

const dayMs = 86_400_000;

/**
 * A date so many days later, in the notation in which it was written; of one that no calendar has, such as the 0th of
 * a month, only the year changes.
 *
 * @returns undefined for what is no date
 */
export function dateLater(text: string, days: number): string | undefined {
  const found = dateIn(text);
  if (!found) return undefined;
  const { year, month, day, between, date } = found;
  if (!date) return text.replace(year, String(Number(year) + Math.trunc(days / 365)).padStart(4, '0'));
  const later = new Date(date.getTime() + days * dayMs);
  // Where a number of one digit has no zero in front, none has.
  const padded = month.length === 2 && day.length === 2;
  const written = (number: number): string => String(number).padStart(padded ? 2 : 1, '0');
  const parts = [
    String(later.getUTCFullYear()).padStart(4, '0'),
    written(later.getUTCMonth() + 1),
    written(later.getUTCDate()),
  ];
  // A day has at most two digits, so what begins with the four of the year has that first.
  const inOrder = text.startsWith(year) ? parts : parts.reverse();
  return inOrder.join(between);
}

/** A date as `1961-03-17`, whatever the notation; undefined for what is no date, or is in no calendar. */
export function isoDateOf(text: string): string | undefined {
  const { year = '', month = '', day = '', date } = dateIn(text) ?? {};
  return date && `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** The parts of a date as they are written, and what stands between them; no `date` when no calendar has it. */
function dateIn(text: string) {
  const groups = notations
    .map((notation) => notation.exec(text)?.groups)
    .find((found) => found !== undefined);
  if (!groups) return undefined;
  const { year = '', month = '', day = '', first: between = '' } = groups;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return { year, month, day, between, date: isReal ? date : undefined };
}

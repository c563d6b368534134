import { DateTime } from 'luxon';

/** An instant as a clock and a calendar in some zone show it. */
export interface There {
  /** `1961-03-17` */
  readonly date: string;
  /** `00:00:00` */
  readonly time: string;
}

/**
 * Reads a local time.
 *
 * @param text ISO 8601; where it has an offset, that counts
 * @returns milliseconds since 1970, or undefined for what is no time
 */
export function instantIn(zone: string, text: string): number | undefined {
  const read = DateTime.fromISO(text, { zone });
  return read.isValid ? read.toMillis() : undefined;
}

/** What it is in a zone at an instant, in milliseconds since 1970. */
export function thereAt(zone: string, instant: number): There {
  const at = DateTime.fromMillis(instant, { zone });
  return { date: at.toFormat('yyyy-MM-dd'), time: at.toFormat('HH:mm:ss') };
}

/** The same time of day in a zone, some days later, in milliseconds since 1970. */
export function daysLaterIn(zone: string, instant: number, days: number): number {
  return DateTime.fromMillis(instant, { zone }).plus({ days }).toMillis();
}

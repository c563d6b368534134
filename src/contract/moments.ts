import { complain, type Field, fieldBasis, type FieldOptions, reasons, schemaBasis } from './field.ts';
import { asText, type TextCheck } from './text.ts';

/** What a moment field may be told. */
export interface MomentOptions extends FieldOptions {
  /** What a create stores when the body does not say. */
  readonly initial?: 'now';
}

/**
 * A moment, shown in UTC: `2019-01-01T00:00:00Z`, with microseconds only when there are any (contract section 0).
 * It is kept as text: JavaScript's own dates would lose the microseconds.
 */
export function moment(options: MomentOptions = {}): Field<string> {
  return {
    ...fieldBasis({ always: true, ...options }),
    ...(options.initial === undefined ? {} : { initial: options.initial }),
    unset: '',
    schema: { ...schemaBasis(options), type: 'string', format: 'date-time' },
    read(given, reading) {
      const text = asText(given);
      const read = text === undefined ? undefined : momentOf(text);
      if (given === null) complain(reading, 'null', reasons.null);
      else if (read === undefined) complain(reading, 'invalid', reasons.moment);
      return read;
    },
  };
}

/** Complains `invalid` about what is no date with a time. */
export const momentCheck: TextCheck = (value, reading) => {
  if (momentOf(value) === undefined) complain(reading, 'invalid', reasons.moment);
};

const shape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6})\d{0,6})?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * Reads ISO 8601 and writes it in UTC; without an offset it is UTC already (contract section 0).
 *
 * @returns undefined for what is no moment, a date without a time included
 */
export function momentOf(text: string): string | undefined {
  const parts = shape.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(numberOf);
  const local = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  // Two steps, because Date.UTC takes the years 0 to 99 for those of the last century.
  local.setUTCFullYear(year, month - 1, day);
  const isReal =
    month === local.getUTCMonth() + 1 &&
    day === local.getUTCDate() &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  const offset = offsetMinutes(parts[8] ?? 'Z');
  if (!isReal || year === 0 || offset === undefined) return undefined;
  const utc = new Date(local.getTime() - offset * 60_000);
  if (utc.getUTCFullYear() < 1 || utc.getUTCFullYear() > 9999) return undefined;
  return `${utc.toISOString().slice(0, 19)}${fractionOf(parts[7] ?? '')}Z`;
}

/** A clock's milliseconds as a moment of whole seconds, which every CRM can keep. */
export function momentAt(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Moments compare as texts once all have six decimals; negative when `one` comes first. */
export function compareMoments(one: string, other: string): number {
  const [left, right] = [one, other].map((text) =>
    text.replace(/(\.\d+)?Z$/, (_, fraction: string | undefined) => (fraction ?? '.').padEnd(7, '0')),
  );
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
}

function numberOf(digits: string | undefined): number {
  return Number(digits ?? '0');
}

/** Trailing zeros are dropped only all together: RFC 3339 readers expect six digits or none. */
function fractionOf(digits: string): string {
  return /^0*$/.test(digits) ? '' : `.${digits.padEnd(6, '0')}`;
}

function offsetMinutes(text: string): number | undefined {
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

import { DateTime } from 'luxon';
import { EvaluationError, pictureLength } from '../limits.ts';
import { type Helper, isNothing } from './helper.ts';
import { isMoment, isRealDate } from './moment-text.ts';
import { countedIn, isZone, mistakeInFormat } from './time-format.ts';

/** Dates and times of a CRM, in its own notation and time zone, as those of the standard, and back. */
export const momentHelpers = {
  moment: {
    call: '(text, format, zone)',
    is:
      'the moment, in UTC, of a local time that the CRM writes. Without a format: ISO 8601, with an offset or without. ' +
      'What cannot be read comes back as it is, and is a [deviation](#deviations)',
    example: { of: '$moment("25-03-2026 14:30", "dd-MM-yyyy HH:mm")', yields: '2026-03-25T13:30:00Z' },
    make:
      ({ zone: normal }) =>
      (text: unknown, format: unknown, zone: unknown) =>
        readMoment(text, format, zoneOf(zone, normal)),
  },
  date: {
    call: '(text, format)',
    is: 'the date that the CRM writes. What cannot be read comes back as it is, and is a [deviation](#deviations)',
    example: { of: '$date("20260325", "yyyyMMdd")', yields: '2026-03-25' },
    make:
      ({ zone }) =>
      (text: unknown, format: unknown) =>
        readDate(text, format, zone),
  },
  formatMoment: {
    call: '(moment, format, zone)',
    is: 'a moment as the CRM writes a local time. What is no moment stops the evaluation',
    example: { of: '$formatMoment("2026-03-25T13:30:00Z", "dd-MM-yyyy HH:mm")', yields: '25-03-2026 14:30' },
    isQuoted: true,
    make:
      ({ zone: normal }) =>
      (moment: unknown, format: unknown, zone: unknown) =>
        writeMoment(moment, format, zoneOf(zone, normal)),
  },
  formatDate: {
    call: '(date, format)',
    is: 'a date as the CRM writes it. What is no date stops the evaluation',
    example: { of: '$formatDate("2026-03-25", "dd-MM-yyyy")', yields: '25-03-2026' },
    isQuoted: true,
    make: () => (date: unknown, format: unknown) => writeDate(date, format),
  },
} as const satisfies Readonly<Record<string, Helper>>;

/** Names of months and days are English, whatever the machine speaks. */
const locale = 'en-US';

function readMoment(given: unknown, format: unknown, zone: string): unknown {
  if (isNothing(given)) return undefined;
  const text = textOf(given);
  if (text === undefined) return given;
  return (format === undefined ? readIso(text, zone) : readFormat(text, format, zone)) ?? given;
}

/** ISO 8601 with a whole date; luxon would take an hour alone for one of today. */
const iso =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Luxon keeps thousandths, and CRMs have more: a fraction is passed by it. */
function readIso(text: string, zone: string): string | undefined {
  const [, date, time = '00:00', fraction = '', offset = ''] = iso.exec(text) ?? [];
  if (date === undefined) return undefined;
  return utc(DateTime.fromISO(`${date}T${time}${offset.toUpperCase()}`, { zone, setZone: true }), fraction);
}

function readFormat(text: string, format: unknown, zone: string): string | undefined {
  const sound = soundFormat(format, 'read');
  const read = parse(text, sound, zone);
  const isCounted = countedIn(sound) !== undefined;
  return (isCounted ? utcOf : utc)(read, String(read.millisecond).padStart(3, '0'));
}

/** A number that counts from 1970 has no zone to be read in: it gets this one. */
function parse(text: string, format: string, zone: string): DateTime {
  const unit = countedIn(format);
  if (unit === undefined) return DateTime.fromFormat(text, format, { zone, setZone: true, locale });
  // Luxon refuses a number that is none, and one that is too large.
  return /^-?[0-9]{1,15}$/.test(text)
    ? DateTime.fromMillis(Number(text) * unit, { zone })
    : DateTime.invalid('no number');
}

/**
 * A time that was read, in UTC. An hour that is there twice is taken for the first; luxon moves one that is not there
 * on by itself. A time with an offset of its own is there once.
 */
function utc(read: DateTime, fraction: string): string | undefined {
  return utcOf(read.getPossibleOffsets()[0], fraction);
}

function utcOf(time: DateTime | undefined, fraction: string): string | undefined {
  const moment = time?.toUTC();
  if (!moment?.isValid || moment.year < 1 || moment.year > 9999) return undefined;
  return `${moment.toFormat("yyyy-MM-dd'T'HH:mm:ss")}${/^0*$/.test(fraction) ? '' : `.${fraction}`}Z`;
}

/** @param zone where the day began that a number was counted for: a text tells its day by itself */
function readDate(given: unknown, format: unknown, zone: string): unknown {
  if (isNothing(given)) return undefined;
  const sound = soundFormat(format, 'read');
  const text = textOf(given);
  if (text === undefined) return given;
  const read = parse(text, sound, countedIn(sound) === undefined ? 'utc' : zone);
  return read.isValid && read.year >= 1 && read.year <= 9999 ? read.toFormat('yyyy-MM-dd') : given;
}

function writeMoment(moment: unknown, format: unknown, zone: string): string | number | undefined {
  if (isNothing(moment)) return undefined;
  if (typeof moment !== 'string' || !isMoment(moment)) throw new EvaluationError('K0009');
  return write(DateTime.fromISO(moment, { zone, locale }), format);
}

function writeDate(date: unknown, format: unknown): string | number | undefined {
  if (isNothing(date)) return undefined;
  if (typeof date !== 'string' || !isRealDate(date)) throw new EvaluationError('K0009');
  return write(DateTime.fromISO(date, { zone: 'utc', locale }), format);
}

function write(time: DateTime, format: unknown): string | number {
  const sound = soundFormat(format, 'write');
  // The last hours of the year 9999 and the first of the year 1 are in another one elsewhere.
  if (!time.isValid || time.year < 1 || time.year > 9999) throw new EvaluationError('K0009');
  const unit = countedIn(sound);
  return unit === undefined ? time.toFormat(sound) : Math.floor(time.toMillis() / unit);
}

/** A text that is short enough to be a time, with a number as its digits. */
function textOf(given: unknown): string | undefined {
  const text = typeof given === 'number' ? String(given) : given;
  return typeof text === 'string' && text.length <= pictureLength ? text.trim() : undefined;
}

function soundFormat(format: unknown, use: 'read' | 'write'): string {
  if (typeof format !== 'string' || mistakeInFormat(format, use)) throw new EvaluationError('K0009');
  return format;
}

function zoneOf(zone: unknown, normal: string): string {
  if (zone === undefined) return normal;
  if (typeof zone !== 'string' || !isZone(zone)) throw new EvaluationError('K0009');
  return zone;
}

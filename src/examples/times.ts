import { momentOf } from '../contract/moments.ts';
import { type Json, scalarText } from '../json.ts';
import { daysLaterIn, instantIn, thereAt } from '../mapping/zoned.ts';
import { dateLater, isoDateOf } from './dates.ts';

/** What a call itself tells of dates and moments: by that, numbers and moments of a CRM can be understood. */
export interface Times {
  /** The dates in its input and its result: `1961-03-17`. */
  readonly dates: ReadonlySet<string>;
  /** The moments there, in seconds since 1970. */
  readonly moments: ReadonlySet<number>;
  /** The time zones in which a CRM may mean a moment. */
  readonly zones: readonly string[];
}

/** The dates and moments in values of the standard. */
export function timesIn(values: readonly (Json | undefined)[], zones: readonly string[]): Times {
  const texts = values.flatMap(textsIn);
  const moments = texts.flatMap((text) => {
    const moment = momentOf(text);
    return moment === undefined ? [] : [Math.floor(Date.parse(moment) / 1000)];
  });
  return {
    dates: new Set(texts.filter((text) => isoDateOf(text) === text)),
    moments: new Set(moments),
    zones,
  };
}

function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A date, in a notation of `dates.ts`, and the time of day behind it. */
const dateAndTime =
  /^(?<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{8})(?<time>[T -]?\d.*)$/;

/**
 * A moment of a CRM, some days later when it stands for a date: when it is one of the call's dates, or midnight.
 * Other moments stay, and so do those of the call itself: a shift could take them over a change of the clocks.
 *
 * @param isBirth whether its name says that it is the date of somebody's birth: such a moment never stays
 */
export function momentLater(text: string, days: number, times: Times, isBirth: boolean): string {
  const { date = '', time = '' } = dateAndTime.exec(text)?.groups ?? {};
  const iso = isoDateOf(date);
  if (iso === undefined) return text;
  const read = instantsOf(iso, time, times);
  const isCalls = read.some((at) => times.moments.has(Math.floor(at / 1000)));
  if (isCalls && !isBirth) return text;
  if (isBirth || times.dates.has(iso) || isMidnight(time)) return (dateLater(date, days) ?? date) + time;
  // A date in the CRM's own zone that it writes in UTC.
  const [instant] = time.endsWith('Z') ? read : [];
  const zone = instant === undefined ? undefined : zoneOfDate(instant, times);
  if (instant === undefined || zone === undefined) return text;
  const later = new Date(daysLaterIn(zone, instant, days)).toISOString().slice(0, 19);
  return later + time.replace(/^[T ]\d{2}:\d{2}(?::\d{2})?/, '');
}

function isMidnight(time: string): boolean {
  return /^[T -]?[0:.,]*(?:Z|[+-]\d{2}:?\d{2})?$/.test(time);
}

/** What a moment may mean: without an offset it is one in each zone. */
function instantsOf(iso: string, time: string, { zones }: Times): number[] {
  const [, hour = '', minute = '', rest = ''] = /^[T -]?(\d{2})[:.]?(\d{2})(.*)$/.exec(time) ?? [];
  const [, second = '00', offset = ''] = /^[:.]?(\d{2})?[.,\d]*(Z|[+-]\d{2}:?\d{2})?$/.exec(rest) ?? [];
  const local = `${iso}T${hour}:${minute}:${second}${offset}`;
  return (offset === '' ? zones : ['utc']).flatMap((zone) => instantIn(zone, local) ?? []);
}

/** The zone in which an instant is midnight, or one of the call's dates. */
function zoneOfDate(instant: number, { zones, dates }: Times): string | undefined {
  return zones.find((zone) => {
    const { date, time } = thereAt(zone, instant);
    return dates.has(date) || time === '00:00:00';
  });
}

/** A number that may count from 1970, as JSON has it or as .NET writes it: `/Date(-277344000000)/`. */
const counted = /^(?<before>\/Date\()?(?<count>-?\d{5,14})(?<after>(?:[+-]\d{4})?\)\/)?$/;

/**
 * A number of a CRM that counts milliseconds or seconds since 1970, some days later when it is one of the call's dates.
 *
 * @returns as it is for a moment of the call; undefined for every other number
 */
export function countLater(text: string, days: number, times: Times): string | undefined {
  const { before = '', count, after = '' } = counted.exec(text)?.groups ?? {};
  // A date in eight digits is one of those.
  if (count === undefined || isoDateOf(text) !== undefined) return undefined;
  for (const unit of [1, 1000]) {
    const instant = Number(count) * unit;
    if (times.moments.has(Math.floor(instant / 1000))) return text;
    const zone = times.zones.find((one) => {
      const { date, time } = thereAt(one, instant);
      return times.dates.has(date) && (unit === 1 || time.endsWith(':00:00'));
    });
    if (zone !== undefined) return `${before}${daysLaterIn(zone, instant, days) / unit}${after}`;
  }
  return undefined;
}

/** Whether the name of a key says that it has the date of somebody's birth. */
export function isBirthName(name: string): boolean {
  return /birth|geboort|^geb(?:dat|dt|datum)?$|^dob$/i.test(name);
}

const partNames = { year: /year|jaar/i, month: /month|maand/i, day: /day|dag/i } as const;

/**
 * A date that an object has in three parts, some days later: of which the names say so, or that is one of the call's
 * dates.
 *
 * @returns the keys that change, with what they become
 */
export function partsLater(
  object: Readonly<Record<string, Json>>,
  days: number,
  { dates }: Times,
): Readonly<Record<string, Json>> {
  const found = namedParts(object) ?? partsOf(object, dates);
  if (!found) return {};
  const later = dateLater(found.iso, days)?.split('-') ?? [];
  return Object.fromEntries(
    found.keys.map((key, index) => [key, likeBefore(object[key] ?? null, later[index] ?? '')]),
  );
}

interface Parts {
  /** Of the year, the month and the day. */
  readonly keys: readonly string[];
  readonly iso: string;
}

function namedParts(object: Readonly<Record<string, Json>>): Parts | undefined {
  const numbers = Object.keys(object).filter((key) => /^\d{1,4}$/.test(scalarText(object[key]) ?? ''));
  const keys = Object.values(partNames).map((name) => numbers.find((key) => name.test(key)) ?? '');
  const [year = '', month = '', day = ''] = keys.map((key) => scalarText(object[key]) ?? '');
  const iso = year.length === 4 ? isoDateOf(`${year}-${month}-${day}`) : undefined;
  return iso === undefined ? undefined : { keys, iso };
}

/** The parts of one of some dates, whatever they are called. */
export function partsOf(
  object: Readonly<Record<string, Json>>,
  dates: ReadonlySet<string>,
): Parts | undefined {
  for (const iso of dates) {
    const keys: string[] = [];
    for (const part of iso.split('-')) {
      const key = Object.keys(object).find((name) => !keys.includes(name) && isPart(object[name], part));
      if (key !== undefined) keys.push(key);
    }
    if (keys.length === 3) return { keys, iso };
  }
  return undefined;
}

function isPart(value: Json | undefined, part: string): boolean {
  const text = scalarText(value) ?? '';
  return /^\d{1,4}$/.test(text) && Number(text) === Number(part);
}

function likeBefore(before: Json, part: string): Json {
  if (typeof before === 'number') return Number(part);
  return scalarText(before)?.length === part.length ? part : String(Number(part));
}

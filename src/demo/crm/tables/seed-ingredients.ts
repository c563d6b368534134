import { digits } from '../seed-address.ts';
import type { Random } from '../random.ts';
import type { Content } from './columns.ts';
import type { Row } from './declaration.ts';

/** How many records the tables start with, and their first numbers. */
export const seeded = {
  activiteiten: { amount: 300, first: 500_001 },
  deelnemers: { amount: 200, first: 700_001 },
  aanvragen: { amount: 150, first: 900_001 },
  betrokkenen: { amount: 80, first: 950_001 },
  koppelingen: { amount: 60, first: 970_001 },
} as const;

/** Columns under construction: `undefined` and "" are nothing. */
export type Draft = Readonly<Record<string, Content | undefined>>;

/** The record that a draft becomes. */
export function rowOf(key: string, number: number, draft: Draft): Row {
  const filled = Object.entries(draft).flatMap(([column, content]) =>
    content === undefined || content === '' ? [] : [[column, content] as const],
  );
  return { [key]: number, MUTNR: 1, ...Object.fromEntries(filled) };
}

/** One of the organisations that the records come from: mostly the demonstration's own. */
export function anySource(random: Random): string {
  return random.percent(85) ? '123456782' : '111222333';
}

/** A way to reach somebody, written as different people wrote it. */
export function anyChannel(random: Random): string {
  return random.pick([
    'telefoon',
    'telefoon',
    'Telefoon',
    'e-mail',
    'E-MAIL',
    'balie',
    'chat',
    'brief',
    'website',
  ]);
}

/**
 * A timestamp in office hours, in the notation of the database.
 *
 * @param day counted from 3 January 2022
 */
export function timestampOn(day: number, random: Random): string {
  const date = new Date(Date.UTC(2022, 0, 3 + day)).toISOString().slice(0, 10);
  const [hour, minute, second] = [8 + random.below(9), random.below(60), random.below(60)];
  const time = [hour, minute, second].map((part) => digits(part, 2)).join('.');
  return `${date}-${time}.${digits(random.below(1_000_000), 6)}`;
}

/** The RELNR of a main contact: in the first half of the relations. */
export function mainRelation(random: Random): number {
  return 100_001 + random.below(500);
}

/** The RELNR of a further person: in the other half, and each index below 500 has another one. */
export function furtherRelation(index: number): number {
  return 100_501 + ((index * 37) % 500);
}

/** A klant that somebody else keeps. */
export function elsewhere(random: Random): string {
  return `https://klanten.elders.example/klanten/api/v1/klanten/${uuid(random)}`;
}

/** A UUID that looks random. */
export function uuid(random: Random): string {
  const hex = (length: number) => Array.from({ length }, () => random.below(16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

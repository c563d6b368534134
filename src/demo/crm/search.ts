import type { Relation, TextColumn } from './record.ts';

/** Where in the found records a page starts, and how many records it has at most. */
export interface Page {
  readonly from: number;
  readonly size: number;
}

/** One page of what was found, and how much was found in all. */
export interface Found {
  readonly total: number;
  readonly relations: Relation[];
}

type Matches = (relation: Relation) => boolean;

const usualPageSize = 25;

/** How each search parameter is turned into a test on records. A parameter that is not here is ignored. */
const criteria: Readonly<Record<string, (wanted: string) => Matches>> = {
  ZOEKNR: (wanted) => {
    const byCustomerNumber = equals('KLANTNR', wanted, lowerCase);
    return (relation) => byCustomerNumber(relation) || String(relation.RELNR) === wanted;
  },
  ANAAM: (wanted) => startsWith('ANAAM', wanted, fold),
  NAAM: (wanted) => startsWith('NAAM', wanted, fold),
  EMAIL: (wanted) => equals('EMAIL', wanted, lowerCase),
  TEL1: (wanted) => equals('TEL1', wanted, digitsOnly),
  BSNR: (wanted) => equals('BSNR', wanted),
  RSIN: (wanted) => equals('RSIN', wanted),
  VESTNR: (wanted) => equals('VESTNR', wanted),
  ANR: (wanted) => equals('ANR', wanted),
  SRT: (wanted) => equals('SRT', wanted, lowerCase),
  PC: (wanted) => equals('PC', wanted, withoutSpaces),
  WPL: (wanted) => startsWith('WPL', wanted, lowerCase),
  STR: (wanted) => startsWith('STR', wanted, lowerCase),
};

/**
 * Searches records. All given parameters have to match; a parameter without a value is as good as not given,
 * which is how the search screen sends the fields that were left empty.
 *
 * @param relations ordered by RELNR; the answer has the same order
 */
export function search(relations: Iterable<Relation>, query: URLSearchParams, page: Page): Found {
  const tests = Object.entries(criteria).flatMap(([name, testFor]) => {
    const wanted = query.get(name);
    return wanted ? [testFor(wanted)] : [];
  });
  const found = [...relations].filter((relation) => tests.every((matches) => matches(relation)));
  return { total: found.length, relations: found.slice(page.from, page.from + page.size) };
}

/**
 * Reads VANAF and AANTAL.
 *
 * @param largest what AANTAL is silently brought down to; an AANTAL that is no number counts as not given
 * @returns undefined when VANAF is not a whole number from 0
 */
export function pageOf(query: URLSearchParams, largest: number): Page | undefined {
  const from = query.get('VANAF') ?? '0';
  const size = query.get('AANTAL') ?? '';
  if (!/^\d{1,15}$/.test(from)) return undefined;
  return { from: Number(from), size: Math.min(/^\d+$/.test(size) ? Number(size) : usualPageSize, largest) };
}

type Form = (text: string) => string;

function equals(column: TextColumn, wanted: string, form: Form = (text) => text): Matches {
  const wantedForm = form(wanted);
  // A wanted telephone number without any digit must not find everybody who has none.
  return (relation) => wantedForm !== '' && form(relation[column] ?? '') === wantedForm;
}

function startsWith(column: TextColumn, wanted: string, form: Form): Matches {
  const wantedForm = form(wanted);
  return (relation) => {
    const value = relation[column];
    return value !== undefined && form(value).startsWith(wantedForm);
  };
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

function digitsOnly(text: string): string {
  return text.replace(/\D/g, '');
}

function withoutSpaces(text: string): string {
  return text.replace(/\s/g, '').toLowerCase();
}

/** Lower case without diacritics; the letters that Unicode does not take apart are done by hand. */
function fold(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.replaceAll('ı', 'i').replaceAll('ł', 'l').replaceAll('ø', 'o');
}

import { startRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { digits } from '../seed-address.ts';
import type { Row } from './declaration.ts';
import {
  anyChannel,
  anySource,
  elsewhere,
  mainRelation,
  rowOf,
  seeded,
  timestampOn,
  uuid,
} from './seed-ingredients.ts';
import type { Draft } from './seed-ingredients.ts';

const { amount, first } = seeded.aanvragen;

/** The AANVNR of each request that is there to be difficult. */
export const awkwardRequests = {
  /** Nobody gave it a name. */
  withoutReference: 900001,
  /** Free notes around the documents. */
  mixedNotes: 900002,
  /** A product by its code ... */
  productCodeOnly: 900003,
  /** ... by its URL ... */
  productUrlOnly: 900004,
  /** ... and not at all. */
  withoutProduct: 900005,
  /** A source that is no RSIN. */
  invalidSource: 900006,
  /** Withdraws the request before it. */
  withdrawal: 900008,
  /** Supplements the request before it. */
  supplement: 900010,
} as const;

/** How the awkward requests differ from ordinary ones, in the order of their numbers. */
const awkwardColumns: readonly Draft[] = [
  { KENM: undefined },
  { NOTITIE: notesAround(documentLine(uuid(startRandom(7))), documentLine(uuid(startRandom(8)))) },
  { PRODCD: 'P-007', PRODURL: undefined },
  { PRODCD: undefined, PRODURL: productUrl('rijbewijs') },
  { PRODCD: undefined, PRODURL: undefined },
  { BRON: '12345' },
  { STAT: '50' },
  { INTRNR: 900007 },
  {},
  { AANVNRVAN: 900009 },
];

/**
 * The 150 requests with which a demo CRM starts, ordered by AANVNR from 900001; the same at every call. The first
 * ones are the awkward ones.
 */
export function seedRequests(): Row[] {
  const random = startRandom(2012);
  return Array.from({ length: amount }, (_, index) => {
    const draft = { ...ordinaryColumns(random, index), ...awkwardColumns[index] };
    return rowOf('AANVNR', first + index, draft);
  });
}

function ordinaryColumns(random: Random, index: number): Draft {
  const TIJDST = timestampOn(index * 6, random);
  return {
    KENM: random.percent(94) ? `VERZOEK-${TIJDST.slice(0, 4)}-${digits(index + 1, 10)}` : undefined,
    BRON: anySource(random),
    EXTKENM: random.percent(30) ? `EXT-${digits(index * 13, 6)}` : undefined,
    TIJDST,
    VKAN: random.percent(60) ? anyChannel(random) : undefined,
    TEKST: random.pick([
      'Aanvraag van een parkeervergunning',
      'Verzoek om een extra container',
      'Aanvraag van huishoudelijke hulp',
      'Melding van een evenement op het Kerkplein',
      'Verzoek om kwijtschelding',
    ]),
    STAT: random.pick(['10', '20', '30', '30', '40']),
    ...earlierColumns(index),
    ...productColumns(random),
    ...mainContactColumns(random),
    NOTITIE: anyNotes(random),
  };
}

/** Behind the awkward ones, each fifteenth request withdraws an earlier one, and each twelfth supplements one. */
function earlierColumns(index: number): Draft {
  if (index < awkwardColumns.length) return {};
  return {
    ...(index % 15 === 0 ? { INTRNR: first + index - 3 } : {}),
    ...(index % 15 === 12 ? { STAT: '50' } : {}),
    ...(index % 12 === 0 ? { AANVNRVAN: first + index - 2 } : {}),
  };
}

function productColumns(random: Random): Draft {
  const slug = random.pick(['parkeervergunning', 'extra-container', 'huishoudelijke-hulp', 'evenement']);
  const number = `P-${digits(1 + random.below(40), 3)}`;
  return random.pick<Draft>([
    { PRODURL: productUrl(slug) },
    { PRODCD: number },
    { PRODURL: productUrl(slug), PRODCD: number },
    {},
  ]);
}

function productUrl(slug: string): string {
  return `https://producten.gemeente.example/${slug}`;
}

/** A main contact for seventy in a hundred, of whom a few are kept elsewhere, and some act for somebody else. */
function mainContactColumns(random: Random): Draft {
  const turn = random.below(100);
  if (turn >= 70) return {};
  const HOOFDMACHT = random.percent(20) ? random.pick(['G', 'M']) : undefined;
  return turn < 60
    ? { HOOFDREL: mainRelation(random), HOOFDMACHT }
    : { HOOFDURL: elsewhere(random), HOOFDMACHT };
}

function anyNotes(random: Random): string | undefined {
  const document = documentLine(uuid(random));
  return random.pick([
    undefined,
    undefined,
    'Nog niet volledig.',
    document,
    `${document}\n${documentLine(uuid(random))}`,
    notesAround(document),
  ]);
}

function documentLine(id: string): string {
  return `DOC https://documenten.gemeente.example/documenten/api/v1/enkelvoudiginformatieobjecten/${id}`;
}

/** Notes with a line that looks like a document but is none. */
function notesAround(...documents: readonly string[]): string {
  const [one = '', ...others] = documents;
  return [
    'Binnengekomen per post.',
    one,
    'Zie ook DOC https://intranet.gemeente.example/12',
    ...others,
    'Akkoord?',
  ].join('\n');
}

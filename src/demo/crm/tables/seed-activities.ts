import { startRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { surnames } from '../seed-names.ts';
import type { Row } from './declaration.ts';
import {
  anyChannel,
  anySource,
  elsewhere,
  mainRelation,
  rowOf,
  seeded,
  timestampOn,
} from './seed-ingredients.ts';
import type { Draft } from './seed-ingredients.ts';
import { subjects } from './seed-subjects.ts';

const { amount, first } = seeded.activiteiten;

/** The ACTNR of each activity that is there to be difficult. */
export const awkwardActivities = {
  /** A channel of 60 characters. */
  longChannel: 500001,
  /** Nobody knows who began. */
  withoutInitiative: 500002,
  /** A text with an emoji, an apostrophe and newlines. */
  awkwardText: 500003,
  /** A source that is no RSIN. */
  invalidSource: 500004,
} as const;

/** How the awkward activities differ from ordinary ones, in the order of their numbers. */
const awkwardColumns: readonly Draft[] = [
  { KAN: 'telefonisch, via het klantcontactcentrum naar de vakafdeling' },
  { INIT: undefined },
  {
    TEKST:
      'Mevrouw O\'Brien belde over de "containers" \u{1F5D1}\uFE0F\u{1F600}\nen wil bericht.\r\n\n\tMorgen <graag> & vóór 12 uur',
  },
  { BRON: '12345' },
];

/**
 * The 300 activities with which a demo CRM starts, ordered by ACTNR from 500001; the same at every call. Of each
 * seven, three follow one another. The first ones are the awkward ones.
 */
export function seedActivities(): Row[] {
  const random = startRandom(2011);
  return Array.from({ length: amount }, (_, index) => {
    const draft = { ...ordinaryColumns(random, index), ...awkwardColumns[index] };
    return rowOf('ACTNR', first + index, draft);
  });
}

function ordinaryColumns(random: Random, index: number): Draft {
  return {
    BRON: anySource(random),
    TIJDST: timestampOn(index * 3, random),
    KAN: anyChannel(random),
    VKAN: random.percent(40) ? anyChannel(random) : undefined,
    TEKST: anyText(random),
    INIT: random.percent(60) ? 'K' : 'G',
    ...employeeColumns(random),
    VORIGNR: [5, 6].includes(index % 7) ? first + index - 1 : undefined,
    ...mainContactColumns(random),
    ONDCD: anySubjects(random),
    ONDURL: anyFurtherSubjects(random, index),
  };
}

function anyText(random: Random): string {
  const question = random.pick([
    'Vraag over het ophalen van grofvuil',
    'Melding van een kapotte lantaarnpaal',
    'Bezwaar tegen de aanslag',
    'Afspraak voor een paspoort verzet',
    'Wil weten hoe lang de aanvraag nog duurt',
    'Klacht over geluid in de nacht',
    'Teruggebeld, niet bereikt',
  ]);
  return random.percent(30) ? `${question}.\nDoorverbonden met de vakafdeling.` : `${question}.`;
}

function employeeColumns(random: Random): Draft {
  const [prefix, surname] = random.pick(surnames);
  const number = 1 + random.below(40);
  if (random.percent(20)) return { MDWURL: `https://medewerkers.gemeente.example/medewerkers/${number}` };
  if (random.percent(10)) return {};
  return { MDWID: `MDW${number}`, MDWNM: surname, MDWVL: random.pick(['A.', 'J.B.', 'M.']), MDWVV: prefix };
}

/** A main contact for seventy in a hundred, of whom a few are kept elsewhere. */
function mainContactColumns(random: Random): Draft {
  const turn = random.below(100);
  if (turn < 60) return { HOOFDREL: mainRelation(random) };
  return turn < 70 ? { HOOFDURL: elsewhere(random) } : {};
}

function anySubjects(random: Random): string | undefined {
  const some = Array.from({ length: random.below(3) }, () => random.pick(subjects).CODE);
  return [...new Set(some)].join(';');
}

function anyFurtherSubjects(random: Random, index: number): string | undefined {
  const one = `https://onderwerpen.elders.example/${index}`;
  return random.percent(10) ? random.pick([one, `${one}\n${one}-b`]) : undefined;
}

import { startRandom } from '../random.ts';
import type { Random } from '../random.ts';
import type { Row } from './declaration.ts';
import { elsewhere, furtherRelation, rowOf, seeded, uuid } from './seed-ingredients.ts';
import type { Draft } from './seed-ingredients.ts';

const activities = seeded.activiteiten;
const requests = seeded.aanvragen;

/** The 200 participants with which a demo CRM starts, on every second activity; fifty of those have two. */
export function seedParticipants(): Row[] {
  return rowsOf('deelnemers', 'DLNNR', 2013, (random, index) => ({
    ACTNR: activities.first + ((index * 2) % activities.amount),
    ...personColumns(random, index),
    ROL: random.pick(['B', 'G']),
  }));
}

/** The 80 further people on requests with which a demo CRM starts. */
export function seedInvolved(): Row[] {
  return rowsOf('betrokkenen', 'BTRNR', 2014, (random, index) => ({
    AANVNR: requests.first + ((index * 2) % requests.amount),
    ...personColumns(random, index),
    ROL: random.pick(['B', 'I', 'M', undefined]),
    MACHT: random.pick([undefined, undefined, undefined, 'G', 'M']),
  }));
}

/** The 60 activities on requests with which a demo CRM starts, a few of which are kept elsewhere. */
export function seedLinks(): Row[] {
  return rowsOf('koppelingen', 'KOPNR', 2015, (random, index) => ({
    AANVNR: requests.first + ((index * 3) % requests.amount),
    ...(random.percent(90)
      ? { ACTNR: activities.first + index * 5 }
      : {
          ACTURL: `https://contactmomenten.elders.example/contactmomenten/api/v1/contactmomenten/${uuid(random)}`,
        }),
  }));
}

function rowsOf(
  table: 'deelnemers' | 'betrokkenen' | 'koppelingen',
  key: string,
  seed: number,
  columnsOf: (random: Random, index: number) => Draft,
): Row[] {
  const random = startRandom(seed);
  const { amount, first } = seeded[table];
  return Array.from({ length: amount }, (_, index) => rowOf(key, first + index, columnsOf(random, index)));
}

/** Somebody who is in RELATIES, or for a few in the books of somebody else. */
function personColumns(random: Random, index: number): Draft {
  return random.percent(90) ? { RELNR: furtherRelation(index) } : { RELURL: elsewhere(random) };
}

import { scalarText } from '../json.ts';
import { changes, notUnique } from './checks.ts';
import type { Attempt, Rule } from './rule.ts';

/** No characters that are mistaken for one another when a klantnummer is read out over the telephone. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The contract gives a klantnummer at most eight characters. */
const length = 8;

/**
 * Garanderen uniciteit `bronorganisatie` en `klantnummer` van een KLANT.
 *
 * A klantnummer that the consumer sends must be unique within its bronorganisatie; one that it does not send is
 * generated. The lock on the pair makes look-up and write one step, also under concurrent creates.
 */
export const kla001: Rule = {
  id: 'kla-001',
  title: 'Garanderen uniciteit bronorganisatie en klantnummer van een KLANT',
  default: 'on',
  on: ['create', 'update', 'partial_update'],

  complete({ stored, merged }, world) {
    if (merged.klantnummer !== '') return Promise.resolve({});
    // An update without a klantnummer keeps the one that is stored.
    const klantnummer = stored?.klantnummer ?? world.randomText(length, alphabet);
    return Promise.resolve({ klantnummer });
  },

  locks(attempt) {
    const { bronorganisatie, klantnummer } = pair(attempt);
    return [`klant/${bronorganisatie}/${klantnummer}`];
  },

  checks: {
    async record(attempt, world) {
      // A pair that does not change is not judged again: a CRM that already held doubles must stay editable.
      if (attempt.stored && !changes(attempt, ['bronorganisatie', 'klantnummer'])) return [];
      const found = await world.find('klant', pair(attempt));
      return found.every(({ id }) => id === attempt.id)
        ? []
        : [notUnique(['bronorganisatie', 'klantnummer'])];
    },
  },
};

function pair({ merged }: Attempt): { bronorganisatie: string; klantnummer: string } {
  return {
    bronorganisatie: scalarText(merged.bronorganisatie) ?? '',
    klantnummer: scalarText(merged.klantnummer) ?? '',
  };
}

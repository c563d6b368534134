import { changes, textOf } from './checks.ts';
import type { Attempt, Rule } from './rule.ts';

/** The reference implementation counts with ten digits, and clients know the form. */
const digits = 10;

/**
 * The identificatie of a verzoek is unique within its bronorganisatie; one that the consumer does not send is
 * generated: the highest number of the year in the whole register, plus one (contract section 2.5).
 */
export const vrz001: Rule = {
  id: 'vrz-001',
  title: 'Garanderen uniciteit bronorganisatie en identificatie van een VERZOEK',
  default: 'on',
  on: ['create', 'update', 'partial_update'],

  completeLocks: (attempt) => (isGenerated(attempt) ? [`verzoek number ${prefixOf(attempt)}`] : []),

  async complete(attempt, world) {
    if (textOf(attempt.merged, 'identificatie') !== '') return {};
    if (attempt.stored) return { identificatie: textOf(attempt.stored, 'identificatie') };
    const prefix = prefixOf(attempt);
    const isNumber = (text: string): boolean => /^[0-9]{10}$/.test(text.slice(prefix.length));
    const taken = await world.numbers('verzoek', 'identificatie', prefix, isNumber);
    const numbers = taken.map((text) => BigInt(text.slice(prefix.length)));
    return { identificatie: `${prefix}${String(highest(numbers) + 1n).padStart(digits, '0')}` };
  },

  locks: ({ merged }) => [`verzoek ${textOf(merged, 'bronorganisatie')} ${textOf(merged, 'identificatie')}`],

  checks: {
    async record(attempt, world) {
      // What does not change is not judged again: a CRM that already held doubles must stay editable.
      if (attempt.stored && !changes(attempt, ['bronorganisatie', 'identificatie'])) return [];
      const { merged } = attempt;
      const found = await world.find('verzoek', {
        bronorganisatie: textOf(merged, 'bronorganisatie'),
        identificatie: textOf(merged, 'identificatie'),
      });
      if (found.every(({ id }) => id === attempt.id)) return [];
      const reason = 'Deze identificatie bestaat al voor deze bronorganisatie.';
      return [{ name: 'identificatie', code: 'identificatie-niet-uniek', reason }];
    },
  },
};

function isGenerated({ stored, merged }: Attempt): boolean {
  return !stored && textOf(merged, 'identificatie') === '';
}

function prefixOf({ merged }: Attempt): string {
  return `VERZOEK-${textOf(merged, 'registratiedatum').slice(0, 4)}-`;
}

function highest(numbers: readonly bigint[]): bigint {
  return numbers.reduce((most, number) => (number > most ? number : most), 0n);
}

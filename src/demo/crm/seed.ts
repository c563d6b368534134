import { awkwardColumns } from './awkward.ts';
import type { AwkwardColumns } from './awkward.ts';
import { elevenProofNumbers, startRandom } from './random.ts';
import type { Random } from './random.ts';
import type { Relation } from './record.ts';
import {
  branchColumns,
  commonColumns,
  organisationColumns,
  personColumns,
  unknownColumns,
} from './seed-columns.ts';
import type { Draft, Ingredients } from './seed-draft.ts';

export { awkward } from './awkward.ts';
export type { Relation } from './record.ts';

const amount = 1000;
const firstNumber = 100_001;

const columnsOfKind: Readonly<Record<AwkwardColumns['SRT'], (ingredients: Ingredients) => Draft>> = {
  P: personColumns,
  O: organisationColumns,
  F: branchColumns,
  '': unknownColumns,
};

/**
 * The 1,000 records with which a demo CRM starts, ordered by RELNR from 100001; the same at every call. The first
 * ones are the awkward ones. All citizen numbers come from the public test range.
 */
export function seedRelations(): Relation[] {
  const random = startRandom(2004);
  const nextBsn = nextOf(elevenProofNumbers(999_990_000, 999_999_999));
  const nextRsin = nextOf(elevenProofNumbers(899_990_000, 899_999_999));
  const special = Object.values(awkwardColumns);
  return Array.from({ length: amount }, (_, index) => {
    const SRT = special[index]?.SRT ?? anyKind(random);
    const ingredients = { random, index, nextBsn, nextRsin };
    const draft = { SRT, ...commonColumns(ingredients), ...columnsOfKind[SRT](ingredients) };
    return relationOf(firstNumber + index, { ...draft, ...special[index]?.columns });
  });
}

function anyKind(random: Random): AwkwardColumns['SRT'] {
  const turn = random.below(100);
  if (turn < 60) return 'P';
  if (turn < 80) return 'O';
  return turn < 95 ? 'F' : '';
}

function nextOf(numbers: Iterator<string, undefined>): () => string {
  return () => {
    const next = numbers.next();
    if (next.done === true) throw new Error('There are not enough numbers for the seed.');
    return next.value;
  };
}

function relationOf(number: number, draft: Draft): Relation {
  const filled = Object.entries(draft).filter(([, value]) => value !== undefined && value !== '');
  // Only the empty columns were taken out of the draft, which fromEntries cannot know.
  return {
    ...(Object.fromEntries(filled) as Draft & Pick<Relation, never>),
    RELNR: number,
    MUTNR: 1,
  } as Relation;
}

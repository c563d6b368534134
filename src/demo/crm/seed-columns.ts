import { abroadColumns, dateBetween, digits, reachColumns, residenceColumns } from './seed-address.ts';
import type { Draft, Ingredients } from './seed-draft.ts';
import {
  firstNames,
  jobTitles,
  organisationNames,
  streets,
  surnames,
  towns,
  tradeNames,
} from './seed-names.ts';

/** What every record has: when it was entered, and mostly a customer number. */
export function commonColumns({ random, index }: Ingredients): Draft {
  return {
    KLANTNR: random.percent(97) ? `K${digits(index * 3 + 101, 7)}` : undefined,
    ACTIEF: random.percent(95) ? 'J' : 'N',
    INVDAT: dateBetween(random, 2004, 2024),
  };
}

/** The columns of a person. */
export function personColumns(ingredients: Ingredients): Draft {
  const { random, index, nextBsn } = ingredients;
  const [firstName, gender] = random.pick(firstNames);
  const [prefix, surname] = random.pick(surnames);
  const [secondName] = random.pick(firstNames);
  return {
    VNAAM: firstName,
    VVGSL: prefix,
    ANAAM: surname,
    FUNC: random.percent(15) ? random.pick(jobTitles) : undefined,
    BSNR: nextBsn(),
    ANR: random.percent(60) ? String(1_000_000_000 + index * 7_654_321) : undefined,
    ANDNR: random.percent(8) ? `PAS-${digits(index, 6)}` : undefined,
    GESL: gender,
    GEBDAT: dateBetween(random, 1925, 2005),
    VOORL: `${firstName.charAt(0)}.${secondName.charAt(0)}.`,
    VOORNMN: `${firstName} ${secondName}`,
    GESLNM: surname,
    VVGSLNM: prefix,
    ...reachColumns(ingredients, `${firstName}.${surname}`),
    ...residenceColumns(ingredients),
    ...abroadColumns(random),
  };
}

/** The columns of an organisation. */
export function organisationColumns(ingredients: Ingredients): Draft {
  const { random, index, nextRsin } = ingredients;
  const [town] = random.pick(towns);
  const name = `${random.pick(organisationNames)} ${town}`;
  return {
    NAAM: name,
    RSIN: nextRsin(),
    RVORM: digits(1 + random.below(19), 2),
    STATNM: random.percent(70) ? name : undefined,
    BEZADR: random.percent(50) ? `${random.pick(streets)} ${1 + random.below(200)}, ${town}` : undefined,
    ANDNR: random.percent(8) ? `FI-${digits(index, 6)}` : undefined,
    ...reachColumns(ingredients, 'info'),
    ...abroadColumns(random),
  };
}

/** The columns of a branch. */
export function branchColumns(ingredients: Ingredients): Draft {
  const { random, index } = ingredients;
  const tradeName = random.pick(tradeNames);
  return {
    NAAM: `${tradeName} ${random.pick(towns)[0]}`,
    VESTNR: digits(12_345_678 + index * 911, 12),
    HNDNM: random.pick([undefined, tradeName, [tradeName, `${tradeName} Express`]]),
    ...reachColumns(ingredients, 'balie'),
    ...residenceColumns(ingredients),
    ...abroadColumns(random),
  };
}

/** The columns of a record of which nobody knows what it is. */
export function unknownColumns({ random, index }: Ingredients): Draft {
  const [firstName] = random.pick(firstNames);
  const [prefix, surname] = random.pick(surnames);
  return {
    NAAM: [firstName, prefix, surname].filter(Boolean).join(' '),
    EMAIL: random.percent(50) ? `onbekend${index}@example.org` : undefined,
  };
}

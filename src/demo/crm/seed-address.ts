import type { Random } from './random.ts';
import type { Draft, Ingredients } from './seed-draft.ts';
import { countries, streets, towns } from './seed-names.ts';

/** How to reach somebody: website, telephone, e-mail and postal address. */
export function reachColumns({ random, index }: Ingredients, mailbox: string): Draft {
  const [town, postalCodeStart] = random.pick(towns);
  return {
    WEB: random.pick([
      undefined,
      undefined,
      undefined,
      `www.example.nl/${index}`,
      `https://example.org/${index}`,
    ]),
    TEL1: random.percent(80) ? telephone(random, index) : undefined,
    EMAIL: random.percent(85) ? `${ascii(mailbox)}${index}@example.nl` : undefined,
    STR: random.pick(streets),
    HNR: String(1 + random.below(300)),
    HLTR: random.percent(15) ? random.pick(['A', 'B', 'c']) : undefined,
    HTOEV: random.percent(10) ? random.pick(['2', 'bis', 'hs', '0003']) : undefined,
    PC: postalCode(random, postalCodeStart),
    WPL: town,
    LND: '6030',
  };
}

/** Where somebody lives, for about half of them. */
export function residenceColumns({ random, index }: Ingredients): Draft {
  if (!random.percent(50)) return {};
  const [town, postalCodeStart] = random.pick(towns);
  return {
    VB_ID: `036320${digits(index * 4_321 + 77, 10)}`,
    VB_WPL: town,
    VB_STR: random.pick(streets),
    VB_PC: postalCode(random, postalCodeStart),
    VB_HNR: String(1 + random.below(300)),
    VB_HLTR: random.percent(15) ? 'A' : undefined,
    VB_HTOEV: random.percent(10) ? 'II' : undefined,
    VB_LOC: random.percent(5) ? 'Woonboot tegenover de sluis' : undefined,
  };
}

/** The address abroad of a few, which also says what their country is. */
export function abroadColumns(random: Random): Draft {
  if (!random.percent(4)) return {};
  const [code, name] = random.pick(countries);
  return {
    LND: code,
    BL_LNDCD: code,
    BL_LND: name,
    BL_ADR1: `Rue de l’Église ${1 + random.below(90)}`,
    BL_ADR2: random.percent(60) ? `${1000 + random.below(8000)} Sint-Voorbeeld` : undefined,
    BL_ADR3: random.percent(20) ? 'Bus 3' : undefined,
  };
}

/** A date as dd-mm-yyyy, in the years from the first to the last. */
export function dateBetween(random: Random, firstYear: number, lastYear: number): string {
  const year = firstYear + random.below(lastYear - firstYear + 1);
  return `${digits(1 + random.below(28), 2)}-${digits(1 + random.below(12), 2)}-${year}`;
}

function telephone(random: Random, index: number): string {
  const tail = digits(index, 4);
  return random.pick([`0655${tail}55`, `06-55 ${tail} 55`, `+31 6 55${tail}55`, `(020) 555 ${tail}`]);
}

function postalCode(random: Random, start: string): string {
  const numbers = `${start}${digits(random.below(100), 2)}`;
  const letters = random.pick(['AB', 'XK', 'GT', 'ZE']);
  return random.percent(50) ? `${numbers} ${letters}` : `${numbers}${letters}`;
}

/** The part of an e-mail address before the @, which takes no diacritics, spaces or quotes. */
function ascii(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/ı/g, 'i')
    .replace(/[^a-z.-]/g, '');
}

/** A number with zeros in front. */
export function digits(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

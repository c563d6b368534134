import { depersonaliser, type Kept } from '../../examples/depersonalise.ts';
import type { Difference } from '../../examples/difference.ts';
import type { Example } from '../../examples/format.ts';
import { exampleOf, type Live } from '../../examples/from-live.ts';
import { playExample } from '../../examples/run.ts';
import { type Path, pathText } from '../../files/mistakes.ts';
import type { Json } from '../../json.ts';
import type { MappingSet } from '../../mapping/set.ts';
import { birthDatesLeft } from './birth-dates.ts';

/** How often other values are made up when an example does not hold: they may have come out unluckily. */
const attempts = 3;

/**
 * Makes an example of a round trip that holds when it is played, with everybody's particulars replaced.
 *
 * What playing it asks of the CRM, or shows, is made of nobody's particulars. So a value that it makes just as it went
 * over the line is nobody's either (a time of the clock in a notation of the CRM's own, a number that the set puts
 * together), and stays in the next attempt.
 *
 * @param own the set with its own settings
 * @returns the example, or where the last one did not hold, or where it would still have a date of birth
 */
export async function heldOf(own: MappingSet, live: Live, kept: Kept): Promise<Held> {
  const held = await heldAsItWent(own, live, kept);
  if ('example' in held) return held;
  const once = lookedOnce(live);
  if (once.exchanges.length === live.exchanges.length) return held;
  const heldOnce = await heldAsItWent(own, once, kept);
  return 'example' in heldOnce ? heldOnce : held;
}

/** An example that holds; or where it does not, with values that may be somebody's; or what cannot be taken out of it. */
export type Held =
  | { readonly example: Example }
  | { readonly differences: readonly HeldDifference[] }
  | { readonly birthDates: readonly string[] };

/** A difference of an example that did not hold, and whether there is one too with the values as they came. */
export type HeldDifference = Difference & { readonly alsoAsItCame: boolean };

/** Examples look once for what became of a write: of looks that were repeated until it was there, the last one is left. */
function lookedOnce(live: Live): Live {
  const said = live.exchanges.map(({ backend, request }) =>
    JSON.stringify({ backend, request: { ...request, number: undefined } }),
  );
  const lastWrite = live.exchanges.findLastIndex(
    ({ request }) => !(request.isSafe ?? request.method === 'GET'),
  );
  const exchanges = live.exchanges.filter(
    (_, index) => index <= lastWrite || said.lastIndexOf(said[index] ?? '') === index,
  );
  return { ...live, exchanges };
}

async function heldAsItWent(own: MappingSet, live: Live, kept: Kept): Promise<Held> {
  const asItWas = exampleOf(live, (value) => value);
  const known = new Set(kept.known);
  let differences: readonly Difference[] = [];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const example = exampleOf(live, depersonaliser({ ...kept, known }, Math.random));
    ({ differences } = await playExample(own, example));
    if (differences.length === 0) {
      const left = birthDatesLeft(plain(asItWas), plain(example), kept);
      return left.length === 0 ? { example } : { birthDates: left };
    }
    for (const text of differences.flatMap((difference) => nobodys(asItWas, difference))) known.add(text);
  }
  const before = placesOf((await playExample(own, asItWas)).differences);
  return {
    differences: differences.map((difference) => ({
      ...difference,
      alsoAsItCame: before.includes(pathText(difference.path)),
    })),
  };
}

/** Plain data, as the file will have it. */
function plain(example: Example): Json {
  return JSON.parse(JSON.stringify(example)) as Json;
}

/** The texts of a value that came out just as it went over the line. */
function nobodys(asItWas: Example, { path, got }: Difference): string[] {
  const value = valueAlong(asItWas, path);
  if (value === undefined || JSON.stringify(value) !== got) return [];
  // A path is replaced by its segments.
  const isPath = path.at(-1) === 'path' && path.at(-2) === 'request';
  return textsIn(value).flatMap((text) => (isPath ? text.split('/').map(decodeURIComponent) : text));
}

function textsIn(value: Json): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return value === null ? [] : [String(value)];
}

function valueAlong(value: unknown, path: Path): Json | undefined {
  const found = path.reduce<unknown>(
    (here, step) =>
      typeof here === 'object' && here !== null && Object.hasOwn(here, step)
        ? (here as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );
  return found as Json | undefined;
}

function placesOf(differences: readonly Difference[]): readonly string[] {
  return [...new Set(differences.map(({ path }) => pathText(path)))];
}

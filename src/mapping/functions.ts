import { deepFreeze } from '../json.ts';
import type { Bindings } from './expression.ts';
import type { CodeTables, UnknownCode } from './helpers/helper.ts';
import { helperFunctions, helpers } from './helpers/index.ts';

/** Where mappings get the time and randomness from, so that tests can hold them still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** A source of random numbers in [0, 1). */
export type Random = () => number;

/** The names that every mapping may use with `$`, beyond JSONata's own functions. */
export const helperNames: readonly string[] = ['settings', 'caller', ...Object.keys(helpers)];

/** The time zone of a CRM whose set does not say. */
const defaultZone = 'Europe/Amsterdam';

/** JSONata's functions that a mapping may not use, with the reason that an author is told. */
export const forbiddenFunctions: Readonly<Record<string, string>> = {
  eval: 'data of a CRM must never be run as a program',
};

/**
 * The bindings that are the same for every evaluation of a set: its settings, our helpers, our clock and
 * randomness in the place of JSONata's own, and nothing where `$eval` was.
 */
export function fixedBindings(options: {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly codes: CodeTables;
  readonly unknownCodes?: Readonly<Record<string, UnknownCode>> | undefined;
  readonly zone?: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
}): Bindings {
  const { settings, codes, unknownCodes = {}, zone = defaultZone, clock, random } = options;
  const forbidden = Object.keys(forbiddenFunctions).map((name) => [name, undefined] as const);
  return {
    ...Object.fromEntries(forbidden),
    settings: deepFreeze({ ...settings }),
    caller: undefined,
    ...helperFunctions({ codes, unknownCodes, zone }),
    millis: () => clock.now(),
    random,
    shuffle: (items: unknown) => shuffle(items, random),
  };
}

/** JSONata hands over a list of one as the item itself. */
function shuffle(items: unknown, random: Random): unknown[] | undefined {
  if (items === undefined) return undefined;
  const list = [items].flat();
  const left = [...list];
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
}

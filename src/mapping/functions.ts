import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { deepFreeze } from '../json.ts';
import type { Bindings } from './expression.ts';
import { EvaluationError } from './limits.ts';

/** Where mappings get the time and randomness from, so that tests can hold them still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** A source of random numbers in [0, 1). */
export type Random = () => number;

/** The code tables of a set: table name -> the CRM's code -> the standard's word. */
export type CodeTables = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The names that every mapping may use with `$`, beyond JSONata's own functions. */
export const helperNames = ['settings', 'caller', 'decode', 'encode', 'fingerprint'] as const;

/** JSONata's functions that a mapping may not use, with the reason that an author is told. */
export const forbiddenFunctions: Readonly<Record<string, string>> = {
  eval: 'data of a CRM must never be run as a program',
};

/**
 * The bindings that are the same for every evaluation of a set: its settings, its code tables, our clock and
 * randomness in the place of JSONata's own, and nothing where `$eval` was.
 */
export function fixedBindings(options: {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly codes: CodeTables;
  readonly clock: Clock;
  readonly random: Random;
}): Bindings {
  const { settings, codes, clock, random } = options;
  const forbidden = Object.keys(forbiddenFunctions).map((name) => [name, undefined] as const);
  return {
    ...Object.fromEntries(forbidden),
    settings: deepFreeze({ ...settings }),
    caller: undefined,
    decode: (table: string, code: unknown) => decode(codes, table, code),
    encode: (table: string, word: unknown, otherwise: unknown) => encode(codes, table, word, otherwise),
    fingerprint: (value: unknown) => fingerprint(value),
    now: (picture: unknown, zone: unknown) => formatTime(clock.now(), { picture, zone }),
    millis: () => clock.now(),
    random,
    shuffle: (items: unknown) => shuffle(items, random),
  };
}

const timeFormat = jsonata('$fromMillis($, $picture, $zone)');

/** A moment as JSONata's own `$now` writes it: with an author's picture and zone, or as ISO 8601 in UTC. */
function formatTime(millis: number, bindings: Bindings): Promise<unknown> {
  return timeFormat.evaluate(millis, bindings);
}

/**
 * The standard's word for a code of the CRM. A code that the table lacks is passed on as it is: the contract then
 * finds it wrong, and the field's policy decides what is shown.
 */
function decode(codes: CodeTables, table: string, code: unknown): unknown {
  if (code === undefined || code === null || code === '') return undefined;
  const known = tableOf(codes, table);
  const key = keyOf(code);
  return Object.hasOwn(known, key) ? known[key] : code;
}

/**
 * The CRM's code for a word of the standard. For a word that the table lacks, what the author says; without that it
 * cannot be stored, and the write stops.
 */
function encode(codes: CodeTables, table: string, word: unknown, otherwise: unknown): unknown {
  if (word === undefined || word === null || word === '') return undefined;
  const found = Object.entries(tableOf(codes, table)).find(([, candidate]) => candidate === word);
  if (!found && otherwise === undefined) throw new EvaluationError('K0001');
  return found ? found[0] : otherwise;
}

/** A number of 48 bits that stands for a text: half of an id where the CRM has none. Nothing for nothing. */
function fingerprint(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  return createHash('sha256').update(value).digest().readUIntBE(0, 6);
}

function tableOf(codes: CodeTables, table: string): Readonly<Record<string, string>> {
  const found = Object.hasOwn(codes, table) ? codes[table] : undefined;
  if (!found) throw new EvaluationError('K0001');
  return found;
}

function keyOf(code: unknown): string {
  return typeof code === 'string' || typeof code === 'number' || typeof code === 'boolean'
    ? String(code)
    : '';
}

/** JSONata hands over a list of one as the item itself. */
function shuffle(items: unknown, random: Random): unknown[] | undefined {
  if (items === undefined) return undefined;
  const list = [items].flat();
  const left = [...list];
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
}

import type { Run } from './run.ts';
import { newSequence, type Sequence, settled } from './sequence.ts';
import { isFunction, keysOf } from './values.ts';

/** Reads a field of an object, or of every object of a list. */
export type Reader = (input: unknown, run: Run) => unknown;

/**
 * Reads the field with a name. Undefined when there is none.
 *
 * A name that every object of JavaScript has (`constructor`) has to be the object's own; for any other there is no need
 * to look.
 */
export function readerOf(name: string): Reader {
  const isEverywhere = name in Object.prototype;
  const read: Reader = (input, run) => {
    if (typeof input !== 'object' || input === null) return undefined;
    if (Array.isArray(input)) return readAll(input, run);
    if (isEverywhere && !Object.hasOwn(input, name)) return undefined;
    const value = (input as Record<string, unknown>)[name];
    return value === undefined || run.isFunction(input) ? undefined : value;
  };
  const readAll = (items: readonly unknown[], run: Run): Sequence => {
    const found = newSequence();
    for (const item of items) {
      run.step();
      const value = read(item, run);
      if (Array.isArray(value)) for (const part of value) run.push(found, part);
      else if (value !== undefined) run.push(found, value);
    }
    return found;
  };
  return read;
}

/** A field as the node of a name comes to it. */
export function settledReaderOf(name: string): Reader {
  const read = readerOf(name);
  return (input, run) => {
    const value = read(input, run);
    return Array.isArray(value) ? settled(value) : value;
  };
}

/** `*`: all values of an object. Lists in it are taken apart. */
export function wildcard(input: unknown, run: Run): Sequence {
  const whole: unknown =
    Array.isArray(input) && (input as Sequence).outerWrapper === true && input.length > 0 ? input[0] : input;
  let found: Sequence = newSequence();
  if (typeof whole !== 'object' || whole === null || isFunction(whole)) return found;
  for (const value of Object.values(whole) as unknown[]) {
    run.step();
    if (!Array.isArray(value)) {
      run.push(found, value);
    } else {
      const flat = (value as unknown[]).flat(Number.POSITIVE_INFINITY);
      run.checkSize(found.length + flat.length);
      // Of several values, among which a list, JSONata makes a list that is no sequence any more.
      found = found.concat(flat);
    }
  }
  return found;
}

/** `**`: an object with all that is in it, however deep. */
export function descendants(input: unknown, run: Run): unknown {
  if (input === undefined) return undefined;
  const found = newSequence();
  const visit = (value: unknown): void => {
    run.enter();
    if (!Array.isArray(value)) run.push(found, value);
    const parts = Array.isArray(value) ? (value as unknown[]) : isFunction(value) ? [] : valuesOf(value);
    parts.forEach(visit);
    run.leave();
  };
  visit(input);
  return found.length === 1 ? found[0] : found;
}

function valuesOf(value: unknown): unknown[] {
  return keysOf(value).map((key) => (value as Record<string, unknown>)[key]);
}

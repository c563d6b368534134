import { cpuUsage } from 'node:process';
import { EvaluationError, type ExpressionLimits, sharedCodes, structureFactor } from './limits.ts';

/** What a value comes to when it is written out as a tree: a part that stands in it twice counts twice. */
export interface Size {
  readonly values: number;
  readonly characters: number;
  readonly depth: number;
}

/**
 * One evaluation that is going on: its clock, how large its values are, and which are its own copies.
 *
 * Values of JSONata share parts, so a short expression can make one that is small in memory and endless to walk:
 * `$reduce([1..40], function($a) { { "l": $a, "r": $a } })`. Each is measured when it is made, from the sizes of its
 * parts, so nothing that JSONata then does with it takes long.
 */
export interface Evaluation {
  /** @throws EvaluationError when its time is up */
  readonly checkTime: () => void;
  /**
   * How long it may go on by the clock on the wall, in milliseconds since it began: its time, and what this process
   * stood still meanwhile. To be asked for at every step.
   */
  readonly timeAllowed: () => number;
  /** Says that a function has just done its work: all that it took is work. */
  readonly called: () => void;
  /** @throws EvaluationError when a value is too large */
  readonly measure: (value: unknown) => Size;
  /** Registers a copy that the evaluation made for itself, which may be changed. */
  readonly own: (copy: unknown) => void;
  /** Whether a value may be changed: it is no object, or a part of a copy. */
  readonly isOwn: (value: unknown) => boolean;
}

/** Starts the clock of one evaluation. */
export function beginEvaluation(limits: ExpressionLimits): Evaluation {
  const { timeAllowed, called, elapsed } = beginClock(limits.timeMs);
  const sizes = new WeakMap<object, Size>();
  const copies = new WeakSet();
  const within = new Set<object>();
  const most = { values: limits.items * structureFactor, characters: limits.text * structureFactor };

  const sum = (parts: readonly unknown[], names: number): Size => {
    let [values, characters, depth] = [1, names, 0];
    for (const part of parts) {
      const size = measure(part);
      values += size.values;
      characters += size.characters;
      depth = Math.max(depth, size.depth);
      if (values > most.values || characters > most.characters) throw new EvaluationError('K0004');
    }
    return { values, characters, depth: depth + 1 };
  };

  const measure = (value: unknown): Size => {
    if (typeof value === 'string') return { values: 1, characters: value.length, depth: 0 };
    if (typeof value !== 'object' || value === null || isFunction(value)) return scalarSize;
    const known = sizes.get(value);
    if (known) return known;
    // A copy may still be changed, even so that it holds itself.
    if (copies.has(value)) return sizeOfCopy(value);
    const size = sizeOf(value);
    sizes.set(value, size);
    return size;
  };

  const sizeOf = (value: object): Size =>
    Array.isArray(value) ? sum(value, 0) : sum(Object.values(value), Object.keys(value).join('').length);

  const sizeOfCopy = (copy: object): Size => {
    if (within.has(copy)) throw new EvaluationError('K0004');
    within.add(copy);
    const size = sizeOf(copy);
    within.delete(copy);
    return size;
  };

  const own = (copy: unknown): void => {
    if (typeof copy !== 'object' || copy === null) return;
    copies.add(copy);
    Object.values(copy).forEach(own);
  };

  return {
    checkTime: () => {
      if (elapsed() > timeAllowed()) throw new EvaluationError(sharedCodes.time);
    },
    timeAllowed,
    called,
    measure,
    own,
    isOwn: (value) => typeof value !== 'object' || value === null || copies.has(value),
  };
}

/** The share of the time that one step of JSONata may take by itself, between two functions. */
const longestStep = 0.1;

/**
 * The time that an evaluation works for. The clock on the wall also runs while the machine gives the processor to others,
 * which the time of the processor tells on most machines, and while a garbage collection holds everything up. Both show
 * as a step that takes long: none does by itself, but for the functions that it calls.
 */
function beginClock(timeMs: number) {
  const begun = performance.now();
  const worked = workedMs();
  let lastStep = 0;
  let stoodStill = 0;
  let allowed = timeMs;
  const elapsed = (): number => performance.now() - begun;
  return {
    elapsed,
    called: (): void => {
      lastStep = elapsed();
    },
    timeAllowed: (): number => {
      const now = elapsed();
      stoodStill += Math.max(0, now - lastStep - timeMs * longestStep);
      lastStep = now;
      if (now > allowed) allowed = timeMs + Math.max(stoodStill, now - (workedMs() - worked));
      return allowed;
    },
  };
}

/** How long this process has had a processor, in milliseconds. */
function workedMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

const scalarSize: Size = { values: 1, characters: 0, depth: 0 };

/** JSONata's own functions, and those that an expression defines. It refuses objects of an author with these keys. */
export function isFunction(value: object): boolean {
  return typeof value === 'function' || '_jsonata_function' in value || '_jsonata_lambda' in value;
}

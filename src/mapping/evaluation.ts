import type { MadeRecord, Watch } from '../jsonata/index.ts';
import { WorkingClock } from './clock.ts';
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
export class Evaluation implements Watch {
  readonly #limits: ExpressionLimits;
  readonly #clock: WorkingClock;
  // Most evaluations measure nothing, and copy nothing.
  #sizes: WeakMap<object, Size> | undefined;
  #copies: WeakSet<object> | undefined;
  #within: Set<object> | undefined;
  readonly #made: (MadeRecord | undefined)[] = [];

  constructor(limits: ExpressionLimits) {
    this.#limits = limits;
    this.#clock = new WorkingClock(limits.timeMs);
  }

  /** @throws EvaluationError when its time is up */
  checkTime(): void {
    if (!this.#clock.hasTime()) throw new EvaluationError(sharedCodes.time);
  }

  /** See `WorkingClock.allowed`. */
  timeAllowed(): number {
    return this.#clock.allowed();
  }

  /**
   * Says that a function has just done its work.
   *
   * @throws EvaluationError when its time is up
   */
  called(): void {
    if (!this.#clock.called()) throw new EvaluationError(sharedCodes.time);
  }

  /** @throws EvaluationError for a text that is too long */
  checkText(value: unknown): void {
    if (typeof value === 'string' && value.length > this.#limits.text) throw new EvaluationError('K0003');
  }

  /** @throws EvaluationError when a value is too large */
  measure(value: unknown): Size {
    if (typeof value === 'string') return { values: 1, characters: value.length, depth: 0 };
    if (typeof value !== 'object' || value === null || isFunction(value)) return scalarSize;
    this.#sizes ??= new WeakMap();
    const known = this.#sizes.get(value);
    if (known) return known;
    // A copy may still be changed, even so that it holds itself.
    if (this.#copies?.has(value) === true) return this.#sizeOfCopy(value);
    const size = this.#sizeOf(value);
    this.#sizes.set(value, size);
    return size;
  }

  /** Registers a copy that the evaluation made for itself, which may be changed. */
  own(copy: unknown): void {
    if (typeof copy !== 'object' || copy === null) return;
    (this.#copies ??= new WeakSet()).add(copy);
    for (const part of Object.values(copy)) this.own(part);
  }

  /**
   * Checks what a transformation is about to change: parts of the copy that it made, or no objects. Anything else is the
   * input or the settings, which other requests have as well.
   *
   * @throws EvaluationError
   */
  checkOwn(found: unknown): void {
    const all: readonly unknown[] = Array.isArray(found) ? found : [found];
    const isOwn = (part: unknown): boolean =>
      typeof part !== 'object' || part === null || this.#copies?.has(part) === true;
    if (!all.every(isOwn)) throw new EvaluationError('K0007');
  }

  /** Remembers the first few. */
  made(made: MadeRecord): void {
    if (this.#made.length < mostMade) this.#made.push(made);
  }

  /** What is known of an object that the expression wrote out: once, so that whoever asks first has it for their own. */
  takeMade(record: object): MadeRecord | undefined {
    for (let place = this.#made.length - 1; place >= 0; place -= 1) {
      const made = this.#made[place];
      if (made?.record !== record) continue;
      this.#made[place] = undefined;
      return made;
    }
    return undefined;
  }

  hasEnded(error: unknown): boolean {
    return error instanceof EvaluationError;
  }

  #sizeOf(value: object): Size {
    return Array.isArray(value)
      ? this.#sum(value, 0)
      : this.#sum(Object.values(value), Object.keys(value).join('').length);
  }

  #sizeOfCopy(copy: object): Size {
    const within = (this.#within ??= new Set());
    if (within.has(copy)) throw new EvaluationError('K0004');
    within.add(copy);
    const size = this.#sizeOf(copy);
    within.delete(copy);
    return size;
  }

  #sum(parts: readonly unknown[], names: number): Size {
    const most = {
      values: this.#limits.items * structureFactor,
      characters: this.#limits.text * structureFactor,
    };
    let [values, characters, depth] = [1, names, 0];
    for (const part of parts) {
      const size = this.measure(part);
      values += size.values;
      characters += size.characters;
      depth = Math.max(depth, size.depth);
      if (values > most.values || characters > most.characters) throw new EvaluationError('K0004');
    }
    return { values, characters, depth: depth + 1 };
  }
}

/** To look through more of them takes longer than a copy. */
const mostMade = 16;

const scalarSize: Size = { values: 1, characters: 0, depth: 0 };

/** JSONata's own functions, and those that an expression defines. It refuses objects of an author with these keys. */
export function isFunction(value: object): boolean {
  return typeof value === 'function' || '_jsonata_function' in value || '_jsonata_lambda' in value;
}

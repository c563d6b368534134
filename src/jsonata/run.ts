import { Failure, HandBack } from './failure.ts';
import type { Sequence } from './sequence.ts';
import { isFunction } from './values.ts';

/** Bounds on one evaluation that follow from the expression alone. */
export interface Limits {
  /** Calls of functions within one another. */
  readonly depth: number;
  /** Items in one list. */
  readonly items: number;
}

/** An object that an expression wrote out, `{ "a": … }`: nobody else has it, and nothing changes it any more. */
export interface MadeRecord {
  readonly record: object;
  /** How many fields hold a text. */
  readonly texts: number;
  /** The length of these texts, and of the names of all fields. */
  readonly characters: number;
  /** The names of the fields that hold anything else. */
  readonly others: readonly string[];
}

/** Looks on while an expression is evaluated, and ends it by throwing. A new one for each evaluation. */
export interface Watch {
  /** Is there time left? Asked now and then. */
  checkTime(): void;
  /** May a text that was put together be so long? */
  checkText(text: string): void;
  /** Called before something walks through the whole of a value. */
  measure(value: unknown): void;
  /** May a transformation (`|…|…|`) change this? */
  checkOwn(value: unknown): void;
  /** Hears of objects that the expression wrote out, so that nobody has to look through them who wants to know what they hold. */
  made?(made: MadeRecord): void;
  /** Whether an error is one that it ended the evaluation with: the interpreter would not come further. */
  hasEnded(error: unknown): boolean;
}

/** Lets everything happen. */
export const unwatched: Watch = {
  checkTime: () => undefined,
  checkText: () => undefined,
  measure: () => undefined,
  checkOwn: () => undefined,
  hasEnded: () => false,
};

const stepsBetweenTicks = 64;

/** One evaluation that is going on. Nothing of it is shared with another one. Functions of JSONata get it as `this`. */
export class Run {
  /** What the names of the expression mean that it does not define itself. */
  readonly globals: readonly unknown[];
  readonly watch: Watch;
  /** For functions of JSONata. */
  readonly options: { readonly sequence: number };
  readonly #limits: Limits;
  #timestamp: Date | undefined;
  #depth = 0;
  #steps = 0;
  #noFunction: unknown;

  constructor(globals: readonly unknown[], limits: Limits, watch: Watch) {
    this.globals = globals;
    this.watch = watch;
    this.options = { sequence: limits.items };
    this.#limits = limits;
  }

  /** For functions of JSONata: the same moment in all of an evaluation. */
  get environment(): { readonly timestamp: Date } {
    return { timestamp: (this.#timestamp ??= new Date()) };
  }

  /** For functions of JSONata: a list that does not grow longer than it may. */
  createSequence(...items: readonly unknown[]): Sequence {
    const sequence: Sequence = [];
    sequence.sequence = true;
    Object.defineProperty(sequence, 'push', {
      value: (...more: unknown[]) => {
        this.checkSize(sequence.length + more.length);
        return Array.prototype.push.apply(sequence, more);
      },
    });
    if (items.length === 1) sequence.push(items[0]);
    return sequence;
  }

  /** As `isFunction` of values.ts. It remembers the last object that was none: many fields of one are read one after the other. */
  isFunction(value: object): boolean {
    if (value === this.#noFunction) return false;
    if (isFunction(value)) return true;
    this.#noFunction = value;
    return false;
  }

  /** A piece of work that may be one of many. */
  step(): void {
    this.#steps += 1;
    if (this.#steps % stepsBetweenTicks === 0) this.watch.checkTime();
  }

  /** @throws Failure D1011 when calls go too deep */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > this.#limits.depth) throw new Failure('D1011');
    this.step();
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** @throws Failure D2015 */
  push(sequence: unknown[], value: unknown): void {
    if (sequence.length >= this.#limits.items) throw this.#tooMany();
    sequence.push(value);
  }

  /** @throws Failure D2015 */
  checkSize(size: number): void {
    if (size > this.#limits.items) throw this.#tooMany();
  }

  /** Whether there is no use in letting the interpreter try it too. */
  isFinal(error: unknown): boolean {
    if (error instanceof HandBack || this.watch.hasEnded(error)) return true;
    return error instanceof Failure && (error.code === 'D1011' || error.code === 'D2015');
  }

  #tooMany(): Failure {
    return new Failure('D2015', { value: this.#limits.items });
  }
}

/** The variables of a block or of a call, and those around it. */
export interface Frame {
  readonly run: Run;
  readonly up: Frame | undefined;
  /** By slot; of a tuple, by name. */
  readonly values: unknown[];
  readonly tuple: Readonly<Record<string, unknown>> | undefined;
}

/** In a slot that nothing was bound to yet. */
export const unbound = Symbol('unbound');

/** A compiled node: what it comes to for an input. */
export type Code = (input: unknown, frame: Frame) => unknown;

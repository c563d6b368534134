import { cpuUsage } from 'node:process';

/** The share of the time that one step of JSONata may take by itself, between two functions. */
const longestStep = 0.1;

/**
 * The time that an evaluation works for. The clock on the wall also runs while the machine gives the processor to others,
 * which the time of the processor tells on most machines, and while a garbage collection holds everything up. Both show
 * as a step that takes long: none does by itself, but for the functions that it calls.
 */
export class WorkingClock {
  readonly #timeMs: number;
  readonly #begun: number;
  readonly #processor: Sample;
  #lastStep = 0;
  #stoodStill = 0;
  #allowed: number;

  constructor(timeMs: number) {
    this.#timeMs = timeMs;
    this.#allowed = timeMs;
    this.#begun = performance.now();
    this.#processor = sampleAt(this.#begun);
  }

  /** Whether there is time left. To be asked at every step: one that takes long is held up, and not counted. */
  hasTime(): boolean {
    const now = this.#elapsed();
    return now <= this.#allowedAt(now);
  }

  /** How long it may go on by the clock on the wall, in milliseconds since it began: for whoever has that clock. */
  allowed(): number {
    return this.#allowedAt(this.#elapsed());
  }

  /** Says that a function has just done its work: all that it took is work. Whether there is time left. */
  called(): boolean {
    this.#lastStep = this.#elapsed();
    return this.#lastStep <= this.#timeMs || this.hasTime();
  }

  /** Milliseconds on the clock on the wall. */
  #elapsed(): number {
    return performance.now() - this.#begun;
  }

  /** Its time, and what this process stood still meanwhile. */
  #allowedAt(now: number): number {
    this.#stoodStill += Math.max(0, now - this.#lastStep - this.#timeMs * longestStep);
    this.#lastStep = now;
    if (now > this.#allowed)
      this.#allowed = this.#timeMs + Math.max(this.#stoodStill, this.#withoutProcessor());
    return this.#allowed;
  }

  #withoutProcessor(): number {
    const { at, worked } = this.#processor;
    return performance.now() - at - (workedMs() - worked);
  }
}

/** How long this process has had a processor, at a time on the clock on the wall. Milliseconds. */
interface Sample {
  readonly at: number;
  readonly worked: number;
}

/** To ask for the time of the processor takes longer than most evaluations. */
const sampleEvery = 5;

let lastSample: Sample = { at: Number.NEGATIVE_INFINITY, worked: 0 };

/** A sample of shortly before. */
function sampleAt(now: number): Sample {
  if (now - lastSample.at > sampleEvery) lastSample = { at: now, worked: workedMs() };
  return lastSample;
}

/** How long this process has had a processor, in milliseconds. */
function workedMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

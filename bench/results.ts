import type { RaceResult } from './race.ts';

/** All that was measured. A part that did not run is not there. */
export interface Results {
  readonly translations?: readonly Translated[];
  readonly fields?: readonly Translated[];
  readonly reads?: Reads;
  readonly unchanged?: Unchanged;
  readonly demo?: readonly RaceResult[];
  readonly coldReads?: ColdReads;
  readonly memory?: Memory;
  readonly start?: Start;
  readonly lists?: RaceResult;
  readonly concurrency?: RaceResult;
  readonly cache?: CacheGrowth;
}

/** What some records cost to translate: microseconds of processor time, the median of some rounds. */
export interface Translated {
  readonly name: string;
  readonly records: number;
  readonly interpreted: number;
  /** By JSONata as it comes, without the limits that keep an expression from holding everybody up. */
  readonly asShipped: number;
  readonly compiled: number;
  /** Undefined where nobody wrote it by hand. */
  readonly byHand: number | undefined;
}

/** Reads of klanten by everybody who can do that. */
export interface Reads {
  readonly klant: RaceResult;
  readonly list: RaceResult;
  /** Who could not take part, and why. */
  readonly leftOut: Readonly<Record<string, string>>;
}

/** Conditional reads of a klant that the gateway remembers, and of a server that answers nothing else. */
export interface Unchanged {
  /** As many requests a second for both. */
  readonly atOnePace: RaceResult;
  /** As many as each can answer. */
  readonly freely: RaceResult;
}

/** What reaches the CRM of many identical reads of a record that is not remembered yet. */
export interface ColdReads {
  readonly reads: number;
  readonly reachedCrm: number;
}

/** Memory, each time after more requests. */
export type Memory = readonly MemoryAfter[];

/** Bytes of memory after so many mixed requests. */
export interface MemoryAfter {
  readonly requests: number;
  /** All that is resident, in the midst of the work: it depends on how long V8 puts off the collection of garbage. */
  readonly atWork: number;
  /** What is in use when it has been collected. */
  readonly kept: number;
}

/** How a gateway begins: medians. */
export interface Start {
  /** Milliseconds of `node -e 0`. */
  readonly bareNode: number;
  /** Milliseconds until requests are taken. */
  readonly ready: number;
  /** Bytes of memory a second later. */
  readonly idle: number;
  readonly rounds: number;
}

/** Conditional reads of a klant that is remembered among more and more others. */
export interface CacheGrowth {
  readonly race: RaceResult;
  /** Bytes of memory of the process, in the order of the runners of the race. */
  readonly memory: readonly number[];
}

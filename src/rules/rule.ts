import type { Operation } from '../contract/resource.ts';
import type { JsonObject } from '../json.ts';
import type { Complaint } from '../problem.ts';

/** What became of asking for the object behind a URL (ruling R7). */
export type Existence = 'exists' | 'absent';

/** What a rule may ask. Given by the gateway; a rule does no I/O of its own, and a test may hand it plain functions. */
export interface World {
  /** Whether a URL, ours or another register's, finally answers 200. Never throws: a URL that cannot be asked is absent. */
  existence(url: string): Promise<Existence>;
  /** The representations of a resource that pass all given filters, with their ids. Throws a Problem when the CRM does not answer. */
  find(resource: string, filters: Readonly<Record<string, string>>): Promise<readonly Found[]>;
  /** A random text of `length` characters out of `alphabet`. */
  randomText(length: number, alphabet: string): string;
}

/** One record as rules see it: its id and what clients would see. */
export interface Found {
  readonly id: string;
  readonly representation: JsonObject;
}

/** A write that is about to happen. */
export interface Attempt {
  readonly operation: Operation;
  /** The id of what is changed; undefined on a create. */
  readonly id: string | undefined;
  /** Only what the body supplied, read by its fields. */
  readonly change: JsonObject;
  /** What is stored before the change; undefined on a create. */
  readonly stored: JsonObject | undefined;
  /** What would be stored after it. */
  readonly merged: JsonObject;
}

/** When a rule is asked; all complaints of a phase are reported together, a later phase only runs after a clean one. */
export type Phase = 'fields' | 'record' | 'cross-field';

/**
 * One rule of the standard that OpenAPI cannot say. One file each, named by its id.
 * A rule is switched by `rules: { <id>: on | off }` in the configuration.
 */
export interface Rule {
  readonly id: string;
  /** The standard's own title, Dutch. */
  readonly title: string;
  readonly default: 'on' | 'off';
  readonly on: readonly Operation[];
  readonly phase: Phase;
  /** Fills in what the gateway has to generate; asked before `check`, inside the locks. Returns fields to set. */
  complete?(attempt: Attempt, world: World): Promise<JsonObject>;
  /** Keys that no other write may hold between this rule's check and the end of the write. */
  locks?(attempt: Attempt): readonly string[];
  /** Complaints about the attempt; none when the rule holds. */
  check(attempt: Attempt, world: World): Promise<readonly Complaint[]>;
}

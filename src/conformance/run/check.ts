import type { Context } from './context.ts';

/** The APIs that a run knows, in the order of the table. `kic` is the Klantinteracties API, the older standard. */
export const apiNames = ['klanten', 'contactmomenten', 'verzoeken', 'kic'] as const;

export type ApiName = (typeof apiNames)[number];

/** An API that an implementation of the others need not have: where it is not, it is left out of the run. */
export const optionalApi: ApiName = 'kic';

/** One thing that an implementation has to do, tried by calling it. */
export interface Check {
  /** Unique, and what `--only` is held against: `klant_create.required`. */
  readonly id: string;
  /** The API whose operations it proves, and which has to be given. */
  readonly api: ApiName;
  /** What its outcome counts for: operation ids of that API, and ids of rules. */
  readonly proves: readonly string[];
  /** What has to be so, as a sentence. */
  readonly title: string;
  /** Waits until all others are done, and is alone then: it looks at what they found, or asks for everything there is. */
  readonly last?: true;
  /**
   * Tries it. What is not as it should be is told to the context; whatever was made is removed at the end of the run.
   *
   * @throws NotTried, Stopped
   */
  run(context: Context): Promise<void>;
}

/** One expectation that was not met. */
export interface Failure {
  /** `POST /klanten`: never a value of a person. */
  readonly sent: string;
  readonly expected: string;
  readonly came: string;
}

/** What became of a check. A check without an outcome of its own is never a passed one. */
export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[] }
  | { readonly kind: 'not-tried'; readonly reason: string };

/** A check with what became of it. */
export interface Tried {
  readonly check: Check;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Thrown by a check that cannot be tried here, with the reason. */
export class NotTried extends Error {
  override readonly name = 'NotTried';
}

/** Thrown when a failure, told already, leaves the rest of a check without sense. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

import { type ApiName, type Check, NotTried, type Outcome, Stopped, type Tried } from './check.ts';
import { contextOf } from './context.ts';
import type { Described } from './described.ts';
import type { MadeRecord } from './records.ts';
import { inTurns } from './in-turns.ts';
import type { Made } from './made.ts';
import type { Places } from './places.ts';
import type { Reach } from './reach.ts';
import type { Identities } from './identities.ts';

/** An API of the implementation. */
export interface Api {
  readonly name: ApiName;
  /** Where it is, without a slash at its end. */
  readonly base: string;
  readonly described: Described;
  /** The operation ids in the OpenAPI document that the implementation itself serves; undefined when it serves none. */
  readonly offered: ReadonlySet<string> | undefined;
}

/** The APIs that are left out of a run, each with why. */
export type LeftOut = ReadonlyMap<ApiName, string>;

/** What all checks of a run share. */
export interface Run {
  readonly apis: ReadonlyMap<ApiName, Api>;
  readonly identities: Identities;
  readonly places: Places;
  /** Whether the implementation reaches those places. */
  readonly reach: Reach;
  readonly made: Made;
  /** Records that checks have together, by API and resource. */
  readonly common: Map<string, Promise<MadeRecord>>;
  /** The RSIN under which records are made. */
  readonly bronorganisatie: string;
  readonly timeoutMs: number;
  /** What is wrong with records that were there before the run, by operation: told, and no failure. */
  readonly remarks: Set<string>;
  /** Requests whose answer had no header API-version, by API. */
  readonly unversioned: Map<ApiName, string[]>;
}

/** How many checks are under way together: each has records of its own. */
const atOnce = 4;

/**
 * Tries checks, some at the same time.
 *
 * @param told is called after each
 * @param aborted says whether to leave the rest: those are not tried
 * @returns what became of each, in the order of the checks
 */
export async function tryAll(
  checks: readonly Check[],
  run: Run,
  told: (tried: Tried) => void,
  aborted: () => boolean,
): Promise<Tried[]> {
  const all = new Map<Check, Tried>();
  const attempt = async (check: Check): Promise<void> => {
    const began = performance.now();
    const outcome = aborted()
      ? ({ kind: 'not-tried', reason: 'the run was stopped' } as const)
      : await outcomeOf(check, run);
    const tried = { check, outcome, seconds: (performance.now() - began) / 1000 };
    told(tried);
    all.set(check, tried);
  };
  await inTurns(
    checks.filter(({ last }) => last !== true),
    atOnce,
    attempt,
  );
  await inTurns(
    checks.filter(({ last }) => last === true),
    1,
    attempt,
  );
  return checks.flatMap((check) => all.get(check) ?? []);
}

async function outcomeOf(check: Check, run: Run): Promise<Outcome> {
  const reason = reasonNotToTry(check, run);
  if (reason !== undefined) return { kind: 'not-tried', reason };
  const context = contextOf(run, check);
  try {
    await check.run(context);
  } catch (error) {
    if (error instanceof NotTried && context.failures.length === 0)
      return { kind: 'not-tried', reason: error.message };
    if (!(error instanceof NotTried || error instanceof Stopped)) throw error;
  }
  if (context.failures.length > 0) return { kind: 'failed', failures: context.failures };
  // What asked nothing has shown nothing.
  return context.asked > 0 ? { kind: 'passed' } : { kind: 'not-tried', reason: 'nothing was asked' };
}

/** What an operation id looks like, unlike the id of a rule. */
const operation = /_(list|create|read|update|delete)$/;

/** An operation that the implementation does not even list is no failure of it: it may serve a part of the standard. */
function reasonNotToTry({ api: name, proves }: Check, { apis }: Run): string | undefined {
  const api = apis.get(name);
  if (!api) return `the ${name} API was not given`;
  const missing = proves.find((id) => operation.test(id) && api.offered?.has(id) === false);
  return missing && `${missing} is not offered: it is not in the OpenAPI document of the implementation`;
}

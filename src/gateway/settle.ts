import { setTimeout as wait } from 'node:timers/promises';

import { deadlineIn } from '../deadline.ts';
import { BackendProblem, Problem } from '../problem.ts';
import { unexpectedError } from '../observe/events.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { Call } from './perform.ts';

/** What a look at the CRM shows of a write that nobody answered. */
export type Sighting =
  | { readonly seen: 'done'; readonly stored: Stored | undefined }
  /** Some of its requests were carried out and others were not. */
  | { readonly seen: 'half'; readonly stored: Stored }
  | { readonly seen: 'not-done' };

/** Looks at the CRM once. Throws when the CRM does not answer. */
export type Probe = (work: Work) => Promise<Sighting>;

/** How long we look for the outcome of a write. */
export interface SettleSettings {
  /** Between two looks. */
  readonly everyMs: number;
  /** As long as a call may take: only when a write is not there after that time, it was not carried out. */
  readonly graceMs: number;
  /** After this we stop looking, and say so loudly. */
  readonly giveUpMs: number;
  /** For one look. */
  readonly probeMs: number;
}

/** A write whose outcome is not known yet, and where it will be. */
export class UnsettledWrite extends BackendProblem {
  /** Resolves with what was stored, or with undefined when nothing was, or when nobody can tell. */
  readonly settled: Promise<Stored | undefined>;

  constructor(problem: Problem, settled: Promise<Stored | undefined>) {
    super(problem, 'unknown');
    this.settled = settled;
  }
}

/**
 * Finds out what became of a write that the CRM did not answer, by reading back until the answer is certain. Whoever
 * holds a lock for the write keeps it until then.
 *
 * @param probe undefined when no look can tell: the operator then hears so at once
 * @returns what was seen in the end; undefined when nobody can tell. Never rejects
 */
export async function settle(
  call: Call,
  probe: Probe | undefined,
  settings: SettleSettings,
): Promise<Sighting | undefined> {
  const start = performance.now();
  const place = { resource: call.resource.name, operation: call.operation };
  if (!probe) {
    call.work.observe({ event: 'write-outcome-unknown', ...place });
    // It may still be on its way.
    await wait(settings.giveUpMs, undefined, { ref: false });
    return undefined;
  }
  for (;;) {
    // From the beginning of the look: a slow one may have seen the CRM as it was then.
    const elapsed = performance.now() - start;
    const sighting = await look(call.work, probe, settings);
    if (sighting?.seen === 'done') {
      call.work.observe({ event: 'write-settled', ...place, outcome: 'done' });
      return sighting;
    }
    // What is to be taken back is reported when that was done.
    if (sighting?.seen === 'half' && elapsed >= settings.graceMs) return sighting;
    if (sighting?.seen === 'not-done' && elapsed >= settings.graceMs) {
      call.work.observe({ event: 'write-settled', ...place, outcome: 'not-done' });
      return sighting;
    }
    if (elapsed >= settings.giveUpMs) {
      call.work.observe({ event: 'write-outcome-unknown', ...place });
      return undefined;
    }
    await wait(settings.everyMs, undefined, { ref: false });
  }
}

async function look(work: Work, probe: Probe, settings: SettleSettings): Promise<Sighting | undefined> {
  try {
    return await probe({ ...work, deadline: deadlineIn(settings.probeMs) });
  } catch (error) {
    if (!(error instanceof Problem)) work.observe(unexpectedError(error));
    return undefined;
  }
}

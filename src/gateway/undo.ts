import { unexpectedError } from '../observe/events.ts';
import { deadlineIn } from '../deadline.ts';
import type { Work } from '../register/work.ts';

/** Time for all of taking back. Not what is left of the request's own: its end is often why there is something to undo. */
const undoMs = 10_000;

/** What was done and can be taken back, on behalf of one write. */
export interface Undoable {
  /** Something was done: this takes it back. Returns what to call when it need not be taken back any more. */
  did(what: Step, undo: (work: Work) => Promise<void>): () => void;
  /** Leaves what was done so far to somebody else, who may take all of it back later. */
  handOver(): (work: Work) => Promise<void>;
}

/** What was done, as an operator is told when it could not be taken back: ids, never values. */
export interface Step {
  readonly resource: string;
  readonly id: string;
  readonly operation: string;
}

/**
 * Carries out several writes as if they were one: when it fails, what was done is taken back, the last first. What
 * cannot be taken back is an event for an operator, as loud as we can.
 */
export async function undoing<T>(work: Work, carryOut: (undoable: Undoable) => Promise<T>): Promise<T> {
  let done: Done[] = [];
  try {
    return await carryOut({
      did(what, undo) {
        const entry = { what, undo };
        done.push(entry);
        return () => {
          done = done.filter((one) => one !== entry);
        };
      },
      handOver() {
        const handedOver = done;
        done = [];
        return (later) => undoAll(handedOver, later);
      },
    });
  } catch (error) {
    await undoAll(done, work);
    throw error;
  }
}

/** Something that was done, and what takes it back. */
interface Done {
  readonly what: Step;
  readonly undo: (work: Work) => Promise<void>;
}

async function undoAll(done: readonly Done[], work: Work): Promise<void> {
  for (const { what, undo } of done.toReversed()) await takeBack(what, undo, work);
}

/** Takes one thing back. Never throws: that it could not be is an event, and false. */
export async function takeBack(
  what: Step,
  undo: (work: Work) => Promise<void>,
  work: Work,
): Promise<boolean> {
  try {
    await undo({ ...work, deadline: deadlineIn(undoMs) });
    return true;
  } catch (failure) {
    work.observe(unexpectedError(failure));
    work.observe({ event: 'undo-failed', ...what });
    return false;
  }
}

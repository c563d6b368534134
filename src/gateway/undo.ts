import { unexpectedError } from '../observe/events.ts';
import { deadlineIn } from '../deadline.ts';
import type { Work } from '../register/work.ts';

/** Time for all of taking back. Not what is left of the request's own: its end is often why there is something to undo. */
const undoMs = 10_000;

/** What was done and can be taken back, on behalf of one write. */
export interface Undoable {
  /** Something was done: this takes it back. Returns what to call when it need not be taken back any more. */
  did(what: Step, undo: (work: Work) => Promise<void>): () => void;
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
  const done: { readonly what: Step; readonly undo: (work: Work) => Promise<void> }[] = [];
  try {
    return await carryOut({
      did(what, undo) {
        const entry = { what, undo };
        done.push(entry);
        return () => done.splice(done.indexOf(entry), 1);
      },
    });
  } catch (error) {
    const undoWork: Work = { ...work, deadline: deadlineIn(undoMs) };
    for (const { what, undo } of done.reverse()) {
      try {
        await undo(undoWork);
      } catch (failure) {
        work.observe(unexpectedError(failure));
        work.observe({ event: 'undo-failed', ...what, step: 0 });
      }
    }
    throw error;
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { Audit } from '../contract/resource.ts';
import { Problem } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import { type Change, entryOf, wijzigingenOf } from './audit-entry.ts';
import { correctEntry, stepOf, withdrawEntry, writeEntry } from './audit-writes.ts';
import type { KeepUntil } from './locks.ts';
import type { Undoable } from './undo.ts';
import type { Writing } from './writing.ts';

/** The entry of one write in the audit trail. Nothing comes of any of it where no trail is kept. */
export interface AuditEntry {
  /**
   * Writes the entry. It is withdrawn when what `undoable` is about fails.
   *
   * @param on the write, with the work on whose behalf the entry is written
   * @param keepers keep the locks of the write until it is certain that no entry is left of a write that failed
   * @throws Problem when it cannot be written, and the deployment wants no change without its entry
   */
  keep(on: Writing, change: Change, undoable: Undoable, keepers: readonly KeepUntil[]): Promise<void>;
  /** From now on the entry is withdrawn when this fails. */
  goesWith(undoable: Undoable): void;
  /** Makes an entry that was written beforehand say what is stored in the end, where the mapping set can. */
  correct(stored: Stored, work: Work): Promise<void>;
  /** Takes the change back. When that fails, the change stands, and so does its entry. */
  unlessItStands(takingBack: Promise<void>): Promise<void>;
}

/** The entry of a write: from before it is written until the write is done or undone. */
export function auditEntry(writing: Writing): AuditEntry {
  const { resource } = writing.call;
  const audit = resource.audit;
  const trail = audit && trailOf(writing, audit);
  const urlOf = (uuid: string): string => writing.parts.ownUrls.canonicalOf(resource.name, uuid);
  let kept: { readonly entry: Stored; readonly change: Change } | undefined;
  let changeStands = false;

  function goesWith(undoable: Undoable): void {
    if (!trail || !kept) return;
    const { entry } = kept;
    undoable.did(stepOf(trail, entry), async (work) => {
      if (!changeStands) await withdrawEntry(trail, entry, work);
    });
  }

  return {
    goesWith,
    async keep(on, change, undoable, keepers) {
      if (!trail) return;
      const entry = await written(on, audit, trail, change, keepers);
      kept = entry && { entry, change };
      goesWith(undoable);
    },
    async correct({ uuid, representation: after }, work) {
      if (!trail || !kept || isDeepStrictEqual(kept.change.after, after)) return;
      const change = { ...kept.change, after };
      kept = {
        entry: await correctEntry(trail, kept.entry, wijzigingenOf(urlOf(uuid), change), work),
        change,
      };
    },
    async unlessItStands(takingBack) {
      try {
        await takingBack;
      } catch (error) {
        changeStands = true;
        throw error;
      }
    },
  };
}

/** Where the entries go; undefined when the mapping set keeps none, or the resource's own API is not served. */
function trailOf({ call: { resource }, parts }: Writing, { trail }: Audit): Register | undefined {
  const isServed = parts.ownUrls.apisOf(resource.name).includes(resource.api);
  return isServed ? parts.registers.get(trail.name) : undefined;
}

/** Writes an entry; undefined when it is lost, and the deployment can do without. */
async function written(
  on: Writing,
  audit: Audit,
  trail: Register,
  change: Change,
  keepers: readonly KeepUntil[],
): Promise<Stored | undefined> {
  const { call, parts } = on;
  try {
    return await writeEntry(on, trail, await entryOf(on, audit, change), keepers);
  } catch (error) {
    if (parts.audit.required || !(error instanceof Problem)) throw error;
    const { resource, operation, work } = call;
    work.observe({ event: 'audit-entry-lost', resource: resource.name, id: change.uuid, operation });
    return undefined;
  }
}

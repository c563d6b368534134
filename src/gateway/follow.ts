import type { Resource } from '../contract/resource.ts';
import { invalidInput } from '../problem.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { Mirror } from '../rules/rule.ts';
import { notificationOf } from './announce.ts';
import type { RuleSwitches } from './judge.ts';
import { undoing, type Undoable } from './undo.ts';
import type { Writing } from './writing.ts';

/**
 * What follows a write that was done: its place in the audit trail, its mirrors in other registers, and its
 * announcement. When one of them must be there and is not, the write is taken back.
 *
 * @param takeBack undoes the write itself
 * @param keepTrail makes the audit trail tell of it
 * @throws Problem what the client is told of it
 */
export async function follow(
  writing: Writing,
  stored: Stored,
  takeBack: (work: Work) => Promise<void>,
  keepTrail: () => Promise<void>,
): Promise<void> {
  const { resource, operation, work } = writing.call;
  await undoing(work, async (undoable) => {
    undoable.did({ resource: resource.name, id: stored.uuid, operation }, takeBack);
    await keepTrail();
    if (operation === 'create') await makeMirrors(writing, stored, undoable);
    await writing.call.dialect?.complete?.(stored, work, undoable);
    await announce(writing, stored);
  });
}

async function makeMirrors(
  { call, worldOn, parts }: Writing,
  { uuid, representation }: Stored,
  undoable: Undoable,
): Promise<void> {
  const { resource, work } = call;
  for (const mirror of mirrorsOf(resource, parts.switches)) {
    const complaints = await mirror.made(representation, worldOn(work));
    if (complaints.length > 0) throw invalidInput(complaints);
    undoable.did({ resource: resource.name, id: uuid, operation: 'mirror' }, async (undoWork) => {
      const left = await mirror.removed(representation, worldOn(undoWork));
      if (left.length > 0) throw invalidInput(left);
    });
  }
}

/**
 * Removes the mirrors of a record before the record itself, which nobody sees any more meanwhile.
 *
 * @returns what reveals the record again
 * @throws Problem 400 when a mirror stays: then so does the record
 */
export async function removeMirrors(
  { worldOn, parts, call }: Writing,
  resource: Resource,
  { uuid, representation }: Stored,
  undoable: Undoable,
): Promise<() => void> {
  const mirrors = mirrorsOf(resource, parts.switches);
  if (mirrors.length === 0) return () => undefined;
  const { work } = call;
  const tombstone = parts.tombstones.hide(resource.name, uuid, representation, work.deadline);
  const reveal = (): void => {
    tombstone.reveal();
  };
  undoable.did({ resource: resource.name, id: uuid, operation: 'reveal' }, () => {
    reveal();
    return Promise.resolve();
  });
  const forgets: (() => void)[] = [];
  for (const mirror of mirrors) {
    const complaints = await mirror.removed(representation, worldOn(work));
    if (complaints.length > 0) throw invalidInput(complaints);
    const forget = undoable.did(
      { resource: resource.name, id: uuid, operation: 'mirror' },
      async (undoWork) => {
        reveal();
        const missing = await mirror.made(representation, worldOn(undoWork));
        if (missing.length > 0) throw invalidInput(missing);
      },
    );
    forgets.push(forget);
  }
  return () => {
    for (const forget of forgets) forget();
    reveal();
  };
}

/** The mirrors that a resource has by the rules that are on. */
export function mirrorsOf(resource: Resource, switches: RuleSwitches): readonly Mirror[] {
  return resource.rules.flatMap((rule) => (rule.mirror && switches(rule) !== 'off' ? [rule.mirror] : []));
}

/** Tells subscribers of a write. Strict: a write that cannot be told is no write; otherwise telling never fails it. */
export async function announce({ call, parts, readRecord }: Writing, stored: Stored): Promise<void> {
  const { resource, operation, work, dialect } = call;
  if (dialect?.announces === false) return;
  const notification = await notificationOf(parts, resource, operation, stored, readRecord);
  if (!notification) return;
  // A delete cannot be taken back, so it is never strict.
  if (parts.announcer.strict && operation !== 'delete') await parts.announcer.deliver(notification, work);
  else parts.announcer.publish(notification);
}

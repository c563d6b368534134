import { mainOf, type Resource } from '../contract/resource.ts';
import { type JsonObject, scalarText } from '../json.ts';
import { notFound, unavailable } from '../problem.ts';
import type { Register } from '../register/index.ts';
import { UnfinishedWrite } from '../register/plan.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { Attempt } from '../rules/rule.ts';
import { auditEntry } from './audit.ts';
import { announce, removeMirrors } from './follow.ts';
import { judge, refuse } from './judge.ts';
import type { KeepUntil } from './locks.ts';
import type { Result } from './perform.ts';
import { undoing, type Undoable } from './undo.ts';
import { isSame, restore } from './write.ts';
import {
  type Aftermath,
  courtOf,
  holding,
  hostOf,
  isOpen,
  recordLock,
  settling,
  type Writing,
} from './writing.ts';

/** A record of which a link is emptied because what it leads to goes. */
interface Pointing {
  readonly register: Register;
  readonly stored: Stored;
  readonly field: string;
}

/** How often the records that point at a record are looked for again because they changed meanwhile. */
const tries = 3;

/**
 * A delete, with all that goes with it (contract section 8.4): the audit trail tells of it, links that lead to the
 * record are emptied, its mirrors and its parts are removed, and then the record itself. What can be undone comes
 * first, so that a failure leaves everything, or can be finished by trying again.
 */
export async function remove(writing: Writing): Promise<Result> {
  const { call, register } = writing;
  for (let attempt = 1; attempt <= tries; attempt++) {
    const keys = await locksOf(writing);
    const result = await holding(writing, keys, async (keepUntil) => {
      const stored = await register.readFresh(call.uuid, call.work);
      if (!stored) throw notFound();
      const pointing = await pointingAt(writing);
      // Somebody made another link before we had the locks: those of its record are needed too.
      const isOurs = pointing.every((one) => keys.includes(lockOf(one)));
      return isOurs ? removeNow(writing, stored, pointing, keepUntil) : undefined;
    });
    if (result) return result;
  }
  throw unavailable(1);
}

async function removeNow(
  writing: Writing,
  stored: Stored,
  pointing: readonly Pointing[],
  keepUntil: KeepUntil,
): Promise<Result> {
  const { call, register } = writing;
  const { resource, work } = call;
  const { representation } = stored;
  const attempt: Attempt = {
    operation: 'delete',
    id: stored.uuid,
    change: {},
    stored: representation,
    merged: representation,
  };
  refuse(resource, await judge(courtOf(writing), 'record', attempt));
  const host = await hostOf(writing, resource, representation);

  const entry = auditEntry(writing);
  await undoing(work, async (undoable) => {
    const change = { uuid: stored.uuid, before: representation, after: undefined };
    await entry.keep(writing, change, undoable, [keepUntil]);
    for (const one of pointing) await emptyLink(writing, one, undoable);
    const evictViews = await removeParts(writing, stored, undoable);
    const reveal = await removeMirrors(writing, resource, stored, undoable);
    const gone = (): void => {
      evictViews();
      reveal();
    };
    const write = { stored, change: {}, merged: {}, extra: {}, ...host };
    await settling(writing, () => register.remove(write, work), [keepUntil], {
      probe: probeDelete(register, stored),
      async finish() {
        gone();
        await announce(writing, stored);
        return undefined;
      },
      takeBack: (left, later) => entry.unlessItStands(restore(register, left, stored, later)),
      handOver: () => undoable.handOver(),
    });
    gone();
  });
  await announce(writing, stored);
  return { kind: 'deleted' };
}

/** A delete is done when nothing is there any more; what is left of one of several requests may be half of it. */
function probeDelete(register: Register, before: Stored): Aftermath['probe'] {
  return (failure) => async (work) => {
    const left = await register.readFresh(before.uuid, work);
    if (!left) return { seen: 'done', stored: undefined };
    const mayBeHalf = failure instanceof UnfinishedWrite && failure.half;
    const isHalf = mayBeHalf && !isSame(register.resource, left, before);
    return isHalf ? { seen: 'half', stored: left } : { seen: 'not-done' };
  };
}

/** Its own lock, that of the record that it is a part of, and those of the records that point at it. */
async function locksOf(writing: Writing): Promise<string[]> {
  const { call, register, parts } = writing;
  const { resource, uuid, work } = call;
  const own = recordLock(resource.name, uuid);
  const pointing = (await pointingAt(writing)).map(lockOf);
  if (resource.partOf === undefined) return [own, ...pointing];
  const stored = await register.read(uuid, work);
  const place = parts.ownUrls.find(scalarText(stored?.representation[resource.partOf]) ?? '');
  return place ? [own, recordLock(place.resource, place.uuid), ...pointing] : [own, ...pointing];
}

function lockOf({ register, stored }: Pointing): string {
  return recordLock(register.resource.name, stored.uuid);
}

/** The records that link to this one without being a part of it: a next contactmoment, a verzoek that withdraws it. */
async function pointingAt({ call, parts }: Writing): Promise<Pointing[]> {
  const url = parts.ownUrls.canonicalOf(call.resource.name, call.uuid);
  const found = await Promise.all(
    [...parts.registers.values()].flatMap((register) =>
      linkFields(register.resource, call.resource).map(async (field): Promise<Pointing[]> => {
        const stored = await register.find({ [field]: url }, call.work);
        return stored.map((one) => ({ register, stored: one, field }));
      }),
    ),
  );
  return found.flat();
}

function linkFields(resource: Resource, to: Resource): string[] {
  return resource.links
    .filter(
      ([name, link, field]) =>
        link.to === to.name && link.reach === 'local' && !field.inverseOf && name !== resource.partOf,
    )
    .map(([name]) => name);
}

async function emptyLink(
  { call, parts }: Writing,
  { register, stored, field }: Pointing,
  undoable: Undoable,
): Promise<void> {
  const { resource } = register;
  const step = { resource: resource.name, id: stored.uuid, operation: `empty ${field}` };
  const setTo = (link: JsonObject, now: Stored, work: Work) =>
    register.update(
      { stored: now, change: link, merged: { ...now.representation, ...link }, extra: {} },
      work,
    );
  // Before it is done: what goes unanswered may have been carried out.
  const forget = undoable.did(step, async (work) => {
    const now = await register.readFresh(stored.uuid, work);
    const link = { [field]: stored.representation[field] ?? null };
    if (now?.representation[field] === null) await setTo(link, now, work);
  });
  try {
    await setTo({ [field]: null }, stored, call.work);
  } catch (error) {
    if (!isOpen(error)) {
      forget();
      throw error;
    }
    const now = await register.readFresh(stored.uuid, call.work);
    if (now && now.representation[field] !== null) {
      const place = { resource: resource.name, operation: 'partial_update', id: stored.uuid };
      call.work.observe({ event: 'write-outcome-unknown', ...place });
      throw error;
    }
  }
  parts.registers.get(call.resource.name)?.evict(call.uuid);
}

/**
 * Removes the parts of a record: its relations. A view goes with the record that it is on; its mirror does not. A
 * part that is gone cannot be made again as it was, so from there on only trying again helps, and an event says so.
 *
 * @returns what forgets the views, once the record that they are on is gone
 */
async function removeParts(writing: Writing, main: Stored, undoable: Undoable): Promise<() => void> {
  const { call, parts } = writing;
  const { resource, work } = call;
  const url = parts.ownUrls.canonicalOf(resource.name, main.uuid);
  const evictions: (() => void)[] = [];
  let isIncomplete = false;
  const somethingIsGone = (): void => {
    if (!isIncomplete) undoable.did(incomplete(writing), () => Promise.reject(new PartsAreGone()));
    isIncomplete = true;
  };
  for (const register of parts.registers.values()) {
    const { partOf } = register.resource;
    if (partOf === undefined || mainOf(register.resource) !== resource.name) continue;
    for (const stored of await register.find({ [partOf]: url }, work)) {
      const gone = await removeMirrors(writing, register.resource, stored, undoable);
      if (register.goesWithMain(stored)) {
        evictions.push(() => {
          register.evict(stored.uuid);
        });
        continue;
      }
      try {
        await register.remove({ stored, change: {}, merged: {}, extra: {} }, work);
      } catch (error) {
        if (!isOpen(error)) throw error;
        somethingIsGone();
        if (await register.readFresh(stored.uuid, work)) throw error;
      }
      gone();
      somethingIsGone();
    }
  }
  return () => {
    for (const evict of evictions) evict();
  };
}

function incomplete({ call }: Writing) {
  return {
    resource: call.resource.name,
    id: call.uuid,
    operation: 'delete, of which some relations are gone already',
  };
}

/** Says why the undo of a delete is not tried: the event tells the rest. */
class PartsAreGone extends Error {
  override readonly name = 'PartsAreGone';
}

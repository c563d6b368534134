import { isDeepStrictEqual } from 'node:util';

import { differing, differingParts, shownOf } from '../contract/compare.ts';
import type { Resource } from '../contract/resource.ts';
import { type JsonObject, scalarText, valueAt } from '../json.ts';
import { type BackendProblem, type Complaint, notFound, unavailable } from '../problem.ts';
import type { Register } from '../register/index.ts';
import { UnfinishedWrite } from '../register/plan.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { Attempt } from '../rules/rule.ts';
import { type AuditEntry, auditEntry } from './audit.ts';
import { follow } from './follow.ts';
import { complete, completeLockKeys, judge, lockKeys, refuse, type Verdict, verdicts } from './judge.ts';
import type { KeepUntil } from './locks.ts';
import type { Call, Result } from './perform.ts';
import { undoing, type Undoable } from './undo.ts';
import {
  type Aftermath,
  courtOf,
  type Draft,
  draftOf,
  holding,
  hostOf,
  mainLocks,
  recordLock,
  settling,
  type Writing,
} from './writing.ts';

/** How often something is generated again because it turned out to be taken. */
const generations = 5;

/** A create: fields, rules, and one write under the locks of the rules and of the record that it is a part of. */
export async function create(writing: Writing): Promise<Result> {
  return holding(writing, mainLocks(writing), async (keepUntil) => {
    const draft = await draftOf(writing, undefined);
    for (let generation = 1; generation <= generations; generation++) {
      const result = await write(writing, draft, undefined, [keepUntil]);
      if (result !== 'taken') return result;
    }
    throw unavailable(1);
  });
}

/**
 * An update, whole or partial. The lock on the record spans reading, merging and writing, so that of two updates at
 * the same time neither is lost.
 */
export async function update(writing: Writing): Promise<Result> {
  const { call, register } = writing;
  const key = recordLock(call.resource.name, call.uuid);
  return holding(writing, [key], async (keepUntil) => {
    const stored = await register.readFresh(call.uuid, call.work);
    if (!stored) throw notFound();
    const draft = await draftOf(writing, stored);
    const result = await write(writing, draft, stored, [keepUntil]);
    if (result === 'taken') throw unavailable(1);
    return result;
  });
}

/**
 * Fills in what rules generate, takes their locks, asks them (phases 3 and 4), and writes.
 *
 * @returns `taken` when something that was generated turned out not to be unique
 */
async function write(
  writing: Writing,
  draft: Draft,
  stored: Stored | undefined,
  keepers: readonly KeepUntil[],
): Promise<Result | 'taken'> {
  const { call } = writing;
  const court = courtOf(writing);
  return holding(writing, completeLockKeys(court, draft.attempt), async (keepNumber) => {
    const generated = await complete(court, draft.attempt);
    const attempt: Attempt = { ...draft.attempt, merged: { ...draft.attempt.merged, ...generated } };
    const keys = lockKeys(court, attempt);

    return holding(writing, keys, async (keepUntil) => {
      const judged = await verdicts(court, 'record', attempt);
      // What is stored already was not made up, and another try would come to the same.
      const madeUp = Object.entries(generated).some(
        ([name, value]) => value !== stored?.representation[name],
      );
      // Another value may suit the rule that made it; what the other rules say stays as it is.
      const [ofMaker, ofOthers] = divided(judged, ({ rule }) => madeUp && rule.complete !== undefined);
      refuse(call.resource, ofOthers);
      if (ofMaker.length > 0) return 'taken';
      refuse(call.resource, await judge(court, 'cross-field', attempt));
      const change = { ...attempt.change, ...generated };
      const ready = { attempt: { ...attempt, change }, extra: draft.extra };
      return carryOut(writing, ready, stored, keys.length > 0, [...keepers, keepNumber, keepUntil]);
    });
  });
}

/** The complaints of some rules, and those of the others. */
function divided(
  judged: readonly Verdict[],
  isFirst: (verdict: Verdict) => boolean,
): [Complaint[], Complaint[]] {
  const complaintsOf = (some: readonly Verdict[]) => some.flatMap(({ complaints }) => complaints);
  return [complaintsOf(judged.filter(isFirst)), complaintsOf(judged.filter((one) => !isFirst(one)))];
}

/** The write itself, and what follows it. */
async function carryOut(
  writing: Writing,
  { attempt, extra }: Draft,
  before: Stored | undefined,
  isAlone: boolean,
  keepers: readonly KeepUntil[],
): Promise<Result> {
  const { call, register } = writing;
  const { resource, work } = call;
  const { change, merged } = attempt;
  const input = { change, merged, extra, ...(await hostOf(writing, resource, merged)) };
  refuse(resource, await register.tooLong({ ...input, stored: before }, work));
  const send = before
    ? () => register.update({ ...input, stored: before }, work)
    : () => register.create({ ...input, stored: undefined }, work);
  const probe = before ? probeUpdate(register, before, merged) : probeCreate(call, register, merged, isAlone);
  const entry = auditEntry(writing);
  const takeBack = (stored: Stored) => (undoWork: Work) =>
    entry.unlessItStands(
      before ? restore(register, stored, before, undoWork) : takeAway(writing, stored, undoWork),
    );
  const followOn = (on: Writing, stored: Stored, undoable: Undoable) =>
    follow(on, stored, takeBack(stored), () => {
      const change = { uuid: stored.uuid, before: undefined, after: stored.representation };
      return before ? entry.correct(stored, on.call.work) : entry.keep(on, change, undoable, keepers);
    });

  return undoing(work, async (undoable) => {
    if (before) {
      const change = { uuid: before.uuid, before: before.representation, after: shownOf(resource, merged) };
      await entry.keep(writing, change, undoable, keepers);
    }
    const stored = await settling(writing, send, keepers, {
      probe,
      async finish(found, later) {
        // A delete is done when nothing is found; of a create and an update, what is found is what was written.
        if (found) await finishLate({ ...writing, call: { ...call, work: later } }, found, entry, followOn);
        return found;
      },
      takeBack: (found, later) => takeBack(found)(later),
      handOver: () => undoable.handOver(),
    });
    evictLinked(writing, before?.representation, stored.representation);
    reportLosses(call, merged, stored);
    await followOn(writing, stored, undoable);
    return { kind: before ? 'record' : 'created', stored };
  });
}

/** What follows a write that turned out to be done; an entry of before it goes when that fails. */
async function finishLate(
  writing: Writing,
  stored: Stored,
  entry: AuditEntry,
  followOn: (on: Writing, stored: Stored, undoable: Undoable) => Promise<void>,
): Promise<void> {
  await undoing(writing.call.work, async (undoable) => {
    entry.goesWith(undoable);
    await followOn(writing, stored, undoable);
  });
}

/** Takes a new record away again. */
async function takeAway(writing: Writing, stored: Stored, work: Work): Promise<void> {
  const { register, call } = writing;
  const host = await hostOf({ ...writing, call: { ...call, work } }, call.resource, stored.representation);
  await register.remove({ stored, change: {}, merged: {}, extra: {}, ...host }, work);
}

/** Puts back what a record was, unless somebody else changed it since. */
export async function restore(
  register: Register,
  written: Stored,
  before: Stored,
  work: Work,
): Promise<void> {
  const now = await register.readFresh(written.uuid, work);
  if (!now || !isDeepStrictEqual(now.representation, written.representation)) throw notFound();
  const { representation } = before;
  await register.update({ stored: now, change: representation, merged: representation, extra: {} }, work);
}

/** A link that was made, or left, changes what is shown at its other end (cm-002, vrz-002, vrz-003). */
function evictLinked({ call, parts }: Writing, before: JsonObject | undefined, after: JsonObject): void {
  for (const [name, { link }] of Object.entries(call.resource.fields)) {
    if (link?.reach !== 'local') continue;
    for (const url of [before?.[name], after[name]]) {
      const place = typeof url === 'string' ? parts.ownUrls.find(url) : undefined;
      if (place) parts.registers.get(place.resource)?.evict(place.uuid);
    }
  }
}

/**
 * A create is done when the CRM has a record with its natural key. That only shows something while we hold the lock
 * on that key, and saw that it was free: otherwise the record may be somebody else's, and nobody can tell. Unless the
 * CRM told which record it made before it fell silent.
 */
function probeCreate(
  { resource }: Call,
  register: Register,
  merged: JsonObject,
  isAlone: boolean,
): Aftermath['probe'] {
  const names = resource.naturalKey ?? [];
  const keyIn = (record: JsonObject): string[] =>
    names.map((name) => scalarText(valueAt(record, resource.filters[name]?.on ?? name)) ?? '');
  const key = keyIn(merged);
  // A blank filter filters nothing, and not every field of a key is one.
  const filters = names.flatMap((name, index): [string, string][] => {
    const value = key[index] ?? '';
    return value === '' || !resource.filters[name] ? [] : [[name, value]];
  });
  return (failure) => {
    const uuid = failure instanceof UnfinishedWrite ? failure.uuid : undefined;
    if (uuid === undefined && (!isAlone || filters.length === 0)) return undefined;
    return async (work) => {
      const found =
        uuid === undefined
          ? await register.find(Object.fromEntries(filters), work)
          : [await register.readFresh(uuid, work)];
      const isIt = (one: Stored | undefined): boolean =>
        one !== undefined && (uuid !== undefined || isDeepStrictEqual(keyIn(one.representation), key));
      const stored = found.find(isIt);
      if (!stored) return { seen: 'not-done' };
      // Not everything that a request does needs to show: a new record of which that is uncertain is taken away.
      return mayBeHalf(failure) ? { seen: 'half', stored } : { seen: 'done', stored };
    };
  };
}

/** One request was carried out or was not; of several, some may have been. */
function mayBeHalf(failure: BackendProblem): boolean {
  return failure instanceof UnfinishedWrite && failure.half;
}

/** An update is done when the record is no longer what it was; one of several requests, when it is what was wanted. */
function probeUpdate(register: Register, before: Stored, merged: JsonObject): Aftermath['probe'] {
  const { resource } = register;
  return (failure) => async (work) => {
    const now = await register.readFresh(before.uuid, work);
    if (!now) return { seen: 'done', stored: now };
    if (isSame(resource, now, before)) return { seen: 'not-done' };
    const isHalf =
      mayBeHalf(failure) && differing(resource, shownOf(resource, merged), now.representation).length > 0;
    return { seen: isHalf ? 'half' : 'done', stored: now };
  };
}

/** CRMs drop what they do not know without a word; an operator should hear of it. Names of fields, never values. */
function reportLosses({ resource, work }: Call, merged: JsonObject, stored: Stored): void {
  const written = shownOf(resource, merged);
  const names = differing(resource, written, stored.representation);
  const fields = differingParts(names, written, stored.representation);
  if (fields.length > 0)
    work.observe({ event: 'values-not-kept', resource: resource.name, id: stored.uuid, fields });
}

/** Whether a record is what it was, but for what is derived of others. */
export function isSame(resource: Resource, one: Stored, other: Stored): boolean {
  return differing(resource, one.representation, other.representation).length === 0;
}

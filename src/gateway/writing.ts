import { merge, initialValues } from '../contract/merge.ts';
import { momentAt } from '../contract/moments.ts';
import { type ReadBody, readFields, readVariant } from '../contract/read-body.ts';
import { mainOf, type Resource } from '../contract/resource.ts';
import { deadlineIn } from '../deadline.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../json.ts';
import type { Clock } from '../mapping/functions.ts';
import { unexpectedError } from '../observe/events.ts';
import { BackendProblem, Problem } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { Attempt, World } from '../rules/rule.ts';
import type { Announcer } from './announce.ts';
import type { AuditParts } from './audit-entry.ts';
import { type Court, judge, refuse, type RuleSwitches } from './judge.ts';
import { readLinks } from './links.ts';
import type { KeepUntil, Locks } from './locks.ts';
import type { OwnUrls } from './own-urls.ts';
import type { Call } from './perform.ts';
import { type Probe, settle, type SettleSettings, UnsettledWrite } from './settle.ts';
import type { Tombstones } from './tombstones.ts';
import { takeBack } from './undo.ts';
import type { ReadRecord } from './world.ts';

/** What writing needs, apart from the call. */
export interface WriteParts {
  readonly registers: ReadonlyMap<string, Register>;
  readonly ownUrls: OwnUrls;
  readonly locks: Locks;
  readonly tombstones: Tombstones;
  readonly clock: Clock;
  readonly switches: RuleSwitches;
  /** How long the outcome of a write of a resource is looked for: as long as its own backends may take. */
  readonly settling: (resource: string) => SettleSettings;
  readonly announcer: Announcer;
  readonly audit: AuditParts;
  /** Told of everything that goes on after the answer, so that a shutdown can wait for it. */
  readonly background: (task: Promise<unknown>) => void;
}

/** Everything about one write while it is under way. */
export interface Writing {
  readonly call: Call;
  readonly register: Register;
  readonly readRecord: ReadRecord;
  /** What rules may ask, on behalf of some work: the call's own, or what goes on after its deadline. */
  readonly worldOn: (work: Work) => World;
  readonly parts: WriteParts;
}

/** A write that is ready to be judged: what the body supplied, and what it comes to. */
export interface Draft {
  readonly attempt: Attempt;
  readonly extra: JsonObject;
}

/** Does work while holding locks, but for those that the caller of this write holds already. */
export function holding<T>(
  { call, parts }: Writing,
  keys: readonly string[],
  work: (keepUntil: KeepUntil) => Promise<T>,
): Promise<T> {
  const { held = [] } = call;
  const missing = keys.filter((key) => !held.includes(key));
  return parts.locks.hold(missing, call.work.deadline, work);
}

/** Where the rules of a write are asked. */
export function courtOf({ call, worldOn, parts }: Writing): Court {
  const { resource, work } = call;
  return { resource, world: worldOn(work), switches: parts.switches, observe: work.observe };
}

/** The lock on a record: nobody else writes it, or makes or removes a part of it. */
export function recordLock(resource: string, uuid: string): string {
  return `${resource}/${uuid.toLowerCase()}`;
}

/** The lock on the record that a body makes a part of; none when the body leads to no such record. */
export function mainLocks({ call, parts }: Writing): string[] {
  const { resource, body } = call;
  const { partOf } = resource;
  const main = mainOf(resource);
  const url = partOf === undefined || !isObject(body) ? undefined : scalarText(body[partOf]);
  const place = url === undefined ? undefined : parts.ownUrls.findPath(url);
  return main !== undefined && place?.resource === main ? [recordLock(main, place.uuid)] : [];
}

/** The record that a record is, or is to be, a part of, as its CRM holds it: only a view needs it. */
export async function hostOf(
  { register, readRecord }: Writing,
  resource: Resource,
  representation: JsonObject,
): Promise<{ readonly host?: JsonObject }> {
  const main = mainOf(resource);
  if (!register.isView || main === undefined) return {};
  const stored = await readRecord(main, scalarText(representation[resource.partOf ?? '']) ?? '');
  return stored ? { host: stored.record } : {};
}

/** What the body of a write comes to, in whichever words it is. */
export function draftOf(writing: Writing, stored: Stored | undefined): Promise<Draft> {
  return writing.call.dialect?.readDraft?.(writing, stored) ?? readDraft(writing, stored);
}

/** Phases 1 and 2 of contract section 3.1: the fields with the rules about single fields, then the variant. */
async function readDraft(writing: Writing, stored: Stored | undefined): Promise<Draft> {
  const { resource, body } = writing.call;
  const attemptOf = attempting(writing, stored);
  const { change, extra, complaints } = readSupplied(writing, resource, body, stored?.representation);
  const first = attemptOf(change);
  refuse(resource, await judge(courtOf(writing), 'fields', first), complaints);

  const variant = readVariant(resource, body, first.merged);
  refuse(resource, variant.complaints);
  return { attempt: attemptOf({ ...change, ...variant.change }), extra };
}

/** What a change comes to, laid over what is stored, or over what a new record begins with. */
export function attempting(
  { call: { resource, operation }, parts }: Writing,
  stored: Stored | undefined,
): (change: JsonObject) => Attempt {
  const before = stored?.representation;
  const initial = before ?? initialValues(resource.fields, momentAt(parts.clock.now()));
  return (change) => ({
    operation,
    id: stored?.uuid,
    change,
    stored: before,
    merged: merge(resource, initial, change),
  });
}

/** What a body supplies of the fields that a declaration has, with its links as we keep them. */
export function readSupplied(
  { call, parts }: Writing,
  resource: Resource,
  body: Json,
  before: JsonObject | undefined,
): ReadBody {
  const partial = call.operation === 'partial_update';
  const fields = readFields(resource, body, { partial, ...(before ? { stored: before } : {}) });
  const linked = readLinks(resource, fields.change, parts.ownUrls);
  // What is no link of ours is looked for nowhere; the other fields are judged all the same.
  const wrong = new Set(linked.complaints.map(({ name }) => name));
  const change = Object.fromEntries(Object.entries(linked.change).filter(([name]) => !wrong.has(name)));
  return { change, extra: fields.extra, complaints: [...fields.complaints, ...linked.complaints] };
}

/** What is to be done when a write goes unanswered. */
export interface Aftermath {
  /** How a look at the CRM shows what became of it; undefined when no look can. */
  probe(failure: BackendProblem): Probe | undefined;
  /** What has to follow once it turns out that it was done after all; gives what is stored in the end. */
  finish(stored: Stored | undefined, work: Work): Promise<Stored | undefined>;
  /** Puts back what turns out to be done in part. */
  takeBack(stored: Stored, work: Work): Promise<void>;
  /** Called when the outcome is open: gives what undoes what was done before this write, should this not be done. */
  handOver?(): (work: Work) => Promise<void>;
}

/**
 * Carries out a write. When the CRM leaves it open whether it did, the client is told so at once, and the locks are
 * kept until a read-back shows what happened.
 */
export async function settling<T>(
  { call, parts }: Writing,
  carryOut: () => Promise<T>,
  keepers: readonly KeepUntil[],
  aftermath: Aftermath,
): Promise<T> {
  try {
    return await carryOut();
  } catch (error) {
    if (!isOpen(error)) throw error;
    const settled = afterSettling(
      call,
      aftermath.probe(error),
      parts.settling(call.resource.name),
      aftermath,
    );
    for (const keepUntil of keepers) keepUntil(settled);
    parts.background(settled);
    throw new UnsettledWrite(error, settled);
  }
}

/** Whether it is open if a request that failed was carried out. */
export function isOpen(error: unknown): error is BackendProblem {
  return error instanceof BackendProblem && error.outcome === 'unknown';
}

/** Never rejects: nobody waits for the answer any more, so whatever goes wrong is an event. */
async function afterSettling(
  call: Call,
  probe: Probe | undefined,
  settings: SettleSettings,
  aftermath: Aftermath,
): Promise<Stored | undefined> {
  const undoBefore = aftermath.handOver?.();
  const sighting = await settle(call, probe, settings);
  if (!sighting) return undefined;
  const work = { ...call.work, deadline: deadlineIn(settings.graceMs) };
  if (sighting.seen === 'done') return finishLate(aftermath, sighting.stored, work);
  if (sighting.seen === 'half') await putBack(call, aftermath, sighting.stored, work);
  await undoBefore?.(work);
  return undefined;
}

async function finishLate(
  aftermath: Aftermath,
  stored: Stored | undefined,
  work: Work,
): Promise<Stored | undefined> {
  try {
    return await aftermath.finish(stored, work);
  } catch (error) {
    // A problem was reported where it arose, and the write was taken back.
    if (!(error instanceof Problem)) work.observe(unexpectedError(error));
    return undefined;
  }
}

async function putBack(
  { resource, operation }: Call,
  aftermath: Aftermath,
  stored: Stored,
  work: Work,
): Promise<void> {
  const step = { resource: resource.name, id: stored.uuid, operation };
  const isBack = await takeBack(step, (undoWork) => aftermath.takeBack(stored, undoWork), work);
  if (isBack)
    work.observe({ event: 'write-settled', resource: resource.name, operation, outcome: 'not-done' });
}

import { isDeepStrictEqual } from 'node:util';

import { merge } from '../contract/merge.ts';
import { render } from '../contract/render.ts';
import { readFields, readVariant } from '../contract/read-body.ts';
import { type JsonObject, scalarText } from '../json.ts';
import { BackendProblem, notFound, unavailable } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { Attempt, World } from '../rules/rule.ts';
import { complete, judge, lockKeys, refuse, type RuleSwitches } from './judge.ts';
import type { KeepUntil, Locks } from './locks.ts';
import type { Call, Result } from './perform.ts';
import { type Probe, settle, type SettleSettings, UnsettledWrite } from './settle.ts';

/** What writing needs, apart from the call. */
export interface WriteParts {
  readonly locks: Locks;
  readonly switches: RuleSwitches;
  readonly settling: SettleSettings;
  /** Told of every write whose outcome is being looked for, so that a shutdown can wait for it. */
  readonly background: (task: Promise<unknown>) => void;
}

/** Everything about one write while it is under way. */
export interface Writing {
  readonly call: Call;
  readonly register: Register;
  readonly world: World;
  readonly parts: WriteParts;
}

/** A write that is ready to be judged: what the body supplied, and what it comes to. */
interface Draft {
  readonly attempt: Attempt;
  readonly extra: JsonObject;
}

/** How often something is generated again because it turned out to be taken. */
const generations = 5;

/** `klant_create`: fields, rules, and one write under the locks of the rules. */
export async function create(writing: Writing): Promise<Result> {
  const draft = await readDraft(writing, undefined);
  for (let generation = 1; generation <= generations; generation++) {
    const result = await write(writing, draft, undefined, []);
    if (result !== 'taken') return result;
  }
  throw unavailable(1);
}

/**
 * `klant_update` and `klant_partial_update`. The lock on the record spans reading, merging and writing, so that of
 * two updates at the same time neither is lost.
 */
export async function update(writing: Writing): Promise<Result> {
  return withRecord(writing, async (stored, keepUntil) => {
    const draft = await readDraft(writing, stored);
    const result = await write(writing, draft, stored, [keepUntil]);
    if (result === 'taken') throw unavailable(1);
    return result;
  });
}

/** `klant_delete`. */
export async function remove(writing: Writing): Promise<Result> {
  const { register, call } = writing;
  return withRecord(writing, async (stored, keepUntil) => {
    const probe: Probe = async (work) =>
      (await register.readFresh(stored.uuid, work))
        ? { seen: 'not-done' }
        : { seen: 'done', stored: undefined };
    await settling(writing, () => register.remove(stored, call.work), probe, [keepUntil]);
    return { kind: 'deleted' };
  });
}

/** Works on a record as the CRM has it, while nobody else changes it. */
async function withRecord(
  { call, register, parts }: Writing,
  work: (stored: Stored, keepUntil: KeepUntil) => Promise<Result>,
): Promise<Result> {
  const key = `${call.resource.name}/${call.uuid}`;
  return parts.locks.hold([key], call.work.deadline, async (keepUntil) => {
    const stored = await register.readFresh(call.uuid, call.work);
    if (!stored) throw notFound();
    return work(stored, keepUntil);
  });
}

/** Phases 1 and 2 of contract section 3.1: the fields with the rules about single fields, then the variant. */
async function readDraft({ call, world, parts }: Writing, stored: Stored | undefined): Promise<Draft> {
  const { resource, operation, body } = call;
  const before = stored?.representation;
  const partial = operation === 'partial_update';
  const attemptOf = (change: JsonObject): Attempt => ({
    operation,
    id: stored?.uuid,
    change,
    stored: before,
    merged: merge(resource, before, change),
  });

  const fields = readFields(resource, body, { partial, ...(before ? { stored: before } : {}) });
  const first = attemptOf(fields.change);
  refuse(resource, await judge(resource, 'fields', first, parts.switches, world), fields.complaints);

  const variant = readVariant(resource, body, first.merged);
  refuse(resource, variant.complaints);
  return { attempt: attemptOf({ ...fields.change, ...variant.change }), extra: fields.extra };
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
  const { call, register, world, parts } = writing;
  const { resource, work } = call;
  const generated = await complete(resource, draft.attempt, world);
  const attempt: Attempt = { ...draft.attempt, merged: { ...draft.attempt.merged, ...generated } };
  const keys = lockKeys(resource, attempt, parts.switches);

  return parts.locks.hold(keys, work.deadline, async (keepUntil) => {
    const complaints = await judge(resource, 'record', attempt, parts.switches, world);
    // What is stored already was not made up, and another try would come to the same.
    const madeUp = Object.entries(generated).some(([name, value]) => value !== stored?.representation[name]);
    if (complaints.length > 0 && madeUp) return 'taken';
    refuse(resource, complaints);
    refuse(resource, await judge(resource, 'cross-field', attempt, parts.switches, world));

    const input = { change: { ...attempt.change, ...generated }, merged: attempt.merged, extra: draft.extra };
    const carryOut = stored
      ? () => register.update({ ...input, stored }, work)
      : () => register.create({ ...input, stored: undefined }, work);
    const isAlone = keys.length > 0;
    const probe = stored
      ? probeUpdate(register, stored)
      : probeCreate(call, register, attempt.merged, isAlone);
    const result = await settling(writing, carryOut, probe, [...keepers, keepUntil]);
    reportLosses(call, attempt.merged, result);
    return { kind: stored ? 'record' : 'created', stored: result };
  });
}

/**
 * Carries out a write. When the CRM leaves it open whether it did, the client is told so at once, and the locks are
 * kept until a read-back shows what happened.
 */
async function settling<T>(
  { call, parts }: Writing,
  carryOut: () => Promise<T>,
  probe: Probe,
  keepers: readonly KeepUntil[],
): Promise<T> {
  try {
    return await carryOut();
  } catch (error) {
    if (!(error instanceof BackendProblem) || error.outcome !== 'unknown') throw error;
    const settled = settle(call, probe, parts.settling);
    for (const keepUntil of keepers) keepUntil(settled);
    parts.background(settled);
    throw new UnsettledWrite(error, settled);
  }
}

/**
 * A create is done when the CRM has a record with its natural key. That only shows something while we hold the lock
 * on that key, and saw that it was free: otherwise the record may be somebody else's, and nobody can tell.
 */
function probeCreate({ resource }: Call, register: Register, merged: JsonObject, isAlone: boolean): Probe {
  return async (work: Work) => {
    const filters = Object.fromEntries(
      (resource.naturalKey ?? []).map((name) => [name, scalarText(merged[name]) ?? '']),
    );
    if (!isAlone || Object.keys(filters).length === 0) throw notFound();
    const { items } = await register.list({ filters, page: 1 }, work);
    const [stored] = items;
    return stored ? { seen: 'done', stored } : { seen: 'not-done' };
  };
}

/** An update is done when the record is no longer what it was. */
function probeUpdate(register: Register, before: Stored): Probe {
  return async (work) => {
    const now = await register.readFresh(before.uuid, work);
    const same = isDeepStrictEqual(now?.representation, before.representation);
    return same ? { seen: 'not-done' } : { seen: 'done', stored: now };
  };
}

/** CRMs drop what they do not know without a word; an operator should hear of it. Names of fields, never values. */
function reportLosses({ resource, work }: Call, merged: JsonObject, { uuid, representation }: Stored): void {
  // As it would be shown: an object of which nothing is set is shown as null.
  const wanted = render(resource, merged, {}).representation;
  const fields = Object.keys(representation).filter(
    (name) => !isDeepStrictEqual(wanted[name], representation[name]),
  );
  if (fields.length > 0)
    work.observe({ event: 'values-not-kept', resource: resource.name, id: uuid, fields });
}

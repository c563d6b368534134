import { isDeepStrictEqual } from 'node:util';
import { deadlineIn } from '../deadline.ts';
import { type JsonObject, scalarText } from '../json.ts';
import { Problem } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { KeepUntil } from './locks.ts';
import { settle } from './settle.ts';
import { type Step, takeBack } from './undo.ts';
import { isOpen, type Writing } from './writing.ts';

/**
 * Writes an entry. When nobody answers, a look may show that it is there; one that only comes later is withdrawn then.
 *
 * @param keepers keep the locks of the write until that is certain
 * @throws Problem when it cannot be written
 */
export async function writeEntry(
  { call, parts }: Writing,
  trail: Register,
  entry: JsonObject,
  keepers: readonly KeepUntil[],
): Promise<Stored> {
  const look = async (work: Work): Promise<Stored | undefined> => {
    const found = await trail.find({ hoofdObject: scalarText(entry.hoofdObject) ?? '' }, work);
    return found.find(({ representation }) => isSameEntry(representation, entry));
  };
  try {
    return await trail.create({ stored: undefined, change: entry, merged: entry, extra: {} }, call.work);
  } catch (error) {
    if (!isOpen(error)) throw error;
    const found = await unlessProblem(look(call.work));
    if (found) return found;
    if (parts.audit.required) {
      const gone = withdrawLate({ call, parts }, trail, look);
      for (const keepUntil of keepers) keepUntil(gone);
      parts.background(gone);
    }
    throw error;
  }
}

/** Never rejects: what cannot be seen or withdrawn is an event. */
async function withdrawLate(
  { call, parts }: Pick<Writing, 'call' | 'parts'>,
  trail: Register,
  look: (work: Work) => Promise<Stored | undefined>,
): Promise<void> {
  const settings = parts.settling(trail.resource.name);
  const sighting = await settle(
    { ...call, resource: trail.resource, operation: 'create' },
    async (work) => {
      const stored = await look(work);
      return stored ? { seen: 'done', stored } : { seen: 'not-done' };
    },
    settings,
  );
  if (sighting?.seen !== 'done' || !sighting.stored) return;
  const { stored } = sighting;
  const work = { ...call.work, deadline: deadlineIn(settings.graceMs) };
  await takeBack(stepOf(trail, stored), (undoWork) => withdrawEntry(trail, stored, undoWork), work);
}

/** Whether an entry is this very one; a store may keep whole seconds, and not every field. */
function isSameEntry(one: JsonObject, other: JsonObject): boolean {
  const told = (entry: JsonObject) => [
    entry.actie,
    entry.resourceUrl,
    scalarText(entry.aanmaakdatum)?.slice(0, 19),
    entry.wijzigingen,
  ];
  return isDeepStrictEqual(told(one), told(other));
}

/**
 * Takes an entry out of the trail. One that is gone already, or goes without an answer, is withdrawn.
 *
 * @throws Problem when it is still there, or nobody can tell
 */
export async function withdrawEntry(trail: Register, entry: Stored, work: Work): Promise<void> {
  try {
    await trail.remove({ stored: entry, change: {}, merged: {}, extra: {} }, work);
  } catch (error) {
    if (!(error instanceof Problem) || (await trail.readFresh(entry.uuid, work))) throw error;
  }
}

/**
 * Makes an entry say something else. The change is done and has its entry: one that says it less exactly is an event,
 * and no reason to undo anything.
 *
 * @returns the entry as it is then
 */
export async function correctEntry(
  trail: Register,
  entry: Stored,
  wijzigingen: JsonObject,
  work: Work,
): Promise<Stored> {
  const merged = { ...entry.representation, wijzigingen };
  const update = trail.supports('update')
    ? trail.update({ stored: entry, change: { wijzigingen }, merged, extra: {} }, work)
    : undefined;
  const stored = update && (await unlessProblem(update));
  if (stored) return stored;
  const place = { resource: trail.resource.name, id: entry.uuid };
  work.observe({ event: 'values-not-kept', ...place, fields: ['wijzigingen.nieuw'] });
  return entry;
}

/** The writing of an entry, as an operator is told when it could not be taken back. */
export function stepOf(trail: Register, { uuid }: Stored): Step {
  return { resource: trail.resource.name, id: uuid, operation: 'create' };
}

/** Undefined when a backend gave no usable answer, which the operator has heard by then. */
async function unlessProblem<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

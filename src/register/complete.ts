import { namesIn } from '../dotted-path.ts';
import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../json.ts';
import { assignedUuid } from '../mapping/ids.ts';
import type { MappedPart } from '../mapping/set.ts';
import { type BackendOf, buildRequest } from './plan.ts';
import { inBatches } from './stretch.ts';
import { withSupplements } from './supplement.ts';
import { ask, unexpectedAnswer, type Work } from './work.ts';

/** How many records are given their id at the same time. */
const assignmentsAtOnce = 4;

/**
 * Records of the CRM with all that belongs to them: the columns that other backends keep, and an id where they have
 * none yet.
 *
 * @throws Problem when a backend does not answer: a record that is half there is not shown
 */
export async function completeRecords(
  mapped: MappedPart,
  records: readonly Json[],
  backendOf: BackendOf,
  work: Work,
): Promise<readonly Json[]> {
  const whole = await withSupplements(mapped, records, backendOf, work);
  const { assign } = mapped.id;
  if (!assign) return whole;
  return inBatches(whole, assignmentsAtOnce, (record) => withId(mapped, assign, record, backendOf, work));
}

/**
 * A record that was there before Klantbrug has no UUID in its field. It gets one that follows from its own key, so that
 * whoever else comes upon it at the same time stores the same. Only what is stored is shown: a UUID that nobody can
 * find again would be a link to nothing.
 */
async function withId(
  mapped: MappedPart,
  assign: NonNullable<MappedPart['id']['assign']>,
  record: Json,
  backendOf: BackendOf,
  work: Work,
): Promise<Json> {
  const [field = ''] = mapped.id.fields;
  if (!isObject(record) || (scalarText(valueAt(record, field)) ?? '') !== '') return record;
  const key = scalarText(valueAt(record, assign.of)) ?? '';
  if (key === '') throw unexpectedAnswer(mapped.backend, work);
  const uuid = assignedUuid(key, mapped.resource.name);
  const request = await buildRequest(assign.request, { record, uuid }, {}, work, 'write');
  const answer = request && (await ask(backendOf(assign.backend), request, work));
  if (answer?.meaning !== 'ok') throw unexpectedAnswer(assign.backend, work);
  return withValue(record, namesIn(field), uuid);
}

/** A copy with a value at a path; what is on the way there is made. */
function withValue(record: JsonObject, [name = '', ...rest]: readonly string[], value: string): JsonObject {
  const inner = record[name];
  return {
    ...record,
    [name]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value),
  };
}

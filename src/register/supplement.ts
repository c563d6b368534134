import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../json.ts';
import type { MappedPart, MappedSupplement } from '../mapping/set.ts';
import { askFor, type BackendOf } from './plan.ts';
import { inBatches, recordsIn } from './stretch.ts';
import type { Work } from './work.ts';

/** How many batches of keys are asked for at the same time. */
const batchesAtOnce = 2;

/**
 * Joins the columns that other backends keep to the records of a list, a batch of keys in each request. The row is
 * under the supplement's name; a record that has none goes without.
 *
 * @throws Problem when a supplement's backend does not answer: a record that is half there is not shown
 */
export async function withSupplements(
  mapped: MappedPart,
  records: readonly Json[],
  backendOf: BackendOf,
  work: Work,
): Promise<readonly Json[]> {
  let whole = records;
  for (const supplement of mapped.supplements) whole = await join(supplement, whole, backendOf, work);
  return whole;
}

async function join(
  supplement: MappedSupplement,
  records: readonly Json[],
  backendOf: BackendOf,
  work: Work,
): Promise<readonly Json[]> {
  const keys = [
    ...new Set(records.map((record) => scalarText(valueAt(record, supplement.own)) ?? '')),
  ].filter((key) => key !== '');
  const batches: string[][] = [];
  for (let start = 0; start < keys.length; start += supplement.atOnce) {
    batches.push(keys.slice(start, start + supplement.atOnce));
  }
  const found = await inBatches(batches, batchesAtOnce, (batch) =>
    rowsFor(supplement, batch, backendOf, work),
  );
  const byKey = new Map(found.flat().map((row) => [scalarText(valueAt(row, supplement.theirs)) ?? '', row]));
  return records.map((record) => {
    const row = byKey.get(scalarText(valueAt(record, supplement.own)) ?? '');
    return isObject(record) && row ? { ...record, [supplement.name]: row } : record;
  });
}

async function rowsFor(
  { backend, request: translation, records }: MappedSupplement,
  keys: string[],
  backendOf: BackendOf,
  work: Work,
): Promise<JsonObject[]> {
  const answer = await askFor(translation, { keys }, { name: backend, of: backendOf }, work);
  return recordsIn(answer.body, records).filter(isObject);
}

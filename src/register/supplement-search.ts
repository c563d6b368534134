import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../json.ts';
import type { MappedPart, MappedSupplement } from '../mapping/set.ts';
import { type BackendOf, buildRequest } from './plan.ts';
import type { RecordReader } from './record-reader.ts';
import { inBatches, recordsIn } from './stretch.ts';
import { Problem } from '../problem.ts';
import { ask, isMissing, unexpectedAnswer, type Work } from './work.ts';

/** How many rows are asked for in one request. */
export const rowsAtOnce = 100;

/** How many records are read at the same time. */
const recordsAtOnce = 4;

/** What finds records by what other backends keep of them. */
export interface SupplementSearch {
  /** The filters as the mapping sees them: with ids of the CRM in the place of URLs. */
  readonly filters: JsonObject;
  /** How many rows may be looked at. */
  readonly maxRecords: number;
  /** What is thrown when there are more. */
  readonly tooMany: () => Error;
  readonly backendOf: BackendOf;
  readonly reader: RecordReader;
}

/**
 * Finds records that the CRM's own search could not find, because what is looked for is in a supplement of them: each is
 * read once its row is found. A row of which the record is gone finds nothing.
 *
 * @param found the records that the CRM's search gave; these are not read again
 * @returns the others; undefined when no supplement has a search for these filters
 * @throws Problem when a backend does not answer, or `tooMany`; 502 for a row of which nobody can tell the record
 */
export async function foundBySupplements(
  mapped: MappedPart,
  found: readonly Json[],
  search: SupplementSearch,
  work: Work,
): Promise<readonly Json[] | undefined> {
  const { codec, fields } = mapped.id;
  const [own = ''] = fields;
  const known = new Set(found.map((record) => keyAt(record, own)));
  const others: { readonly key: string; readonly uuid: string }[] = [];
  let isAsked = false;
  for (const supplement of mapped.supplements) {
    const rows = await rowsOf(supplement, search, work);
    isAsked ||= rows !== undefined;
    for (const row of rows ?? []) {
      const key = keyAt(row, supplement.theirs);
      if (known.has(key)) continue;
      const uuid = codec.toUuid(key);
      if (uuid === undefined) throw unusableRow(mapped, supplement, work);
      known.add(key);
      others.push({ key, uuid });
    }
  }
  if (!isAsked) return undefined;
  const records = await inBatches(others, recordsAtOnce, ({ key, uuid }) =>
    // A UUID of which the id is looked up does not tell it.
    search.reader.readFresh({ uuid, id: codec.fromUuid(uuid) ?? key }, work),
  );
  return records.filter((record) => record !== undefined);
}

/** Such a row is never silently left out: the list would be short, and nobody would know. */
function unusableRow({ resource }: MappedPart, { name, theirs }: MappedSupplement, work: Work): Problem {
  const field = `${name}.${theirs}`;
  work.observe({ event: 'record-unrenderable', resource: resource.name, id: 'none', field, code: 'id' });
  return new Problem('BadGateway');
}

function keyAt(value: Json, place: string): string {
  return scalarText(valueAt(value, place)) ?? '';
}

/** All rows that a supplement's search finds, a page of them in each request; undefined when it is not about these filters. */
async function rowsOf(
  { backend, search: translation, records }: MappedSupplement,
  { filters, maxRecords, tooMany, backendOf }: SupplementSearch,
  work: Work,
): Promise<readonly JsonObject[] | undefined> {
  if (!translation) return undefined;
  const rows: JsonObject[] = [];
  for (let page = 1; ; page++) {
    const asked = { filters, offset: rows.length, limit: rowsAtOnce, page };
    const request = await buildRequest(translation, asked, {}, work, 'read');
    if (!request) return page === 1 ? undefined : rows;
    const answer = await ask(backendOf(backend), request, work);
    if (isMissing(answer)) return rows;
    if (answer.meaning !== 'ok') throw unexpectedAnswer(backend, work);
    const some = recordsIn(answer.body, records).filter(isObject);
    rows.push(...some);
    if (rows.length > maxRecords) throw tooMany();
    if (some.length < rowsAtOnce) return rows;
  }
}

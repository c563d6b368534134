import { isObject, type Json, type JsonObject, valueAt } from '../json.ts';
import type { MappedId, MappedPart } from '../mapping/set.ts';
import { translate, type Work } from './work.ts';

/** The id that a record holds, as the codec takes it. */
export function idIn({ fields }: MappedId, record: unknown): unknown {
  const [first = '', ...more] = fields;
  return more.length === 0 ? valueAt(record, first) : fields.map((field) => valueAt(record, field));
}

/** The rows that a resource shows of one record of the CRM: several, one or none where the mapping says `rows`. */
export async function rowsOf(mapped: MappedPart, record: Json, work: Work): Promise<readonly JsonObject[]> {
  if (!mapped.rows) return isObject(record) ? [record] : [];
  const rows: unknown = await translate(mapped.rows, record, {}, work, 'incoming');
  // JSONata hands over a list of one as the item itself, and one of none as nothing.
  return [rows ?? []].flat().filter(isObject);
}

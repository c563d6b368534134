import { tooLongReason } from '../contract/text.ts';
import { type JsonObject, valueAt } from '../json.ts';
import type { Complaint } from '../problem.ts';

/**
 * What is too long for the CRM, though not for the standard. What is stored already is left alone.
 *
 * Characters are counted as most databases do: one beyond the first 65,536 of Unicode, such as an emoji, counts twice.
 * So no CRM is sent more than it can keep, and one that counts otherwise a little less.
 *
 * @param lengths the most characters of a field, by its dotted name
 * @param merged the representation as it is to be stored, with links as the mapping sees them
 */
export function tooLong(
  lengths: Readonly<Record<string, number>>,
  merged: JsonObject,
  stored: JsonObject | undefined,
): Complaint[] {
  return Object.entries(lengths).flatMap(([name, limit]): Complaint[] => {
    const value = valueAt(merged, name);
    const isNew = stored === undefined || valueAt(stored, name) !== value;
    if (typeof value !== 'string' || value.length <= limit || !isNew) return [];
    return [{ name, code: 'max_length', reason: tooLongReason(limit) }];
  });
}

import { isObject, type Json, scalarText, valueAt } from '../../json.ts';
import type { MappedPart } from '../../mapping/set.ts';
import { recordsIn } from '../../register/stretch.ts';
import type { BackendReading } from './answers-of.ts';
import { code, errorHint, holds, placeIn } from './words-of-answer.ts';

/** An answer that ought to be a list of a part; undefined where it is one, as far as can be seen. */
export function listAdvice({ list }: MappedPart, { value, whole }: BackendReading): string | undefined {
  if (!list) return undefined;
  const { total, paging } = list;
  if (total?.by === 'request' && isNumber(total.at === undefined ? value : valueAt(value, total.at)))
    return undefined;
  const absent = recordsAdvice(list.records, { value, whole });
  if (absent !== undefined) return absent;
  const { length } = recordsIn(value, list.records);
  if (length > paging.size)
    return `The answer has ${length} records, more than \`paging.size\` (${paging.size}): how large are the CRM's pages?`;
  if (total?.by !== 'answer') return undefined;
  const counted = valueAt(value, total.at);
  if (!isNumber(counted)) return totalAdvice(total.at, value);
  return countAdvice(length, Number(counted), paging.size);
}

function countAdvice(length: number, counted: number, size: number): string | undefined {
  if (length > counted)
    return `The answer has ${length} records, and \`list.total\` says ${counted}: is that the count of another thing?`;
  if (length < Math.min(size, counted))
    return (
      `The answer has ${length} of ${counted} records, and \`paging.size\` is ${size}: ` +
      "how large are the CRM's pages, and does the list file pass on where to begin?"
    );
  return undefined;
}

/** That there is nothing where the records should be. */
export function recordsAdvice(
  path: string | undefined,
  { value, whole }: Pick<BackendReading, 'value' | 'whole'>,
): string | undefined {
  if (path === undefined) {
    if (Array.isArray(value)) return undefined;
    const list = placeIn(value, (_, inner) => Array.isArray(inner));
    const where = list === undefined ? '' : ` ${code(list)} is a list: is that \`list.records\`?`;
    return list === undefined && isObject(value) && errorHint(whole) === ''
      ? undefined
      : `The answer is no list: it has ${holds(value)}.${where}${errorHint(whole)}`;
  }
  const found = valueAt(value, path);
  if (Array.isArray(found) || isObject(found)) return undefined;
  const list = placeIn(value, (_, inner) => Array.isArray(inner));
  const instead = list === undefined ? '' : ` ${code(list)} is a list: is that \`list.records\`?`;
  return `There is no list at ${code(path)} (\`list.records\`); the answer has ${holds(value)}.${instead}${errorHint(whole)}`;
}

/** That there is no number where the count should be. */
export function totalAdvice(path: string | undefined, value: Json | undefined): string {
  const named = placeIn(value, (name, inner) => /total|totaal|count|aantal/i.test(name) && isNumber(inner));
  const instead = named === undefined ? '' : ` ${code(named)} is one: is that it?`;
  const where = path === undefined ? 'The answer is no number' : `There is no number at ${code(path)}`;
  return (
    `${where} (\`list.total\`); the answer has ${holds(value)}.${instead}` +
    ' Where the CRM does not count, leave `list.total` out.'
  );
}

/** An answer that ought to be a record of a part; undefined where nothing can be said. */
export function recordAdvice(part: MappedPart, { value, whole }: BackendReading): string | undefined {
  const { read, id } = part;
  const record = read.record === undefined ? value : valueAt(value, read.record);
  if (read.record !== undefined && (record === undefined || record === null))
    return `There is nothing at ${code(read.record)} (\`read.record\`); the answer has ${holds(value)}.${errorHint(whole)}`;
  const missing = missingId(part, record);
  if (missing === undefined)
    return `The id at ${id.fields.map(code).join(' and ')} is not the one that was asked for, or not as \`id.form\` says.`;
  const near = placeIn(value, (_, inner) => missingId(part, firstOf(inner)) === undefined);
  const inside = near !== undefined && Array.isArray(valueAt(value, near)) ? `${near}.0` : near;
  const place = inside === undefined ? '' : ` Is ${code(inside)} the place of the record (\`read.record\`)?`;
  return `There is no id at ${code(missing)} (\`id.field\`); there is ${holds(record)}.${place}${inside === undefined ? errorHint(whole) : ''}`;
}

/** The first place of an id at which a record has nothing. */
function missingId({ id }: MappedPart, record: Json | undefined): string | undefined {
  return id.fields.find((field) => scalarText(valueAt(record, field)) === undefined);
}

/** An answer to a step that ought to say which record was made. */
export function createdAdvice({ plans }: MappedPart, { value, whole }: BackendReading): string | undefined {
  const places = (plans.create ?? [])
    .flatMap((step) => [step.id, step.record])
    .filter((at) => at !== undefined);
  const path = places.find((at) => at !== '$' && valueAt(value, at) === undefined);
  if (path === undefined) return undefined;
  return `There is nothing at ${code(path)} (\`id\` or \`record\` of a step of \`create\`); the answer has ${holds(value)}.${errorHint(whole)}`;
}

function firstOf(value: Json): Json | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function isNumber(value: Json | undefined): boolean {
  return /^[0-9]{1,15}$/.test(scalarText(value) ?? '');
}

import { type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { type Field, type Objekt, objects } from './salesforce-objects.ts';
import type { Comparison, Condition, Literal, Query } from './salesforce-soql.ts';

/** A record as it is kept: names with a dot are fields of what it leads to. */
export type Row = JsonObject;

/** Why a query cannot be carried out. */
export class QueryError extends Error {
  readonly errorCode: string;

  constructor(errorCode: string, message: string) {
    super(message);
    this.errorCode = errorCode;
  }
}

/** The fields of an object, by their names; capitals do not count. */
export function fieldOf(object: Objekt, name: string): readonly [string, Field] | undefined {
  return Object.entries(object.fields).find(([key]) => key.toLowerCase() === name.toLowerCase());
}

/**
 * What a query finds, in its order, before LIMIT and OFFSET. Texts compare without capitals; ids with them.
 *
 * @throws QueryError for fields that are not there, or that cannot be searched or compared in that way
 */
export function find(query: Query, object: Objekt, rows: readonly Row[]): readonly Row[] {
  for (const name of query.fields ?? []) known(query.from, object, name);
  const test = query.where ? testOf(query.where, query.from, object) : () => true;
  const found = rows.filter(test);
  const orders = query.orderBy.map(({ field, descending }) => {
    const [name, { kind }] = known(query.from, object, field);
    if (kind === 'long') throw cannot(name, 'sorted');
    return { name, descending };
  });
  return [...found].sort((one, other) => {
    for (const { name, descending } of orders) {
      const [left, right] = [one[name] ?? null, other[name] ?? null];
      const order = name === 'Id' ? byId(left, right) : compare(left, right);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** The fields that were asked for, with those of what the record leads to as objects of their own. */
export function shown(row: Row, query: Query, object: Objekt, type: string, base: string): JsonObject {
  const result: Record<string, Json> = {
    attributes: { type, url: `${base}/sobjects/${type}/${scalarText(row.Id) ?? ''}` },
  };
  for (const asked of query.fields ?? []) {
    const [name] = fieldOf(object, asked) ?? [asked];
    const [outer = '', inner] = name.split('.');
    const value = row[name] ?? null;
    if (inner === undefined) result[outer] = value;
    else result[outer] = value === null ? null : { attributes: { type: 'Name' }, [inner]: value };
  }
  return result;
}

function known(type: string, object: Objekt, name: string): readonly [string, Field] {
  const found = fieldOf(object, name);
  if (!found)
    throw new QueryError(
      'INVALID_FIELD',
      `No such column '${name}' on entity '${type}'. Did you append __c?`,
    );
  return found;
}

function cannot(name: string, done: string): QueryError {
  return new QueryError('INVALID_FIELD', `field '${name}' can not be ${done} in a query call`);
}

function testOf(condition: Condition, type: string, object: Objekt): (row: Row) => boolean {
  if ('not' in condition) {
    const test = testOf(condition.not, type, object);
    return (row) => !test(row);
  }
  if ('all' in condition) {
    const tests = condition.all.map((one) => testOf(one, type, object));
    return (row) => tests.every((test) => test(row));
  }
  if ('any' in condition) {
    const tests = condition.any.map((one) => testOf(one, type, object));
    return (row) => tests.some((test) => test(row));
  }
  return comparisonOf(condition, type, object);
}

const kindsOf: Readonly<Record<Field['kind'], readonly Literal['kind'][]>> = {
  text: ['text'],
  long: [],
  email: ['text'],
  picklist: ['text'],
  reference: ['text'],
  number: ['number'],
  boolean: ['boolean'],
  date: ['date'],
  datetime: ['datetime'],
};

function comparisonOf(comparison: Comparison, type: string, object: Objekt): (row: Row) => boolean {
  const [name, field] = known(type, object, comparison.field);
  const { operator, values } = comparison;
  if (field.kind === 'long') throw cannot(name, 'filtered');
  for (const value of values)
    if (value.kind !== 'null' && !kindsOf[field.kind].includes(value.kind))
      throw new QueryError(
        'INVALID_FIELD',
        `value of filter criterion for field '${name}' must be of type ${field.kind}${value.kind === 'text' ? ' and should not be enclosed in quotes' : ''}`,
      );
  const isId = name === 'Id' || field.kind === 'reference';
  const wanted = values.map((value) =>
    isId ? idKey(name, value) : value.kind === 'text' ? withoutEscapes(value.value) : value.value,
  );
  const of = (row: Row): Json => {
    const value = row[name] ?? null;
    return isId && typeof value === 'string' ? value.slice(0, 15) : value;
  };
  const [first = null] = wanted;
  if (operator === 'LIKE') {
    const pattern = likePattern(scalarText(values[0]?.value) ?? '');
    return (row) => pattern.test(scalarText(of(row)) ?? '');
  }
  const same = (one: Json, other: Json) =>
    isId ? one === other : compare(one, other === '' ? null : other) === 0;
  if (operator === 'IN') return (row) => wanted.some((value) => same(of(row), value));
  if (operator === '=') return (row) => same(of(row), first);
  if (operator === '!=') return (row) => !same(of(row), first);
  return (row) => {
    const value = of(row);
    if (value === null || first === null) return false;
    const order = compare(value, first);
    return operator === '<'
      ? order < 0
      : operator === '<='
        ? order <= 0
        : operator === '>'
          ? order > 0
          : order >= 0;
  };
}

/** Ids are compared by their first 15 characters, in which capitals count. */
function idKey(name: string, { value }: Literal): string | null {
  if (value === null) return null;
  const id = String(value);
  const isKnown = Object.values(objects).some(({ prefix }) => id.startsWith(prefix));
  if (!/^[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?$/.test(id) || !isKnown)
    throw new QueryError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${id} (${name})`);
  return id.slice(0, 15);
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([%_])/g, '$1');
}

function likePattern(text: string): RegExp {
  const parts = text.match(/\\[%_]|./gsu) ?? [];
  const pattern = parts.map((part) =>
    part === '%'
      ? '.*'
      : part === '_'
        ? '.'
        : part.replace(/^\\(?=[%_])/, '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  return new RegExp(`^${pattern.join('')}$`, 'isu');
}

/** In ids capitals count. */
function byId(one: Json, other: Json): number {
  return (scalarText(one) ?? '') < (scalarText(other) ?? '') ? -1 : 1;
}

/** Nothing comes first; capitals do not count; moments are compared as moments. */
function compare(one: Json, other: Json): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? -1 : 1;
  const [left, right] = [comparable(one), comparable(other)];
  return left === right ? 0 : left < right ? -1 : 1;
}

function comparable(value: Json): string | number {
  if (typeof value === 'number') return value;
  const text = scalarText(value) ?? '';
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return text.toLowerCase().trimEnd();
}

import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { parseUrl } from '../../src/url.ts';
import {
  envelope,
  type Handler,
  guarded,
  hasHeader,
  jsonBody,
  newTable,
  numberedPage,
  Refused,
  routes,
  type StandIn,
  type StandInCall,
} from './kit/index.ts';

/** An object as the API shows it, but for its `url`. */
interface StoredObject {
  readonly uuid: string;
  readonly type: string;
  readonly record: JsonObject;
}

const crs = 'EPSG:4326';
const usualSize = 100;
const highestSize = 500;
const today = () => new Date().toISOString().slice(0, 10);

/**
 * The Objecten API 2: objects of some type, each with `data` of any form. What it does and does not look at is what
 * the real one does: unknown parameters are passed over, `exact` finds numbers as well as texts, a change of `data`
 * is merged with what is there, and its null removes nothing.
 */
export function objecten({ token = 'objecten-token' } = {}): StandIn {
  return {
    title: 'Objecten API 2',
    base: '/api/v2',
    port: 9101,
    open(url) {
      const objects = newTable<StoredObject>();
      const shown = (object: StoredObject) => ({ url: `${url}/objects/${object.uuid}`, ...object });
      const find = ({ params }: StandInCall) => objects.get(params.uuid, failing(404, 'Not found.'));
      const put = (object: StoredObject, record: JsonObject) => {
        const index = Number(object.record.index) + 1;
        const changed = { ...object, record: { ...object.record, ...record, index } };
        objects.put(object.uuid, changed);
        return { status: 200, body: shown(changed) };
      };

      const handler = routes(
        {
          'GET /objects': (call) => {
            const { query } = call;
            const found = ordered(objects.where(filterIn(query)), query.get('ordering'));
            const page = numberedPage(found.map(shown), pageIn(query), sizeIn(query));
            if (!page) return failing(404, 'Invalid page.');
            return { status: 200, body: envelope(page, url, call) };
          },
          'POST /objects': (call) => {
            const { type, record } = bodyOf(call, true);
            const start = { index: 1, geometry: null, endAt: null, correctionFor: null, correctedBy: null };
            const object = objects.add((uuid) => ({
              uuid,
              type,
              record: { ...start, ...record, registrationAt: today() },
            }));
            return { status: 201, headers: { Location: shown(object).url }, body: shown(object) };
          },
          'GET /objects/:uuid': (call) => ({ status: 200, body: shown(find(call)) }),
          'PUT /objects/:uuid': (call) => put(find(call), bodyOf(call, true).record),
          'PATCH /objects/:uuid': (call) => {
            const object = find(call);
            const { record } = bodyOf(call, false);
            return put(object, { ...record, data: merged(object.record.data, record.data ?? {}) });
          },
          'DELETE /objects/:uuid': (call) => {
            objects.remove(find(call).uuid);
            return { status: 204 };
          },
        },
        failing,
      );
      return guarded(
        hasHeader('Authorization', `Token ${token}`),
        failing(401, 'Authentication credentials were not provided.'),
        withCoordinates(handler),
      );
    },
  };
}

function failing(status: number, detail: string) {
  return { status, body: { detail } };
}

/** Which coordinates a body uses must be said, also where it has none. */
function withCoordinates(handler: Handler): Handler {
  return (call) => {
    const { 'content-crs': content, 'accept-crs': accept } = call.headers;
    const writes = ['POST', 'PUT', 'PATCH'].includes(call.method);
    if (writes && content === undefined) return failing(412, "'Content-Crs' header ontbreekt");
    if (writes && content !== crs) return failing(406, `CRS '${String(content)}' is niet ondersteund`);
    if (call.method !== 'DELETE' && accept !== undefined && accept !== crs)
      return failing(406, `CRS '${String(accept)}' is niet ondersteund`);
    return handler(call);
  };
}

function bodyOf(call: StandInCall, whole: boolean): { type: string; record: JsonObject } {
  const body = jsonBody(call) ?? {};
  const record = isObject(body.record) ? body.record : {};
  const missing = {
    ...(body.type === undefined ? { type: ['This field is required.'] } : {}),
    ...(record.typeVersion === undefined ? { typeVersion: ['This field is required.'] } : {}),
    ...(record.startAt === undefined ? { startAt: ['This field is required.'] } : {}),
  };
  if (whole && Object.keys(missing).length > 0) throw new Refused({ status: 400, body: missing });
  if (body.type !== undefined) checkType(scalarText(body.type) ?? '');
  if (record.data !== undefined && !isObject(record.data))
    throw new Refused({ status: 400, body: { record: { data: ['Value must be valid JSON.'] } } });
  return { type: scalarText(body.type) ?? '', record };
}

/** It knows no types in particular, but it does know what the URL of one looks like. */
function checkType(type: string): void {
  if (/\/objecttypes\/[0-9a-f-]{36}$/.test(parseUrl(type)?.pathname ?? '')) return;
  throw new Refused({ status: 400, body: { type: [`Select a valid object type. ${type} is not known.`] } });
}

/** Pages and sizes that make no sense are passed over, and a size that is too large is cut off, as it does. */
function pageIn(query: URLSearchParams): number {
  return Number(query.get('page') ?? 1);
}

function sizeIn(query: URLSearchParams): number {
  const size = Number(query.get('pageSize'));
  return Number.isInteger(size) && size > 0 ? Math.min(size, highestSize) : usualSize;
}

type Test = (object: StoredObject) => boolean;

function filterIn(query: URLSearchParams): Test {
  const type = query.get('type');
  if (type !== null) checkType(type);
  const attributes = [...query.getAll('data_attr'), ...(query.get('data_attrs')?.split(',') ?? [])];
  const tests = attributes.map(attributeTest);
  // What begins tomorrow is not there today.
  return (object) =>
    (type === null || object.type === type) &&
    (scalarText(object.record.startAt) ?? '') <= today() &&
    tests.every((test) => test(object));
}

/** `field__operator__value`, of which the last two are taken off from behind. */
function attributeTest(text: string): Test {
  const pieces = text.split('__');
  const [operator = '', wanted = ''] = pieces.slice(-2);
  const path = pieces.slice(0, -2).join('.');
  const compare = operators[operator];
  if (path === '') throw new Refused({ status: 400, body: ['not enough values to unpack (expected 3)'] });
  if (!compare) throw new Refused({ status: 400, body: [`Comparison operator \`${operator}\` is unknown`] });
  const isComparable = /^-?\d+(?:\.\d+)?$|^\d{4}-\d\d-\d\d$/.test(wanted);
  if (/^[gl]te?$/.test(operator) && !isComparable)
    throw new Refused({
      status: 400,
      body: [`Operator \`${operator}\` supports only dates and/or numeric values`],
    });
  return ({ record }) => {
    const value = valueAt(record.data, path);
    return value !== undefined && value !== null && compare(value, wanted);
  };
}

const operators: Readonly<Record<string, (value: Json, wanted: string) => boolean>> = {
  exact: (value, wanted) => value === wanted || (wanted.trim() !== '' && value === Number(wanted)),
  icontains: (value, wanted) => (scalarText(value) ?? '').toLowerCase().includes(wanted.toLowerCase()),
  in: (value, wanted) => wanted.split('|').some((one) => one === value),
  gt: (value, wanted) => compared(value, wanted) > 0,
  gte: (value, wanted) => compared(value, wanted) >= 0,
  lt: (value, wanted) => compared(value, wanted) < 0,
  lte: (value, wanted) => compared(value, wanted) <= 0,
};

/** NaN, which is neither more nor less, for what cannot be compared. */
function compared(value: Json, wanted: string): number {
  if (typeof value === 'number') return value - Number(wanted);
  if (typeof value !== 'string' || !Number.isNaN(Number(wanted))) return NaN;
  return value < wanted ? -1 : Number(value > wanted);
}

/** `-record__data__x,record__startAt`; the newest first without one. */
function ordered(objects: readonly StoredObject[], ordering: string | null): readonly StoredObject[] {
  const newest = [...objects].reverse();
  const terms = (ordering ?? '').split(',').filter((term) => term !== '');
  return newest.sort((one, other) => terms.map((term) => order(one, other, term)).find(Boolean) ?? 0);
}

function order(one: StoredObject, other: StoredObject, term: string): number {
  const path = term.replace(/^-/, '').replaceAll('__', '.');
  const [first, second] = [valueAt(one, path) ?? '', valueAt(other, path) ?? ''];
  const sign = term.startsWith('-') ? -1 : 1;
  return first === second ? 0 : sign * (first < second ? -1 : 1);
}

/** Object by object; unlike a JSON merge patch, null is a value. */
function merged(before: Json | undefined, change: Json): Json {
  if (!isObject(change)) return change;
  const result = isObject(before) ? { ...before } : {};
  for (const [key, value] of Object.entries(change)) result[key] = merged(result[key], value);
  return result;
}

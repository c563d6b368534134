import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import {
  guarded,
  type Handler,
  hasGiven,
  jsonBodyOr,
  newCursors,
  newGiven,
  newTable,
  Refused,
  routes,
  type StandIn,
  type StandInCall,
  tokenEndpoint,
  withTokens,
} from './kit/index.ts';
import { type Field, type Objekt, objects } from './salesforce-objects.ts';
import { fieldOf, find, QueryError, type Row, shown } from './salesforce-search.ts';
import { MalformedQuery, type Query, readQuery } from './salesforce-soql.ts';

const api = '/services/data/v60.0';
const highestOffset = 2000;
const highestBatch = 2000;
const lowestBatch = 200;

/** What Salesforce says when an organisation has used up its calls: no 429, and no Retry-After. */
export const requestLimitExceeded = failing(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');

/** What it says of a token that has ended. */
const sessionEnded = failing(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

/**
 * The REST API of Salesforce with Contact, Task and Case: SOQL, records, and collections of records. Texts are trimmed,
 * compared without capitals and refused when they are too long; what is empty is null; moments are whole seconds.
 *
 * @param given the tokens that it gave out, for a spec that ends them or gives itself one
 */
export function salesforce({
  id = 'klantbrug',
  secret = 'salesforce-secret',
  seconds = 7200,
  given = newGiven(seconds),
} = {}): StandIn {
  return {
    title: 'Salesforce',
    base: '',
    port: 9105,
    open(url) {
      const cursors = newCursors<JsonObject>();
      const tables = new Map(Object.entries(objects).map(([type, { prefix }]) => [type, tableOf(prefix)]));
      const all = (type: string) => tables.get(type)?.rows() ?? [];

      function objectOf({ params }: StandInCall): readonly [string, Objekt, ReturnType<typeof tableOf>] {
        const type = params.type ?? '';
        const [object, table] = [objects[type], tables.get(type)];
        if (!object || !table) throw refused(404, 'NOT_FOUND', 'The requested resource does not exist');
        return [type, object, table];
      }

      function rowOf(type: string, id: string): Row {
        const row = tables.get(type)?.find(id.slice(0, 15));
        if (!row) throw refused(404, 'NOT_FOUND', 'The requested resource does not exist');
        if (row.IsDeleted === true) throw refused(404, 'ENTITY_IS_DELETED', 'entity is deleted');
        return row;
      }

      /** What a body makes of a record; throws what is wrong with it. */
      function written(type: string, object: Objekt, body: JsonObject, before: Row | undefined): Row {
        const row: Record<string, Json> = { ...before };
        for (const [key, value] of Object.entries(body)) {
          const [name, field] = fieldOf(object, key) ?? [key];
          if (!field || name.includes('.'))
            throw refused(400, 'INVALID_FIELD', `No such column '${key}' on sobject of type ${type}`);
          if (field.system || (field.once && before))
            throw refused(
              400,
              'INVALID_FIELD_FOR_INSERT_UPDATE',
              `Unable to create/update fields: ${name}. Please check the security settings of this field.`,
              [name],
            );
          row[name] = stored(name, field, value);
          if (field.kind === 'reference' && row[name] !== null)
            row[name] = referred(name, field.to, row[name]);
          if (field.unique && row[name] !== null && isTaken(type, name, row[name], row.Id))
            throw refused(
              400,
              'DUPLICATE_VALUE',
              `duplicate value found: ${name} duplicates value on record with id: ${object.prefix}`,
            );
        }
        const missing = object.required.filter((name) => (row[name] ?? null) === null);
        if (missing.length > 0)
          throw refused(
            400,
            'REQUIRED_FIELD_MISSING',
            `Required fields are missing: [${missing.join(', ')}]`,
            missing,
          );
        return row;
      }

      function referred(name: string, to: string, value: Json): Json {
        const row = all(to).find(
          ({ Id }) => scalarText(Id)?.slice(0, 15) === scalarText(value)?.slice(0, 15),
        );
        if (row && row.IsDeleted !== true) return row.Id ?? null;
        throw refused(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [name]);
      }

      function isTaken(type: string, name: string, value: Json | undefined, id: Json | undefined): boolean {
        return all(type).some((row) => row[name] === value && row.Id !== id && row.IsDeleted !== true);
      }

      /** What Salesforce makes of a record by itself. */
      function completed(type: string, row: Row): Row {
        if (type === 'Task')
          return {
            ...row,
            Status: row.Status ?? 'Not Started',
            TaskSubtype: row.TaskSubtype ?? 'Task',
            IsClosed: row.Status === 'Completed',
            'Who.Type': (row.WhoId ?? null) === null ? null : 'Contact',
          };
        return type === 'Case' ? { ...row, Status: row.Status ?? 'New' } : row;
      }

      function create(
        type: string,
        object: Objekt,
        table: ReturnType<typeof tableOf>,
        body: JsonObject,
      ): Row {
        const row = written(type, object, body, undefined);
        const number = String(all(type).length + 1).padStart(8, '0');
        const now = `${new Date().toISOString().slice(0, 19)}.000+0000`;
        return table.add((id) =>
          completed(type, {
            ...row,
            Id: withChecksum(id),
            IsDeleted: false,
            CreatedDate: now,
            'Owner.Name': 'Klantbrug',
            ...(type === 'Case' ? { CaseNumber: number } : {}),
          }),
        );
      }

      function update(type: string, object: Objekt, id: string, body: JsonObject): void {
        const row = written(type, object, body, rowOf(type, id));
        tables.get(type)?.put(id.slice(0, 15), completed(type, row));
      }

      /** A contact with cases stays; the tasks of one that goes, go with it; other links are emptied. */
      function remove(type: string, id: string): void {
        const row = rowOf(type, id);
        const pointing = (from: string, name: string) =>
          all(from).filter((other) => other[name] === row.Id && other.IsDeleted !== true);
        if (type === 'Contact' && pointing('Case', 'ContactId').length > 0)
          throw refused(
            400,
            'DELETE_FAILED',
            'Your attempt to delete could not be completed: associated cases',
          );
        if (type === 'Contact')
          for (const task of pointing('Task', 'WhoId')) remove('Task', scalarText(task.Id) ?? '');
        if (type === 'Case')
          for (const name of ['In_te_trekken_verzoek__c', 'Aangevuld_verzoek__c'])
            for (const other of pointing('Case', name))
              tables.get('Case')?.put((scalarText(other.Id) ?? '').slice(0, 15), { ...other, [name]: null });
        tables.get(type)?.put(id.slice(0, 15), { ...row, IsDeleted: true });
      }

      function answer(call: StandInCall, withDeleted: boolean) {
        const query = queryIn(call);
        const object = objects[query.from];
        if (!object) throw refused(400, 'INVALID_TYPE', `sObject type '${query.from}' is not supported.`);
        if (query.offset > highestOffset)
          throw refused(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${highestOffset}`);
        const rows = all(query.from).filter(({ IsDeleted }) => withDeleted || IsDeleted !== true);
        const found = found400(() => find(query, object, rows));
        if (!query.fields) return { status: 200, body: { totalSize: found.length, done: true, records: [] } };
        const cut = found.slice(query.offset, query.offset + (query.limit ?? Infinity));
        const records = cut.map((row) => shown(row, query, object, query.from, api));
        return batch(cursors.first(records, batchSizeIn(call)), records.length);
      }

      const handler = routes(
        {
          [`GET ${api}/query`]: (call) => answer(call, false),
          [`GET ${api}/queryAll`]: (call) => answer(call, true),
          [`GET ${api}/query/:cursor`]: more,
          [`GET ${api}/queryAll/:cursor`]: more,
          [`POST ${api}/sobjects/:type`]: (call) => {
            const [type, object, table] = objectOf(call);
            const { Id } = create(type, object, table, bodyOf(call));
            return { status: 201, body: { id: Id, success: true, errors: [] } };
          },
          [`PATCH ${api}/sobjects/:type/:id`]: (call) => {
            const [type, object] = objectOf(call);
            update(type, object, idIn(call, object), bodyOf(call));
            return { status: 204 };
          },
          [`DELETE ${api}/sobjects/:type/:id`]: (call) => {
            const [type, object] = objectOf(call);
            remove(type, idIn(call, object));
            return { status: 204 };
          },
          [`PATCH ${api}/composite/sobjects`]: (call) => {
            const { records } = bodyOf(call);
            const rows = Array.isArray(records) ? records.filter(isObject) : [];
            if (rows.length > 200)
              throw refused(400, 'LIMIT_EXCEEDED', 'record limit reached. cannot submit more');
            return { status: 200, body: rows.map(updateOne) };
          },
        },
        (status) => failing(status, status === 405 ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND', 'No such resource'),
      );

      function updateOne({ attributes, id, ...body }: JsonObject): JsonObject {
        const type = isObject(attributes) ? (scalarText(attributes.type) ?? '') : '';
        const object = objects[type];
        if (!object) throw refused(400, 'INVALID_TYPE', `sObject type '${type}' is not supported.`);
        update(type, object, scalarText(id) ?? '', body);
        return { id: id ?? null, success: true, errors: [] };
      }

      function more({ params }: StandInCall) {
        const [cursor = '', total = ''] = (params.cursor ?? '').split('_');
        const page = cursors.follow(cursor);
        if (!page) throw refused(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
        return batch(page, Number.parseInt(total, 10));
      }

      const token = tokenEndpoint(
        // Salesforce does not say how long a token lives.
        { id, secret, extra: { instance_url: url, expires_in: undefined } },
        given,
        seconds,
      );
      const inside = guarded(hasGiven(given), sessionEnded, withLimit(handler));
      return withTokens('/services/oauth2/token', token, inside);
    },
  };
}

function failing(status: number, errorCode: string, message: string, fields?: readonly string[]) {
  return { status, body: [{ message, errorCode, ...(fields ? { fields } : {}) }] };
}

function refused(status: number, errorCode: string, message: string, fields?: readonly string[]): Refused {
  return new Refused(failing(status, errorCode, message, fields));
}

/** Every answer tells how much of the day's calls is used. */
function withLimit(handler: Handler): Handler {
  return async (call) => {
    const reply = await handler(call);
    return { ...reply, headers: { 'Sforce-Limit-Info': 'api-usage=18/15000', ...reply.headers } };
  };
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Ids count up in 62 signs, so that some differ in capitals only. */
function tableOf(prefix: string) {
  let next = 0;
  return newTable<Row>(() => {
    const number = next++;
    const [high = '', low = ''] = [digits[Math.floor(number / 62) % 62], digits[number % 62]];
    return `${prefix}Kb00000000${high}${low}`;
  });
}

/** The three characters behind an id tell which of the others are capitals. */
function withChecksum(id: string): string {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  const parts = [id.slice(0, 5), id.slice(5, 10), id.slice(10, 15)];
  return id + parts.map((part) => signs[capitalsIn(part)] ?? '').join('');
}

function capitalsIn(part: string): number {
  return [0, 1, 2, 3, 4].reduce(
    (bits, place) => bits + (/[A-Z]/.test(part.charAt(place)) ? 2 ** place : 0),
    0,
  );
}

function bodyOf(call: StandInCall): JsonObject {
  if (!(call.headers['content-type'] ?? '').startsWith('application/json'))
    throw refused(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type not supported');
  const none = failing(
    400,
    'JSON_PARSER_ERROR',
    'The HTTP entity body is required, but this request has none.',
  );
  return jsonBodyOr(call, none);
}

function idIn({ params }: StandInCall, { prefix }: Objekt): string {
  const id = params.id ?? '';
  if (/^[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?$/.test(id) && id.startsWith(prefix)) return id;
  throw refused(400, 'MALFORMED_ID', `malformed id ${id}`);
}

function queryIn({ query }: StandInCall): Query {
  const text = query.get('q') ?? '';
  return found400(() => readQuery(text));
}

/** In the words of Salesforce: an error of a query is a 400, with the query in it. */
function found400<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MalformedQuery) throw refused(400, 'MALFORMED_QUERY', error.message);
    if (error instanceof QueryError) throw refused(400, error.errorCode, error.message);
    throw error;
  }
}

/** It may be told how large batches are; what makes no sense is passed over. */
function batchSizeIn({ headers }: StandInCall): number {
  const size = Number(
    /batchSize=(\d+)/.exec(String(headers['sforce-query-options'] ?? ''))?.[1] ?? highestBatch,
  );
  return Math.min(Math.max(size, lowestBatch), highestBatch);
}

function batch(page: { rows: readonly JsonObject[]; next: string | undefined }, totalSize: number) {
  const { rows: records, next } = page;
  const rest = next === undefined ? {} : { nextRecordsUrl: `${api}/query/${next}_${totalSize}-200` };
  return { status: 200, body: { totalSize, done: next === undefined, ...rest, records } };
}

function stored(name: string, field: Field, value: Json): Json {
  if (value === null || value === '') {
    if (field.kind === 'boolean')
      throw refused(400, 'JSON_PARSER_ERROR', `Cannot deserialize ${name} from null`);
    if (value === '' && !('length' in field) && field.kind !== 'reference')
      throw refused(
        400,
        'JSON_PARSER_ERROR',
        `Cannot deserialize instance of ${field.kind} from VALUE_STRING`,
      );
    return null;
  }
  if (field.kind === 'boolean' || field.kind === 'number') {
    if (typeof value === field.kind) return value;
    throw refused(400, 'JSON_PARSER_ERROR', `Cannot deserialize instance of ${field.kind} from VALUE_STRING`);
  }
  const text = typeof value === 'string' ? value.trim() : undefined;
  if (text === undefined)
    throw refused(400, 'JSON_PARSER_ERROR', `Cannot deserialize instance of ${field.kind}`);
  if (field.kind === 'datetime' || field.kind === 'date') return storedMoment(field.kind, text);
  if (!('length' in field)) return text;
  if (text.length > field.length)
    throw refused(400, 'STRING_TOO_LONG', `${name}: data value too large (max length=${field.length})`, [
      name,
    ]);
  if (field.kind === 'email' && !/^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text))
    throw refused(400, 'INVALID_EMAIL_ADDRESS', `${name}: invalid email address`, [name]);
  return text === '' ? null : text;
}

function storedMoment(kind: 'date' | 'datetime', text: string): string {
  const pattern =
    kind === 'date' ? /^\d{4}-\d\d-\d\d$/ : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:?\d\d)$/;
  const moment = new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (!pattern.test(text) || Number.isNaN(moment.getTime()))
    throw refused(400, 'JSON_PARSER_ERROR', `Cannot deserialize instance of ${kind} from VALUE_STRING`);
  return kind === 'date' ? text : `${moment.toISOString().slice(0, 19)}.000+0000`;
}

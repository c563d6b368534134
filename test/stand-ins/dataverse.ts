import { type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { fetched, refusal } from './dataverse-fetch.ts';
import { type Column, type Shape, shapes } from './dataverse-tables.ts';
import {
  guarded,
  hasGiven,
  jsonBody,
  newGiven,
  newTable,
  routes,
  type StandIn,
  type StandInCall,
  tokenEndpoint,
  withTokens,
} from './kit/index.ts';

const seconds = 3600;
const webApi = '/api/data/v9.2';

/** The organisation that cases without a klant are of: an account that is there from the beginning. */
export const ownAccount = '5a1c9d2e-0f3b-4c7d-8e6a-9b0c1d2e3f40';

/**
 * The Dataverse Web API 9.2 with the tables of Dynamics 365 for customer service, and the token endpoint of its
 * tenant. What it is strict about is what the real one is: properties and their types, lengths, ids, the XML of a
 * query, whom a case is of. Texts are found without regard to capitals, accents and blanks at the end, and empty ones
 * are null. Lists are asked for by FetchXML only.
 */
export function dataverse({
  id = 'klantbrug',
  secret = 'dataverse-secret',
  given = newGiven(seconds),
} = {}): StandIn {
  return {
    title: 'Dataverse Web API 9.2',
    base: '',
    port: 9104,
    open(url) {
      const tables = new Map(shapes.map((shape) => [shape.name, newTable<JsonObject>()]));
      let version = 72_201_545;
      let born = 0;
      const tableOf = ({ name }: Shape) => tables.get(name) ?? newTable<JsonObject>();
      const shapeOf = (name: string): Shape => {
        const shape = shapes.find((one) => one.name === name);
        if (!shape) throw refusal(400, '0x80041102', `The entity with a name = '${name}' was not found.`);
        return shape;
      };
      const rowOf = (shape: Shape, key: string): JsonObject => {
        const row = tableOf(shape).find(key);
        if (!row) throw missing(shape, key);
        return row;
      };
      const missing = ({ name }: Shape, key: string) =>
        refusal(404, '0x80040217', `Entity '${name}' With Id = ${key} Does Not Exist`);

      const stored = (shape: Shape, before: JsonObject, body: JsonObject): JsonObject => {
        const row: Record<string, Json> = { ...before };
        for (const [name, value] of Object.entries(body)) {
          const [column, kept] = written(shape, name, value, (to, key) => rowOf(shapeOf(to), key));
          row[column] = kept;
        }
        if (shape.name === 'incident' && (row.customerid ?? null) === null)
          throw refusal(400, '0x80040203', 'You should specify a parent contact or account.');
        refuseTwice(shape, row, tableOf(shape).rows());
        row['@odata.etag'] = `W/"${String(version++)}"`;
        return row;
      };
      const made = (shape: Shape, key: string, body: JsonObject): JsonObject => {
        // A second later each time, so that the order of rows is that in which they were made.
        const createdon = new Date(Date.UTC(2026, 0, 5) + born++ * 1000).toISOString().replace('.000', '');
        const own = { [shape.key]: key, createdon, statecode: 0, statuscode: 1 };
        return stored(
          shape,
          shape.name === 'incident' ? { ...own, ticketnumber: `CAS-${String(born).padStart(5, '0')}` } : own,
          body,
        );
      };
      const removed = (shape: Shape, key: string): void => {
        const isCustomer =
          tableOf(shapeOf('incident')).where(({ customerid }) => customerid === key).length > 0;
        if (isCustomer)
          throw refusal(
            400,
            '0x80047007',
            'The object you tried to delete is associated with another object.',
          );
        tableOf(shape).remove(textOf(rowOf(shape, key)[shape.key]));
        // What points at it points at nothing from now on: "Remove Link", as the README of the set asks for.
        for (const other of shapes) {
          for (const row of tableOf(other).rows()) {
            const lookups = Object.keys(other.columns).filter(
              (name) => other.columns[name]?.is === 'lookup' && row[name] === key,
            );
            const emptied = Object.fromEntries(lookups.map((name) => [name, null]));
            if (lookups.length > 0) tableOf(other).put(textOf(row[other.key]), { ...row, ...emptied });
          }
        }
      };

      const ofSet = (shape: Shape) => ({
        [`GET ${webApi}/${shape.set}`]: ({ query }: StandInCall) => {
          const found = fetched(query.get('fetchXml') ?? '', shape, shapeOf, (name) =>
            tableOf(shapeOf(name)).rows(),
          );
          const value =
            'rows' in found ? found.rows.map((row) => shown(shape, row, found.columns)) : [found.counted];
          return ok(200, { '@odata.context': `${url}${webApi}/$metadata#${shape.set}`, value });
        },
        [`POST ${webApi}/${shape.set}`]: (call: StandInCall) => {
          const row = tableOf(shape).add((key) => made(shape, key, bodyOf(call)));
          const place = `${url}${webApi}/${shape.set}(${textOf(row[shape.key])})`;
          return call.headers.prefer?.includes('return=representation')
            ? ok(201, shown(shape, row, Object.keys(shape.columns)), { 'OData-EntityId': place })
            : ok(204, undefined, { 'OData-EntityId': place });
        },
        [`GET ${webApi}/${shape.set}(:key)`]: ({ params, query, headers }: StandInCall) => {
          const row = rowOf(shape, keyOf(params.key));
          const etag = textOf(row['@odata.etag']);
          if (headers['if-none-match'] === etag) return ok(304, undefined, { ETag: etag });
          return ok(200, shown(shape, row, selected(shape, query.get('$select'))), { ETag: etag });
        },
        [`PATCH ${webApi}/${shape.set}(:key)`]: (call: StandInCall) => {
          const key = keyOf(call.params.key);
          const before = tableOf(shape).find(key);
          const match = call.headers['if-match'];
          if (!before && match !== undefined) throw missing(shape, key);
          if (before && match !== undefined && match !== '*' && match !== before['@odata.etag'])
            throw refusal(
              412,
              '0x80060882',
              "The version of the existing record doesn't match the RowVersion property provided.",
            );
          // Without If-Match, what is not there is made.
          tableOf(shape).put(
            key,
            before ? stored(shape, before, bodyOf(call)) : made(shape, key, bodyOf(call)),
          );
          return ok(204);
        },
        [`DELETE ${webApi}/${shape.set}(:key)`]: ({ params }: StandInCall) => {
          removed(shape, keyOf(params.key));
          return ok(204);
        },
      });

      tableOf(shapeOf('account')).put(
        ownAccount,
        made(shapeOf('account'), ownAccount, { name: 'Gemeente Voorbeeldstad' }),
      );
      const handler = routes(
        Object.assign({}, ...shapes.map(ofSet)) as ReturnType<typeof ofSet>,
        (status, detail) =>
          refusal(status, '0x80060888', `Resource not found for the segment '${detail}'.`).reply,
      );
      const token = tokenEndpoint({ id, secret, scope: `${url}/.default` }, given, seconds);
      const unknown = {
        status: 401,
        headers: { 'WWW-Authenticate': `Bearer authorization_uri=${url}/tenant` },
      };
      const inside = guarded(hasGiven(given), unknown, handler);
      return withTokens('/tenant/oauth2/v2.0/token', token, inside);
    },
  };
}

function ok(status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
  return { status, headers: { 'OData-Version': '4.0', ...headers }, ...(body === undefined ? {} : { body }) };
}

function bodyOf(call: StandInCall): JsonObject {
  const isJson = (call.headers['content-type'] ?? '').startsWith('application/json');
  const body = isJson ? jsonBody(call) : undefined;
  if (!body) throw refusal(400, '0x80048d19', 'Error identified in Payload provided by the user for Entity.');
  return body;
}

function keyOf(key = ''): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) return key.toLowerCase();
  throw refusal(400, '0x80060888', 'Bad Request - Error in query syntax.');
}

/** The column that a property of a body writes, and what it is to hold. */
function written(
  shape: Shape,
  name: string,
  value: Json,
  rowOf: (table: string, key: string) => JsonObject,
): [column: string, kept: Json] {
  const column = shape.columns[name];
  if (column && column.is !== 'lookup') return [name, checked(shape, name, column, value)];
  const property = name.replace(/@odata\.bind$/, '');
  for (const [lookup, one] of Object.entries(shape.columns)) {
    const table = one.is === 'lookup' && name !== property ? one.to[property] : undefined;
    if (table === undefined) continue;
    if (value === null) return [lookup, null];
    const set = shapes.find((other) => other.name === table)?.set;
    const place = /^\/(\w+)\(([^()]+)\)$/.exec(typeof value === 'string' ? value : '');
    if (place?.[1] !== set)
      throw refusal(400, '0x80048d19', `Resource not found for the segment '${property}'.`);
    rowOf(table, keyOf(place?.[2]));
    return [lookup, keyOf(place?.[2])];
  }
  throw refusal(
    400,
    '0x80048d19',
    `Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${shape.name}'.`,
  );
}

function checked(shape: Shape, name: string, column: Column, value: Json): Json {
  // It keeps no empty texts.
  if (value === null || value === '') return null;
  const wrong = () =>
    refusal(400, '0x80048d19', `Cannot convert the literal of '${name}' to the expected type.`);
  if (column.is === 'text') {
    if (typeof value !== 'string') throw wrong();
    if (value.length > column.most)
      throw refusal(
        400,
        '0x80044331',
        `A validation error occurred. The length of the '${name}' attribute of the '${shape.name}' entity exceeded the maximum allowed length of '${column.most}'.`,
      );
    return value;
  }
  if (column.is === 'moment') {
    const time = typeof value === 'string' && /T.*(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN;
    // The least that its database can hold.
    if (Number.isNaN(time) || time < Date.UTC(1753, 0, 1)) throw wrong();
    return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000', '');
  }
  if (typeof value !== (column.is === 'id' ? 'string' : column.is)) throw wrong();
  return value;
}

function refuseTwice(shape: Shape, row: JsonObject, rows: readonly JsonObject[]): void {
  const keyIn = (one: JsonObject) => shape.unique.map((name) => scalarText(one[name])?.toLowerCase());
  const key = keyIn(row);
  const isSame = (other: JsonObject) =>
    other[shape.key] !== row[shape.key] && keyIn(other).every((value, index) => value === key[index]);
  if (key.length > 0 && !key.includes(undefined) && rows.some(isSame))
    throw refusal(
      412,
      '0x80060892',
      `Entity Key Klantbrug violated. A record with the same value for ${key.join(', ')} already exists. A duplicate record cannot be created.`,
    );
}

function selected(shape: Shape, select: string | null): readonly string[] {
  const names = (select ?? Object.keys(shape.columns).join(',')).split(',');
  return names.map((name) => {
    const column = /^_(\w+)_value$/.exec(name)?.[1] ?? name;
    if (!Object.hasOwn(shape.columns, column))
      throw refusal(
        400,
        '0x80060888',
        `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${shape.name}'.`,
      );
    return column;
  });
}

/** A row as it goes out: null for what is not there, lookups under a name of their own, and always its id. */
function shown(shape: Shape, row: JsonObject, columns: readonly string[]): JsonObject {
  const result: Record<string, Json> = {
    '@odata.etag': row['@odata.etag'] ?? '',
    [shape.key]: row[shape.key] ?? null,
  };
  for (const name of columns) {
    const isLookup = shape.columns[name]?.is === 'lookup';
    result[isLookup ? `_${name}_value` : name] = row[name] ?? null;
  }
  return result;
}

function textOf(value: Json | undefined): string {
  return scalarText(value) ?? '';
}

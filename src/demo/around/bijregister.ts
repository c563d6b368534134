import { randomUUID } from 'node:crypto';
import { isObject, jsonOf } from '../crm/call.ts';
import type { Call } from '../crm/call.ts';
import type { Reply } from '../crm/reply.ts';
import type { Arrivals } from './arrivals.ts';
import { newCollection } from './collection.ts';
import type { Collection, Row } from './collection.ts';
import { noContent } from './reply.ts';
import { readSearch } from './search.ts';

/** Where the bijregister is found. */
export const bijregisterPath = '/bijregister';

/**
 * The bijregister keeps what the CRM has no place for: tables of rows, each row any JSON object.
 *
 * @param apiKey what the header X-Api-Key has to be
 */
export function bijregisterCalls({ tabellen }: Arrivals, apiKey: string) {
  return (call: Call): Reply => {
    if (call.headers['x-api-key'] !== apiKey)
      return failure(401, 'unauthorized', 'X-Api-Key is missing or wrong.');
    const path = /^\/bijregister\/tabellen\/([a-z-]+)(?:\/([^/]+))?$/.exec(call.path);
    const [, name = '', id] = path ?? [];
    if (path === null) return missing();
    const table = tabellen.get(name) ?? newCollection();
    const reply = id === undefined ? answerTable(table, call) : answerRow(table, id, call);
    tabellen.set(name, table);
    return reply;
  };
}

function answerTable(table: Collection, call: Call): Reply {
  if (call.method === 'GET' || call.method === 'HEAD') return search(table, call.query);
  return call.method === 'POST' ? create(table, call) : wrongMethod();
}

function answerRow(table: Collection, id: string, call: Call): Reply {
  const row = table.find(id);
  if (row === undefined) return missing();
  switch (call.method) {
    case 'GET':
    case 'HEAD':
      return { status: 200, body: row };
    case 'PUT':
      return write(table, call, (body) => ({ ...body, id }));
    case 'PATCH':
      return write(table, call, (body) => ({ ...withoutNulls({ ...row, ...body }, body), id }));
    case 'DELETE':
      table.remove(id);
      return noContent;
    default:
      return wrongMethod();
  }
}

function search(table: Collection, query: URLSearchParams): Reply {
  const asked = readSearch(query);
  if (typeof asked === 'string') return failure(400, 'bad_request', asked);
  const found = table.rows().filter(asked.matches);
  return {
    status: 200,
    body: { total: found.length, items: found.slice(asked.offset, asked.offset + asked.limit) },
  };
}

function create(table: Collection, call: Call): Reply {
  const id = randomUUID();
  const reply = write(table, call, (body) => ({ ...body, id }));
  return reply.status === 200
    ? { ...reply, status: 201, headers: { Location: `${call.path}/${id}` } }
    : reply;
}

/** Stores what becomes of the body, under the row's own id whatever the body says. */
function write(table: Collection, call: Call, rowOf: (body: Row) => Row & { readonly id: string }): Reply {
  const body = jsonOf(call);
  if (!isObject(body))
    return failure(400, 'bad_request', 'The body has to be a JSON object of 1 MB at most.');
  const row = rowOf(body);
  table.put(row.id, row);
  return { status: 200, body: row };
}

/** A null in a change removes the key; a null that was there before stays. */
function withoutNulls(merged: Row, change: Row): Row {
  return Object.fromEntries(Object.entries(merged).filter(([key]) => change[key] !== null));
}

function missing(): Reply {
  return failure(404, 'not_found', 'There is nothing here.');
}

function wrongMethod(): Reply {
  return failure(405, 'method_not_allowed', 'This cannot be done here.');
}

function failure(status: number, error: string, message: string): Reply {
  return { status, body: { error, message } };
}

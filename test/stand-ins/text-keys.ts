import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { jsonBody, newTable, numbers, Refused, routes, type StandIn, type StandInCall } from './kit/index.ts';

/** What stands around the number in a key: everything that a path, a query or a trimming reader could spoil. */
const odd = (number: string) => ` O'Brien & zn/ß €🌷 ${'x'.repeat(100)}/%2F\n__|?#-${number} `;

/**
 * A CRM whose keys are long texts: records in the standard's own words, under `sleutel`. It finds exactly what its
 * search parameters say, and pages by offset.
 */
export function textKeys(): StandIn {
  return {
    title: 'A CRM with keys of text',
    base: '/api',
    port: 9190,
    open() {
      const next = numbers(1);
      const tables = new Map(
        ['klanten', 'contactmomenten'].map((name) => [name, newTable<JsonObject>(() => odd(next()))]),
      );
      const tableOf = ({ params }: StandInCall) => {
        const table = tables.get(params.table ?? '');
        if (!table) throw new Refused(failing(404, 'no such table'));
        return table;
      };
      const find = (call: StandInCall) =>
        tableOf(call).get(call.query.get('sleutel') ?? '', failing(404, 'no such record'));
      return routes(
        {
          'GET /:table': (call) => {
            const found = tableOf(call).where(searchIn(call.query));
            const offset = Number(call.query.get('offset') ?? 0);
            const rows = found.slice(offset, offset + Number(call.query.get('limit') ?? 100));
            return { status: 200, body: { total: found.length, rows } };
          },
          'POST /:table': (call) => {
            const columns = jsonBody(call) ?? {};
            const made = tableOf(call).add((sleutel) => ({ sleutel, ...columns }));
            return { status: 201, body: { sleutel: made.sleutel ?? null } };
          },
          'GET /:table/one': (call) => ({ status: 200, body: find(call) }),
          'PATCH /:table/one': (call) => {
            const changed = { ...find(call), ...(jsonBody(call) ?? {}) };
            tableOf(call).put(call.query.get('sleutel') ?? '', changed);
            return { status: 200, body: changed };
          },
          'DELETE /:table/one': (call) => {
            tableOf(call).remove(scalarText(find(call).sleutel) ?? '');
            return { status: 204 };
          },
        },
        failing,
      );
    },
  };
}

function failing(status: number, error: string) {
  return { status, body: { error } };
}

function searchIn(query: URLSearchParams): (row: JsonObject) => boolean {
  const wanted = [...query].filter(([name]) => name !== 'offset' && name !== 'limit');
  return (row) => wanted.every(([name, value]) => textAt(row, name) === value);
}

function textAt(row: JsonObject, name: string): string {
  const value: Json | undefined = row[name];
  return isObject(value) ? '' : (scalarText(value) ?? '');
}

const listed = '"query": { "offset": offset, "limit": limit';

/** The mapping set of that CRM; relations, audit trail and ids are kept elsewhere. */
export const textKeySet = {
  'mapping.yaml': `klantbrug: 1
title: A CRM with keys of text
resources:
  klant:
    backend: crm
    id: { field: sleutel, form: text }
    record: { from: same.jsonata, to: same.jsonata }
    read: { request: klant.read.jsonata }
    list:
      request: klant.list.jsonata
      records: rows
      total: total
      paging: { by: offset, size: 100 }
      filters: { klantnummer: exact, bronorganisatie: exact }
    create: [{ request: klant.create.jsonata, id: sleutel }]
    update: [{ request: klant.update.jsonata }]
    delete: [{ request: klant.delete.jsonata }]
  contactmoment:
    backend: crm
    id: { field: sleutel, form: text }
    record: { from: same.jsonata, to: same.jsonata }
    inverse: { volgendContactmoment: { by: search } }
    read: { request: contactmoment.read.jsonata }
    list:
      request: contactmoment.list.jsonata
      records: rows
      total: total
      paging: { by: offset, size: 100 }
      filters: { vorigContactmoment: exact }
    create: [{ request: contactmoment.create.jsonata, id: sleutel }]
    update: [{ request: contactmoment.update.jsonata }]
    delete: [{ request: contactmoment.delete.jsonata }]
`,
  'same.jsonata': '$',
  'klant.list.jsonata': `{ "path": ["klanten"], ${listed}, "klantnummer": filters.klantnummer, "bronorganisatie": filters.bronorganisatie } }`,
  'contactmoment.list.jsonata': `{ "path": ["contactmomenten"], ${listed}, "vorigContactmoment": filters.vorigContactmoment } }`,
  ...requestsOf('klant', 'klanten'),
  ...requestsOf('contactmoment', 'contactmomenten'),
};

function requestsOf(name: string, table: string): Readonly<Record<string, string>> {
  const one = `"path": ["${table}", "one"], "query": { "sleutel": id }`;
  return {
    [`${name}.read.jsonata`]: `{ ${one} }`,
    [`${name}.create.jsonata`]: `{ "method": "POST", "path": ["${table}"], "body": columns }`,
    [`${name}.update.jsonata`]: `{ "method": "PATCH", ${one}, "body": changes }`,
    [`${name}.delete.jsonata`]: `{ "method": "DELETE", ${one} }`,
  };
}

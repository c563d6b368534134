import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import type { Reply } from '../../src/demo/crm/reply.ts';
import {
  guarded,
  type Handler,
  hasGiven,
  jsonBody,
  newGiven,
  newTable,
  numbers,
  Refused,
  routes,
  type StandIn,
  type StandInCall,
  type Table,
} from './kit/index.ts';
import { tokenEndpoint } from './kit/access.ts';
import { type FieldKind, kept, type Module, modules } from './suitecrm-modules.ts';

type Row = Readonly<Record<string, string>>;

const mediaType = 'application/vnd.api+json';
const usualSize = 20;

/**
 * SuiteCRM's V8 API: modules of records with text attributes, in JSON:API. It does what the real one does where that
 * hurts: `total-pages` is wrong, text that is too long is cut off without a word, the database compares without
 * capitals and accents, and a record that is not there is a 400.
 */
export function suitecrm({ id = 'klantbrug', secret = 'suitecrm-secret', seconds = 3600 } = {}): StandIn {
  return {
    title: 'SuiteCRM V8',
    base: '/Api',
    port: 9106,
    open() {
      const given = newGiven(seconds);
      const caseNumbers = numbers(1001);
      const tables = new Map(Object.keys(modules).map((name) => [name, newTable<Row>()]));

      const api = routes(
        {
          'GET /V8/module/:module': (call) => listed(call, tableOf(tables, call)),
          'GET /V8/module/:module/:id': (call) => {
            const { name, module, table } = tableOf(tables, call);
            expectOnly(call.query, [`fields[${name}]`]);
            const row = rowOf(table, name, call.params.id ?? '');
            return { status: 200, body: { data: shown(name, row, fieldsIn(call, name, module)) } };
          },
          'POST /V8/module': (call) => {
            const { name, attributes } = dataIn(call);
            const { table, module } = tableNamed(tables, name);
            const now = clock();
            const number = name === 'Cases' ? { case_number: caseNumbers() } : {};
            const start = { ...module.initial, date_entered: now, date_modified: now, ...number };
            const row = table.add((newId) => ({ ...start, ...attributes, id: newId }));
            return { status: 201, body: { data: shown(name, row, Object.keys(module.fields)) } };
          },
          'PATCH /V8/module': (call) => {
            const { name, id: wanted, attributes } = dataIn(call);
            const { table, module } = tableNamed(tables, name);
            const row = { ...rowOf(table, name, wanted), ...attributes, id: wanted, date_modified: clock() };
            table.put(wanted, row);
            return { status: 201, body: { data: shown(name, row, Object.keys(module.fields)) } };
          },
          'DELETE /V8/module/:module/:id': (call) => {
            const { name, table } = tableOf(tables, call);
            const { id: gone = '' } = rowOf(table, name, call.params.id ?? '');
            table.remove(gone);
            return {
              status: 200,
              body: { meta: { message: `Record with id ${gone} is deleted` }, data: [] },
            };
          },
        },
        failing,
      );
      const inside = guarded(hasGiven(given), failing(401, 'Access token is invalid'), inJsonApi(api));
      const token = tokenEndpoint({ id, secret }, given, seconds);
      return async (call) => {
        if (call.path !== '/access_token') return inside(call);
        // It wants the client's id and secret in the body.
        return call.headers.authorization === undefined
          ? token(call)
          : { status: 401, body: { error: 'invalid_client' } };
      };
    },
  };
}

function failing(status: number, detail: string): Reply {
  return { status, headers: { 'Content-Type': mediaType }, body: { errors: { status, title: '', detail } } };
}

function refuse(detail: string, status = 400): never {
  throw new Refused(failing(status, detail));
}

function inJsonApi(handler: Handler): Handler {
  return async (call) => {
    if (!(call.headers.accept ?? '').includes(mediaType)) return failing(406, 'Accept');
    const writes = call.method === 'POST' || call.method === 'PATCH';
    if (writes && !(call.headers['content-type'] ?? '').startsWith(mediaType))
      return failing(415, 'Content-Type');
    const reply = await handler(call);
    return { ...reply, headers: { ...reply.headers, 'Content-Type': mediaType } };
  };
}

type Tables = ReadonlyMap<string, Table<Row>>;

function tableOf(tables: Tables, call: StandInCall) {
  return tableNamed(tables, call.params.module ?? '');
}

function tableNamed(tables: Tables, name: string) {
  const [table, module] = [tables.get(name), modules[name]];
  if (!table || !module) return refuse(`Module ${name} is not found`);
  return { name, module, table };
}

function rowOf(table: Table<Row>, name: string, id: string): Row {
  return table.find(id) ?? refuse(`${name} module with id ${id} is not found`);
}

/** A record as it is shown: its type is that of the record, not the name of its module. */
function shown(name: string, row: Row, fields: readonly string[]): JsonObject {
  const { id = '' } = row;
  const values = fields.filter((field) => field !== 'id').map((field) => [field, row[field] ?? '']);
  const related = { links: { related: `/V8/module/${name}/${id}/relationships/email_addresses` } };
  return {
    type: modules[name]?.type ?? '',
    id,
    attributes: Object.fromEntries(values) as JsonObject,
    relationships: { EmailAddresses: related },
  };
}

/** The record in a body. Its attributes are as the database keeps them. */
function dataIn(call: StandInCall): { name: string; id: string; attributes: Row } {
  const data = jsonBody(call)?.data;
  if (!isObject(data)) return refuse('The required option "data" is missing.');
  const name = scalarText(data.type) ?? '';
  const fields = modules[name]?.fields;
  if (!fields) return refuse(`Module ${name} is not found`);
  const given = Object.entries(isObject(data.attributes) ? data.attributes : {});
  const attributes = given.map(([field, value]) => [field, columnOf(name, field, fields[field], value)]);
  return { name, id: scalarText(data.id) ?? '', attributes: Object.fromEntries(attributes) as Row };
}

function columnOf(name: string, field: string, kind: FieldKind | undefined, value: Json): string {
  if (kind === undefined) return refuse(`Property ${field} in ${name} module is invalid`);
  return kept(kind, scalarText(value) ?? '');
}

/** A page of a list, with the wrong numbers that it gives: none with a filter, and one too many without. */
function listed(call: StandInCall, { name, module, table }: ReturnType<typeof tableNamed>): Reply {
  const { query } = call;
  const filters = [...query.keys()].filter((key) => key.startsWith('filter['));
  expectOnly(query, [`fields[${name}]`, 'page[size]', 'page[number]', 'sort', ...filters]);
  const [size, number] = [
    positive(query.get('page[size]'), usualSize),
    positive(query.get('page[number]'), 1),
  ];
  const fields = fieldsIn(call, name, module);
  const found = sorted(table.where(filterIn(query, name, module)), query.get('sort'), name, module);
  const rows = found.slice((number - 1) * size, number * size);
  const meta = {
    'total-pages': filters.length > 0 ? 0 : Math.ceil(found.length / size) + 1,
    'records-on-this-page': rows.length,
  };
  const links = { first: null, prev: null, next: null, last: null };
  return { status: 200, body: { meta, data: rows.map((row) => shown(name, row, fields)), links } };
}

function expectOnly(query: URLSearchParams, known: readonly string[]): void {
  const unknown = [...query.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) refuse(`The option "${unknown}" does not exist.`);
}

function positive(text: string | null, usual: number): number {
  if (text === null) return usual;
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : refuse('Page size and number must be positive.');
}

function fieldsIn({ query }: StandInCall, name: string, module: Module): readonly string[] {
  const wanted = query.get(`fields[${name}]`)?.split(',') ?? Object.keys(module.fields);
  const unknown = wanted.filter((field) => !Object.hasOwn(module.fields, field));
  if (unknown.length > 0)
    refuse(`The following fields in ${name} module are not found: ${unknown.join(', ')}`);
  return wanted;
}

type Test = (row: Row) => boolean;

const operators: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  neq: (order) => order !== 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

/** `filter[operator]=and&filter[last_name][eq]=Jansen`. */
function filterIn(query: URLSearchParams, name: string, module: Module): Test {
  const tests: Test[] = [];
  let joined = 'and';
  for (const [key, value] of query) {
    if (!key.startsWith('filter[')) continue;
    if (key === 'filter[operator]') joined = value;
    else tests.push(testOf(key, value, name, module));
  }
  if (joined !== 'and' && joined !== 'or') refuse(`Filter operator ${joined} is invalid`);
  if (tests.length === 0) return () => true;
  return (row) => (joined === 'and' ? tests.every((test) => test(row)) : tests.some((test) => test(row)));
}

function testOf(key: string, value: string, name: string, module: Module): Test {
  const [, field = '', operator = ''] =
    /^filter\[(\w+)\]\[(\w+)\]$/.exec(key) ?? refuse(`Filter ${key} is invalid`);
  const compare = operators[operator] ?? refuse(`Filter operator ${operator} is invalid`);
  // The address of a contact is in another table, where filters do not look.
  if (!Object.hasOwn(module.fields, field) || field === 'email1')
    refuse(`Filter field ${field} in ${name} module is not found`);
  const wanted = collated(value);
  return (row) => {
    const actual = collated(row[field] ?? '');
    return compare(actual === wanted ? 0 : actual < wanted ? -1 : 1);
  };
}

/** As the database compares: without capitals, accents, and blanks at the end. */
function collated(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trimEnd();
}

/** By one field: there is no way to give a second one. */
function sorted(rows: readonly Row[], sort: string | null, name: string, module: Module): readonly Row[] {
  if (sort === null) return rows;
  const field = sort.replace(/^-/, '');
  if (!Object.hasOwn(module.fields, field)) refuse(`Sort field ${field} in ${name} module is not found`);
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = (row: Row) => collated(row[field] ?? '');
  return [...rows].sort((one, other) => sign * (key(one) < key(other) ? -1 : Number(key(one) > key(other))));
}

function clock(): string {
  return new Date().toISOString().slice(0, 19).replace('T', ' ');
}

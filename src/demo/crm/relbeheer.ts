import { isObject, jsonOf } from './call.ts';
import type { Call } from './call.ts';
import type { Refusal } from './change.ts';
import type { Endpoint, Writing } from './endpoint.ts';
import type { ShownRow } from './record.ts';
import { failure, ok } from './reply.ts';
import type { Reply } from './reply.ts';
import { pageOf } from './search.ts';
import type { Settings } from './settings.ts';

/**
 * Answers the calls under /relbeheer, which are the same for all tables.
 *
 * @param apiKey what the header X-API-SLEUTEL has to be
 * @param settings looked at again at each call
 */
export function relbeheerCalls(tables: readonly Endpoint[], apiKey: string, settings: Settings) {
  return async (call: Call): Promise<Reply> => {
    if (call.headers['x-api-sleutel'] !== apiKey)
      return failure(401, 'AUT001', 'Sleutel ontbreekt of is onjuist');
    const [, name, slash, key = ''] = /^\/relbeheer\/([a-z]+)(\/?)(.*)$/s.exec(call.path) ?? [];
    const table = tables.find((one) => one.name === name);
    if (table === undefined || (slash === '' && key !== ''))
      return failure(404, 'SYS404', `Onbekende functie ${call.path}`);
    return slash === '' ? many(table, settings, call) : one(table, settings, call, key);
  };
}

async function many(table: Endpoint, settings: Settings, call: Call): Promise<Reply> {
  if (call.method === 'GET') return searchCall(table, settings, call);
  if (call.method === 'POST' && table.write) return createCall(table, table.write, call);
  return wrongMethod(call);
}

async function one(table: Endpoint, settings: Settings, call: Call, key: string): Promise<Reply> {
  const shown = table.find(key);
  if (shown === undefined) return notFound(table, key);
  if (call.method === 'GET') return readCall(table, shown, settings, call);
  if (call.method === 'PUT' && table.write) return updateCall(table, table.write, key, call);
  if (call.method === 'DELETE' && table.write)
    return (await table.write.remove(key)) ? ok() : notFound(table, key);
  return wrongMethod(call);
}

function searchCall(table: Endpoint, settings: Settings, call: Call): Reply {
  const page = pageOf(call.query, settings.largestPage);
  if (page === undefined) {
    return failure(400, 'VLD002', `VANAF "${call.query.get('VANAF') ?? ''}" is geen geheel getal`);
  }
  const { total, rows } = table.search(call.query, page);
  return ok({ TOTAAL: total, VANAF: page.from, AANTAL: rows.length, [table.name.toUpperCase()]: rows });
}

function readCall(table: Endpoint, shown: ShownRow, settings: Settings, call: Call): Reply {
  const reply = ok({ [memberOf(table)]: onlyFields(shown, call.query.get('VELDEN')) });
  if (!settings.etag) return reply;
  const headers = { ETag: `"${String(shown[table.key])}-${String(shown.MUTNR)}"` };
  if (knows(call.headers['if-none-match'], headers.ETag)) return { status: 304, headers };
  return { ...reply, headers };
}

function onlyFields(shown: ShownRow, fields: string | null): ShownRow {
  if (!fields) return shown;
  const wanted = fields.toUpperCase().split(',');
  return Object.fromEntries(Object.entries(shown).filter(([column]) => wanted.includes(column)));
}

function knows(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

async function createCall(table: Endpoint, write: Writing, call: Call): Promise<Reply> {
  const columns = columnsIn(table, call);
  if (columns === undefined) return unreadable(table);
  const number = await write.create(columns);
  return typeof number === 'number' ? ok({ [table.key]: number }) : refused(number);
}

async function updateCall(table: Endpoint, write: Writing, key: string, call: Call): Promise<Reply> {
  const columns = columnsIn(table, call);
  if (columns === undefined) return unreadable(table);
  const mutations = await write.update(key, columns);
  if (mutations === undefined) return notFound(table, key);
  return typeof mutations === 'number' ? ok({ MUTNR: mutations }) : refused(mutations);
}

function columnsIn(table: Endpoint, call: Call): object | undefined {
  const body = jsonOf(call);
  const columns = isObject(body) ? body[memberOf(table)] : undefined;
  return isObject(columns) ? columns : undefined;
}

/** The name of one record in a message, such as RELATIE. */
function memberOf({ title }: Endpoint): string {
  return title.toUpperCase();
}

function refused({ code, text }: Refusal): Reply {
  return failure(400, code, text);
}

function unreadable(table: Endpoint): Reply {
  return failure(400, 'VLD000', `Bericht is geen JSON met een ${memberOf(table)}, of is groter dan 1 MB`);
}

/** The system has never heard of status 404. */
function notFound({ title }: Endpoint, key: string): Reply {
  return failure(200, 'REL404', `${title} ${key} niet gevonden`);
}

function wrongMethod(call: Call): Reply {
  return failure(405, 'SYS405', `${call.method} kan hier niet`);
}

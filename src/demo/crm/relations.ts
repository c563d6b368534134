import { isObject, jsonOf } from './call.ts';
import type { Call } from './call.ts';
import { changed, readChange, refusalOf } from './change.ts';
import type { Change } from './change.ts';
import { showRelation } from './record.ts';
import type { Relation, ShownRelation } from './record.ts';
import { failure, ok } from './reply.ts';
import type { Reply } from './reply.ts';
import { pageOf, search } from './search.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

const listPath = '/relbeheer/relaties';

/**
 * Answers the calls under /relbeheer.
 *
 * @param apiKey what the header X-API-SLEUTEL has to be
 * @param settings looked at again at each call
 */
export function relationCalls(store: Store, apiKey: string, settings: Settings) {
  return async (call: Call): Promise<Reply> => {
    if (call.headers['x-api-sleutel'] !== apiKey)
      return failure(401, 'AUT001', 'Sleutel ontbreekt of is onjuist');
    if (call.path === listPath) return list(store, settings, call);
    if (call.path.startsWith(`${listPath}/`))
      return one(store, settings, call, call.path.slice(listPath.length + 1));
    return failure(404, 'SYS404', `Onbekende functie ${call.path}`);
  };
}

async function list(store: Store, settings: Settings, call: Call): Promise<Reply> {
  if (call.method === 'GET') return searchCall(store, settings, call);
  if (call.method === 'POST') return createCall(store, call);
  return wrongMethod(call);
}

async function one(store: Store, settings: Settings, call: Call, numberText: string): Promise<Reply> {
  const number = /^[1-9]\d{0,14}$/.test(numberText) ? Number(numberText) : undefined;
  const relation = number === undefined ? undefined : store.find(number);
  if (relation === undefined) return notFound(numberText);
  if (call.method === 'GET') return readCall(relation, settings, call);
  if (call.method === 'PUT') return updateCall(store, relation, call);
  if (call.method !== 'DELETE') return wrongMethod(call);
  return (await store.remove(relation.RELNR)) ? ok() : notFound(numberText);
}

function searchCall(store: Store, settings: Settings, call: Call): Reply {
  const page = pageOf(call.query, settings.largestPage);
  if (page === undefined) {
    return failure(400, 'VLD002', `VANAF "${call.query.get('VANAF') ?? ''}" is geen geheel getal`);
  }
  const found = search(store.all(), call.query, page);
  const shown = found.relations.map(showRelation);
  return ok({ TOTAAL: found.total, VANAF: page.from, AANTAL: shown.length, RELATIES: shown });
}

function readCall(relation: Relation, settings: Settings, call: Call): Reply {
  const reply = ok({ RELATIE: onlyFields(showRelation(relation), call.query.get('VELDEN')) });
  if (!settings.etag) return reply;
  const headers = { ETag: `"${relation.RELNR}-${relation.MUTNR}"` };
  if (knows(call.headers['if-none-match'], headers.ETag)) return { status: 304, headers };
  return { ...reply, headers };
}

function onlyFields(shown: ShownRelation, fields: string | null): ShownRelation {
  if (!fields) return shown;
  const wanted = fields.toUpperCase().split(',');
  return Object.fromEntries(Object.entries(shown).filter(([column]) => wanted.includes(column)));
}

function knows(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

async function createCall(store: Store, call: Call): Promise<Reply> {
  const change = changeIn(call);
  if (change === undefined) return unreadable();
  const columns = changed({}, change);
  const refusal = refusalOf(columns);
  if (refusal !== undefined) return failure(400, refusal.code, refusal.text);
  return ok({ RELNR: (await store.create(columns)).RELNR });
}

async function updateCall(store: Store, relation: Relation, call: Call): Promise<Reply> {
  const change = changeIn(call);
  if (change === undefined) return unreadable();
  const refusal = refusalOf(changed(relation, change));
  if (refusal !== undefined) return failure(400, refusal.code, refusal.text);
  const after = await store.update(relation.RELNR, change);
  return after === undefined ? notFound(String(relation.RELNR)) : ok({ MUTNR: after.MUTNR });
}

function changeIn(call: Call): Change | undefined {
  const body = jsonOf(call);
  return isObject(body) && isObject(body.RELATIE) ? readChange(body.RELATIE) : undefined;
}

function unreadable(): Reply {
  return failure(400, 'VLD000', 'Bericht is geen JSON met een RELATIE, of is groter dan 1 MB');
}

/** The system has never heard of status 404. */
function notFound(number: string): Reply {
  return failure(200, 'REL404', `Relatie ${number} niet gevonden`);
}

function wrongMethod(call: Call): Reply {
  return failure(405, 'SYS405', `${call.method} kan hier niet`);
}

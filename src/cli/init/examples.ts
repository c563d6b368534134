import path from 'node:path';
import { asItCame } from '../../examples/update.ts';
import type { Example, Exchange } from '../../examples/format.ts';
import { type Came, playExample } from '../../examples/run.ts';
import { namesIn } from '../../dotted-path.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';
import type { MappingSet } from '../../mapping/set.ts';
import type { Event } from '../../observe/events.ts';
import type { Facts } from './facts.ts';
import { madeUpRecord, put } from './made-up.ts';
import { writesOf } from './mapping-text.ts';
import { searchesOf } from './requests.ts';

/** A call, as an example file begins. */
type Asked = Pick<Example, 'about' | 'operation'> & Partial<Pick<Example, 'id' | 'input' | 'filters'>>;

/** The examples of a skeleton, by the name of their file; and those that there are not, with the reason. */
export interface MadeExamples {
  readonly examples: ReadonlyMap<string, JsonObject>;
  readonly leftOut: ReadonlyMap<string, string>;
}

/** More requests than any call of a skeleton makes. */
const mostExchanges = 20;

/**
 * Makes the examples of a skeleton by playing them on a CRM that does what the facts say. What the gateway asks and
 * shows is written down; no record of anybody is in it. An example of a call that the skeleton itself fails at would
 * hold as well, and say nothing but that: it is left out.
 *
 * @param set the skeleton, loaded with `exampleClock` and `exampleRandom`
 */
export async function madeExamples(set: MappingSet, facts: Facts): Promise<MadeExamples> {
  const made = new Map<string, JsonObject>();
  const leftOut = new Map<string, string>();
  const { create, update, delete: remove } = writesOf(facts);
  const id = facts.id.madeUp as string | number;
  const record = async (name: string, asked: Asked, records: readonly JsonObject[]) => {
    const wanted = name === 'read.not-found' ? 'not-found' : 'result';
    const { example, why } = await recorded(set, asked, crmOf(facts, records), wanted);
    if (example) made.set(`klant.${name}.yaml`, example);
    else leftOut.set(`klant.${name}.yaml`, why);
    return example;
  };
  const one = madeUpRecord(facts);
  const filters = filtersOf(facts);
  const read = await record('read.one', { about: 'One klant by its id.', operation: 'klant.read', id }, [
    one,
  ]);
  await record('read.not-found', { about: 'The CRM has no such record.', operation: 'klant.read', id }, []);
  await record('list.one', { about: 'A list of one klant.', operation: 'klant.list' }, [one]);
  const nobody = { about: 'A search that finds nobody is an empty list.', operation: 'klant.list' };
  await record('list.none', { ...nobody, ...(filters && { filters }) }, []);
  const input = inputFrom(read?.result);
  if (create && input) {
    const about = 'A new klant, with a klantnummer that Klantbrug makes.';
    await record('create.new', { about, operation: 'klant.create', input }, []);
  }
  const changed = changeFor(facts);
  if (update && changed) {
    const about = 'One field changes; what else the CRM has stays.';
    await record(
      'partial_update.one-field',
      { about, operation: 'klant.partial_update', id, input: changed },
      [one],
    );
  }
  if (remove)
    await record('delete.done', { about: 'A klant is removed.', operation: 'klant.delete', id }, [one]);
  return { examples: made, leftOut };
}

/** A filter that the CRM is asked with: by the name of somebody who is not there. */
function filtersOf(facts: Facts): Record<string, string> | undefined {
  const isNamed = searchesOf(facts).some(({ filter }) => filter === 'achternaam');
  return isNamed ? { achternaam: 'Nobody' } : undefined;
}

/** What a client would send to make the klant that was read; its number is left to Klantbrug. */
function inputFrom(result: Json | undefined): JsonObject | undefined {
  if (!isObject(result)) return undefined;
  return Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'klantnummer'));
}

function changeFor({ fields }: Facts): JsonObject | undefined {
  const written = fields.filter(({ keys }) => !keys.includes(0)).map(({ field }) => field);
  const changes = { emailadres: 'nieuw@example.nl', achternaam: 'Jansen', bedrijfsnaam: 'Bakkerij Jansen' };
  const change = Object.entries(changes).find(([field]) => written.includes(field));
  return change && Object.fromEntries([change]);
}

/** An example, or why there is none. */
type Recorded =
  | { readonly example: JsonObject; readonly why?: undefined }
  | { readonly example?: undefined; readonly why: string };

/** Plays a call again and again, each time with the answer to one request more, until all have one. */
async function recorded(
  set: MappingSet,
  asked: Asked,
  crm: Crm,
  wanted: 'result' | 'not-found',
): Promise<Recorded> {
  const exchanges: Exchange[] = [];
  while (exchanges.length < mostExchanges) {
    const example: Example = { ...asked, exchanges };
    const { came } = await playExample(set, example);
    const request = came?.sent.get(exchanges.length)?.request;
    if (!came) return { why: 'the set cannot be asked that' };
    if (!request) {
      const why = failureOf(came, wanted);
      if (why !== undefined) return { why };
      const update = asItCame(example, came);
      return 'example' in update ? { example: update.example } : { why: update.impossible };
    }
    exchanges.push({ request: withoutEmpty(request), answer: crm(request) });
  }
  return { why: `the set makes more than ${mostExchanges} requests for it` };
}

/** Why what came is not what the example is to show. */
function failureOf({ outcome, events }: Came, wanted: 'result' | 'not-found'): string | undefined {
  if (!('problem' in outcome)) return wanted === 'result' ? undefined : 'the set answers with a record';
  const { status, code } = outcome.problem;
  if (wanted === 'not-found' && status === 404) return undefined;
  const params = outcome.problem.invalidParams?.map(({ name }) => name) ?? [];
  const reasons = [...new Set([...events.flatMap(placeIn), ...params])];
  const because = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
  return `the set itself answers ${status} ${code}${because}`;
}

/** What an author has to look at. */
function placeIn(event: Event): string[] {
  switch (event.event) {
    case 'translation-failed':
      return [
        [path.basename(event.file), event.line, event.column].filter((part) => part !== undefined).join(':') +
          `, ${event.code}`,
      ];
    case 'record-unrenderable':
      return [`${event.field}, ${event.code}`];
    default:
      return [];
  }
}

function withoutEmpty(request: JsonObject): Exchange['request'] {
  const said = Object.entries(request).filter(
    ([name, value]) => name === 'body' || !isObject(value) || Object.keys(value).length > 0,
  );
  // It went over the line, so it has a method and a path.
  return Object.fromEntries(said);
}

/** Answers one request. */
type Crm = (request: JsonObject) => Exchange['answer'];

/** A CRM with some records, which answers as the facts say. */
function crmOf(facts: Facts, records: readonly JsonObject[]): Crm {
  const { shape, id, calls } = facts;
  let stored = [...records];
  const ofOne = (record: JsonObject): Json =>
    shape.recordAt === undefined ? record : { [shape.recordAt]: record };
  return ({ method, path, query, body }) => {
    const isCollection = path === `/${calls.collection.map(encodeURIComponent).join('/')}`;
    const [before] = stored;
    const sent = isObject(body) ? body : {};
    if (method === 'POST') {
      const created = { [id.field]: id.madeUp, ...sent };
      stored = [created];
      const wrapper = calls.create?.record;
      return { status: 201, body: wrapper === undefined ? created : { [wrapper]: created } };
    }
    if (method === 'GET' && isCollection)
      return { status: 200, body: listOf(facts, isFirstPage(facts, query) ? stored : []) };
    if (!before) return { status: 404 };
    if (method === 'DELETE') {
      stored = [];
      return { status: 204 };
    }
    if (method === 'GET') return { status: 200, body: ofOne(before) };
    stored = [{ ...before, ...sent }];
    return { status: 200, body: ofOne(stored[0] ?? {}) };
  };
}

/** All records of this CRM fit on one page. */
function isFirstPage({ calls: { paging } }: Facts, query: Json | undefined): boolean {
  const at = isObject(query) ? query[paging.at] : undefined;
  if (paging.by === 'none' || at === undefined) return true;
  return paging.by !== 'cursor' && scalarText(at) === String(paging.by === 'page' ? paging.first : 0);
}

function listOf({ shape }: Facts, records: JsonObject[]): Json {
  if (shape.records === undefined) return records;
  const answer: JsonObject = {};
  put(answer, namesIn(shape.records), records);
  if (shape.total !== undefined) put(answer, namesIn(shape.total), records.length);
  return answer;
}

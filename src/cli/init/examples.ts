import { asItCame } from '../../examples/update.ts';
import type { Example, Exchange } from '../../examples/format.ts';
import { playExample } from '../../examples/run.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { MappingSet } from '../../mapping/set.ts';
import type { Facts } from './facts.ts';
import { madeUpRecord, put } from './made-up.ts';
import { writesOf } from './mapping-text.ts';
import { searchesOf } from './requests.ts';

/** A call, as an example file begins. */
type Asked = Pick<Example, 'about' | 'operation'> & Partial<Pick<Example, 'id' | 'input' | 'filters'>>;

/** More requests than any call of a skeleton makes. */
const mostExchanges = 20;

/**
 * Makes the examples of a skeleton by playing them on a CRM that does what the facts say. What the gateway asks and
 * shows is written down; no record of anybody is in it.
 *
 * @param set the skeleton, loaded with `exampleClock` and `exampleRandom`
 * @returns the examples by the name of their file
 */
export async function madeExamples(set: MappingSet, facts: Facts): Promise<ReadonlyMap<string, JsonObject>> {
  const made = new Map<string, JsonObject>();
  const { create, update, delete: remove } = writesOf(facts);
  const id = facts.id.madeUp as string | number;
  const record = async (name: string, asked: Asked, records: readonly JsonObject[]) => {
    const example = await recorded(set, asked, crmOf(facts, records));
    if (example) made.set(`klant.${name}.yaml`, example);
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
  return made;
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

/** Plays a call again and again, each time with the answer to one request more, until all have one. */
async function recorded(set: MappingSet, asked: Asked, crm: Crm): Promise<JsonObject | undefined> {
  const exchanges: Exchange[] = [];
  while (exchanges.length < mostExchanges) {
    const example: Example = { ...asked, exchanges };
    const { came } = await playExample(set, example);
    const request = came?.sent.get(exchanges.length)?.request;
    if (!came) return undefined;
    if (!request) {
      const update = asItCame(example, came);
      return 'example' in update ? update.example : undefined;
    }
    exchanges.push({ request: withoutEmpty(request), answer: crm(request) });
  }
  return undefined;
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
  return ({ method, path, body }) => {
    const isCollection = path === `/${calls.collection.map(encodeURIComponent).join('/')}`;
    const [before] = stored;
    const sent = isObject(body) ? body : {};
    if (method === 'POST') {
      const created = { [id.field]: id.madeUp, ...sent };
      stored = [created];
      const wrapper = calls.create?.record;
      return { status: 201, body: wrapper === undefined ? created : { [wrapper]: created } };
    }
    if (method === 'GET' && isCollection) return { status: 200, body: listOf(facts, stored) };
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

function listOf({ shape }: Facts, records: JsonObject[]): Json {
  if (shape.records === undefined) return records;
  const answer: JsonObject = {};
  put(answer, shape.records.split('.'), records);
  if (shape.total !== undefined) put(answer, shape.total.split('.'), records.length);
  return answer;
}

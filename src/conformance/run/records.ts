import type { Operation, Resource } from '../../contract/resource.ts';
import { type JsonObject, scalarText, valueAt } from '../../json.ts';
import { NotTried, Stopped } from './check.ts';
import { complaintsIn, type Exchange, objectIn, resultsIn } from './client.ts';
import type { Ask, Context } from './context.ts';
import { uuidIn, uuidOf } from './made.ts';
import {
  completeContactmoment,
  completeKlant,
  completeVerzoek,
  identifiedKlant,
  leastContactmoment,
  unique,
  worded,
} from './samples.ts';

/** A record that a check made. */
export interface MadeRecord {
  readonly uuid: string;
  /** As the implementation writes it. */
  readonly url: string;
  /** As it was answered. */
  readonly record: JsonObject;
}

/** A resource by its name in the API of the check, or one of another API. */
export type Named = string | Resource;

function resourceIn(context: Context, named: Named): Resource {
  return typeof named === 'string' ? context.resource(named) : named;
}

/** Tells of an answer with another status. */
export function expectStatus(context: Context, answer: Exchange, status: number): boolean {
  return context.expect(answer.status === status, answer, `status ${status}`);
}

/** Tells of an answer that is no 400 with these complaints among its `invalidParams`, each as `name code`. */
export function expectRefused(context: Context, answer: Exchange, ...wanted: readonly string[]): void {
  const given = answer.status === 400 ? complaintsIn(answer) : [];
  const missing = wanted.filter((complaint) => !given.includes(complaint));
  context.expect(missing.length === 0, answer, `400 (${missing.join(', ')})`);
}

/** Makes a record; throws Stopped when that fails. */
export async function make(context: Context, named: Named, body: JsonObject): Promise<MadeRecord> {
  const answer = await context.ask(resourceIn(context, named), 'create', { body });
  const uuid = uuidIn(answer);
  if (
    !expectStatus(context, answer, 201) ||
    !context.expect(uuid !== '', answer, 'a url that ends with a uuid')
  )
    throw new Stopped();
  const record = objectIn(answer);
  return { uuid, url: scalarText(record.url) ?? '', record };
}

/** A record as it is now; throws Stopped when it cannot be read. */
export async function reread(context: Context, named: Named, uuid: string): Promise<JsonObject> {
  const answer = await context.ask(resourceIn(context, named), 'read', { uuid });
  if (!expectStatus(context, answer, 200)) throw new Stopped();
  return objectIn(answer);
}

/** Removes a record, and tells when it does not go. */
export async function remove(context: Context, named: Named, uuid: string): Promise<Exchange> {
  const answer = await context.ask(resourceIn(context, named), 'delete', { uuid });
  expectStatus(context, answer, 204);
  return answer;
}

/** The uuids on the first page of a list; throws Stopped when it cannot be read. */
export async function listed(context: Context, named: Named, query: Ask['query']): Promise<string[]> {
  const answer = await context.ask(resourceIn(context, named), 'list', query ? { query } : {});
  if (!expectStatus(context, answer, 200)) throw new Stopped();
  return resultsIn(answer).map(({ url }) => uuidOf(scalarText(url) ?? ''));
}

/** Asks for an operation on a record that a check made. */
export function change(
  context: Context,
  named: Named,
  operation: Extract<Operation, 'update' | 'partial_update'>,
  uuid: string,
  body: JsonObject,
): Promise<Exchange> {
  return context.ask(resourceIn(context, named), operation, { uuid, body });
}

/** Whether the run has the API of a resource. */
function hasApiOf(context: Context, name: string): boolean {
  const { api } = context.resource(name);
  return [...context.run.apis.keys()].some((given) => given === api);
}

/** The URL of a klant that is there: a new one of this implementation where it has the Klanten API, or one elsewhere. */
async function someKlant(context: Context): Promise<string> {
  if (hasApiOf(context, 'klant')) return (await make(context, 'klant', identifiedKlant(context.run))).url;
  await context.needs('urls');
  return context.run.places.exists();
}

/** The URL of a contactmoment that is there: a new one here, or one elsewhere. */
async function someContactmoment(context: Context): Promise<string> {
  if (hasApiOf(context, 'contactmoment'))
    return (await make(context, 'contactmoment', leastContactmoment(context.run))).url;
  await context.needs('urls');
  return context.run.places.exists();
}

/** Whose relations a new one is among. */
type Main = (name: 'contactmoment' | 'verzoek') => Promise<string>;

/** The body of a new record of each resource with everything in it; of a relation, with something new that it relates. */
const bodies: Readonly<Record<string, (context: Context, main: Main) => Promise<JsonObject> | JsonObject>> = {
  klant: (context) => worded(context.resource('klant'), completeKlant(context.run)),
  contactmoment: (context) => bodyOfMain(context, 'contactmoment', completeContactmoment(context.run)),
  verzoek: (context) => bodyOfMain(context, 'verzoek', completeVerzoek(context.run)),
  klantcontactmoment: async (context, main) => ({
    contactmoment: await main('contactmoment'),
    klant: await someKlant(context),
    rol: 'gesprekspartner',
  }),
  objectcontactmoment: (context, main) => bodyOfObject(context, 'contactmoment', main),
  objectverzoek: (context, main) => bodyOfObject(context, 'verzoek', main),
  klantverzoek: async (context, main) => ({
    klant: await someKlant(context),
    verzoek: await main('verzoek'),
    rol: 'initiator',
    indicatieMachtiging: 'gemachtigde',
  }),
  verzoekcontactmoment: async (context, main) => ({
    contactmoment: await someContactmoment(context),
    verzoek: await main('verzoek'),
  }),
  verzoekinformatieobject: async (context, main) => {
    await context.needs('documenten');
    return { informatieobject: context.run.places.informatieobject(), verzoek: await main('verzoek') };
  },
  verzoekproduct: async (_, main) => ({
    verzoek: await main('verzoek'),
    productIdentificatie: { code: unique() },
  }),
};

/**
 * The body of a new, complete record, which nothing else is like. That of a relation is of a new contactmoment or verzoek,
 * which has no other: there are CRMs that hold one klant of each, and would refuse what is not being tried.
 */
export async function completeBody(context: Context, name: string): Promise<JsonObject> {
  const main: Main = async (of) => (await makeComplete(context, of)).url;
  return (await bodies[name]?.(context, main)) ?? {};
}

/** The body of a new, complete relation of a record that is there. */
export async function bodyOn(context: Context, name: string, url: string): Promise<JsonObject> {
  return (await bodies[name]?.(context, () => Promise.resolve(url))) ?? {};
}

/** A body without one of its fields. */
export function without(body: JsonObject, field: string): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));
}

/** A new, complete record. */
export async function makeComplete(context: Context, name: string): Promise<MadeRecord> {
  return make(context, name, await completeBody(context, name));
}

/** A record that others are about; with a klant, where that is one of its fields. */
async function bodyOfMain(context: Context, name: string, body: JsonObject): Promise<JsonObject> {
  const resource = context.resource(name);
  const klant = 'klant' in resource.fields ? { klant: (await commonRecord(context, 'klant')).url } : {};
  return { ...worded(resource, body), ...klant };
}

/** The relation with a zaak, which the Zaken API knows already. */
async function bodyOfObject(
  context: Context,
  of: 'contactmoment' | 'verzoek',
  main: Main,
): Promise<JsonObject> {
  await context.needs('zaken', 'stand-ins');
  const { places } = context.run;
  const object = places.zaak();
  const url = await main(of);
  places.standIns.zaken.relate(of === 'verzoek' ? 'zaakverzoeken' : 'zaakcontactmomenten', object, url);
  return { [of]: url, object, objectType: 'zaak' };
}

/** A filter with a value of its own in every complete record, so that a list with it is short, whatever there is. */
const narrows: Readonly<Record<string, string>> = {
  klant: 'achternaam',
  contactmoment: 'kanaal',
  verzoek: 'externeIdentificatie',
};

/** A query that shows one complete record, and few others; empty for a list without filters. */
export function narrowQuery({ name, filters, partOf }: Resource, record: JsonObject): Record<string, string> {
  const references = Object.keys(filters).filter((one) => filters[one]?.link?.reach === 'local');
  const narrow = [narrows[name], partOf, ...references].find((one) => one !== undefined && one in filters);
  if (narrow === undefined) return {};
  return { [narrow]: scalarText(valueAt(record, filters[narrow]?.on ?? '')) ?? '' };
}

/**
 * Tries something with a short list that a record is in. Where the implementation answers 501 to that list, it is one of
 * all that the record links to: there are registers that only list the relations of one klant.
 */
export async function withShortList(
  resource: Resource,
  record: JsonObject,
  attempt: (query: Record<string, string>) => Promise<void>,
): Promise<void> {
  const narrow = narrowQuery(resource, record);
  try {
    await attempt(narrow);
  } catch (error) {
    const narrower = { ...narrow, ...linksOf(resource, record) };
    const isAnother = Object.keys(narrower).length > Object.keys(narrow).length;
    if (!(error instanceof NotTried && isAnother)) throw error;
    await attempt(narrower);
  }
}

/** A filter for each link that is set. */
function linksOf({ filters }: Resource, record: JsonObject): Record<string, string> {
  const linked = Object.entries(filters).filter(([, { link }]) => link !== undefined);
  const values = linked.map(([name, { on }]) => [name, scalarText(valueAt(record, on)) ?? ''] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/** A complete record that all checks of a run have together: it is looked at, and never changed. */
export async function commonRecord(context: Context, name: string): Promise<MadeRecord> {
  const { common } = context.run;
  const { api, plural } = context.resource(name);
  const making = common.get(`${api} ${name}`) ?? makeComplete(context, name);
  common.set(`${api} ${name}`, making);
  try {
    return await making;
  } catch (error) {
    if (error instanceof Stopped) {
      const sent = `POST /${plural}`;
      context.tell({ sent, expected: `a ${name} to try this with`, came: 'it could not be made' });
    }
    throw error;
  }
}

import { encodingOf } from '../backend/encoding/index.ts';
import { interpret } from '../backend/interpret.ts';
import { BackendFault, problemOf, type Send, type SendFilter } from '../backend/send.ts';
import { readFilters } from '../contract/filter.ts';
import type { Operation, Resource } from '../contract/resource.ts';
import { deadlineIn } from '../deadline.ts';
import { linksThrough } from '../gateway/crm-links.ts';
import { gateway } from '../gateway/index.ts';
import { localLocks } from '../gateway/locks.ts';
import { type OwnUrls, ownUrls } from '../gateway/own-urls.ts';
import type { Perform } from '../gateway/perform.ts';
import { localTombstones } from '../gateway/tombstones.ts';
import { withIdempotency } from '../gateway/with-idempotency.ts';
import type { Clock, Random } from '../mapping/functions.ts';
import type { MappedResource, MappingSet } from '../mapping/set.ts';
import type { Event } from '../observe/events.ts';
import { BackendProblem, type Complaint, invalidInput, Problem } from '../problem.ts';
import { openRegister } from '../register/index.ts';
import { type Links, linksFromCrm, linksToCrm } from '../register/links.ts';
import { recordCache } from '../register/record-cache.ts';
import type { Work } from '../register/work.ts';
import type { Difference } from './difference.ts';
import type { Example } from './format.ts';
import { operationOf } from './load.ts';
import { differencesIn, type Outcome, shownOf } from './outcome.ts';
import { playScript, type Script, type Sent } from './script.ts';

/** The clock of examples stands still, at noon on 1 January 2025 in UTC. Load their sets with it. */
export const exampleClock: Clock = { now: () => Date.UTC(2025, 0, 1, 12) };

/** The dice of examples always show 0, so a klantnummer that is generated is "22222222". Load their sets with it. */
export const exampleRandom: Random = () => 0;

/** The UUID that a new record gets in examples, where its mapping leaves that to us. */
export const exampleUuid = '00000000-0000-4000-8000-000000000000';

const limitMs = 10_000;

/** What came of an example. */
export interface Played {
  /** What differs from what the example says; nothing when it holds. */
  readonly differences: readonly Difference[];
  /** All that came; undefined when the call of the example cannot be made. */
  readonly came: Came | undefined;
}

/** What went over the line, and what the client gets. */
export interface Came {
  readonly resource: Resource;
  /** The requests, by the index of their exchange; an index past the last exchange had no answer. */
  readonly sent: ReadonlyMap<number, Sent>;
  readonly outcome: Outcome;
  /** What the log would have of it. */
  readonly events: readonly Event[];
}

/**
 * Plays one example through the whole gateway, from the client's call to the last exchange with the CRM. Nothing
 * goes over a network: the CRM answers from the example, every URL of another register exists, and all rules that
 * are on by default are on.
 *
 * @param set loaded with `exampleClock` and `exampleRandom`
 */
export async function playExample(set: MappingSet, example: Example): Promise<Played> {
  const { resource: name, operation } = operationOf(example);
  const mapped = set.resources.get(name);
  if (!mapped) {
    const known = [...set.resources.keys()].join(', ');
    return unplayable({ path: ['operation'], expected: `a resource of the set: ${known}`, got: name });
  }
  const resources = [...set.resources.values()].map(({ resource }) => resource);
  const urls = ownUrls(
    { canonical: 'https://klantbrug.example', further: [] },
    new Map(resources.map(({ api }) => [api, `/${api}/api/v1`])),
    resources,
  );
  const play: Play = { set, mapped, operation, example, urls, links: linksThrough(urls, set) };
  const uuid = uuidOf(play, example);
  if (typeof uuid !== 'string') return unplayable(uuid);
  const script = playScript(example.exchanges);
  const events: Event[] = [];
  const background: Promise<unknown>[] = [];
  const perform = gatewayOn(play, script, background);
  const outcome = await outcomeOf(perform, play, uuid, (event) => {
    events.push(event);
  });
  await Promise.allSettled(background);
  return {
    differences: [...script.differences(), ...differencesIn(outcome, mapped.resource, example, events)],
    came: { resource: mapped.resource, sent: script.sent, outcome, events },
  };
}

function unplayable(difference: Difference): Played {
  return { differences: [difference], came: undefined };
}

/** The UUID of the record that an example is about, blank when it is about none; or why there is no such UUID. */
function uuidOf({ mapped: { parts }, links }: Play, { id, part }: Example): string | Difference {
  if (id === undefined) return '';
  const named = part === undefined ? parts : parts.filter(({ name }) => name === part);
  if (named.length === 0) {
    const known = parts.map(({ name }) => name).join(', ');
    return { path: ['part'], expected: `a part of the resource: ${known}`, got: JSON.stringify(part) };
  }
  const uuid = named.map((one) => links.uuidIn(one, id)).find((candidate) => candidate !== undefined);
  return uuid ?? { path: ['id'], expected: "an id of the set's form", got: JSON.stringify(id) };
}

/** One example while it is played. */
interface Play {
  readonly set: MappingSet;
  readonly mapped: MappedResource;
  readonly operation: Operation;
  readonly example: Example;
  readonly urls: OwnUrls;
  readonly links: Links;
}

function gatewayOn(
  { set, mapped, operation, urls, links }: Play,
  script: Script,
  background: Promise<unknown>[],
): Perform {
  const open = (name: string) => {
    const encoding = encodingOf(set.encodings[name]);
    return withProblems(interpret(name, script.transport(name, encoding), set.errors[name] ?? [], encoding));
  };
  const opened = new Map<string, Send>();
  const backendOf = (name: string): Send => {
    const send = opened.get(name) ?? open(name);
    opened.set(name, send);
    return send;
  };
  const cache = { records: recordCache(1, 1), staleMs: undefined };
  return gateway({
    registers: new Map(
      [...set.resources]
        .filter(([name]) => name === mapped.resource.name || name !== mapped.resource.audit?.trail.name)
        .map(([name, one]) => [
          name,
          openRegister(withoutWaiting(one), backendOf, cache, links, () => exampleUuid),
        ]),
    ),
    ownUrls: urls,
    fetchUrl: () => Promise.resolve({ status: 200, body: elsewhere }),
    surrounding: {
      // A relation is in its source before it is made here, and out of it before it is removed here.
      zakenAt: () => ({
        name: 'zaken',
        root: '',
        hasRelation: () => Promise.resolve({ found: operation === 'create' }),
      }),
      documentenAt: () => ({
        name: 'documenten',
        root: '',
        createRelation: () => Promise.resolve(true),
        removeRelation: () => Promise.resolve(true),
        relatedTo: () => Promise.resolve([]),
      }),
      documenten: [],
    },
    random: exampleRandom,
    clock: exampleClock,
    locks: localLocks(),
    tombstones: localTombstones(),
    announcer: { strict: false, publish: () => undefined, deliver: () => Promise.resolve() },
    audit: { required: true, applicatieOf: () => Promise.resolve({ id: 'example', weergave: '' }) },
    switches: (rule) => rule.default,
    // One look at what became of a write that was not answered.
    settling: () => ({ everyMs: 0, graceMs: 0, giveUpMs: 0, probeMs: limitMs }),
    idempotency: withIdempotency({ maxEntries: 1, keepMs: 1 }),
    background: (task) => background.push(task),
  });
}

/** In an example a write shows at the first look, or not at all. */
function withoutWaiting(mapped: MappedResource): MappedResource {
  const once = { withinMs: 0 };
  const parts = mapped.parts.map((part) => ({ ...part, writesShow: part.writesShow && once }));
  return { ...mapped, parts };
}

/** What every URL of another register holds: enough of a zaak, and of an informatieobject, to pass for either. */
export const elsewhere = Object.fromEntries(
  [
    ...['bronorganisatie', 'zaaktype', 'verantwoordelijkeOrganisatie', 'startdatum'],
    ...['creatiedatum', 'titel', 'auteur', 'taal', 'informatieobjecttype'],
  ].map((name) => [name, name]),
);

/** As around a real backend, without its breaker and its second tries. */
const withProblems: SendFilter = (next) => async (request, context) => {
  try {
    return await next(request, context);
  } catch (error) {
    throw error instanceof BackendFault ? new BackendProblem(problemOf(error), error.outcome) : error;
  }
};

async function outcomeOf(
  perform: Perform,
  { mapped: { resource }, operation, example, links }: Play,
  uuid: string,
  observe: Work['observe'],
): Promise<Outcome> {
  try {
    const result = await perform({
      resource,
      operation,
      uuid,
      // An example names linked records by the CRM's own ids, as it does everything else.
      body: linksFromCrm(resource, example.input ?? {}, links),
      filters: filtersOf(resource, example, links),
      ordering: [],
      page: example.page ?? 1,
      idempotencyKey: undefined,
      work: {
        deadline: deadlineIn(limitMs),
        observe,
        caller: { clientId: 'example', userId: undefined, userRepresentation: undefined },
        trace: { mappingMs: 0, backendMs: 0, backendCalls: 0, cache: 'none' },
      },
    });
    return { result: shownOf(result, (representation) => linksToCrm(resource, representation, links.idOf)) };
  } catch (error) {
    if (error instanceof Problem) return { problem: error };
    throw error;
  }
}

/** A filter on a link may be given as the id of what it leads to. */
function filtersOf(resource: Resource, { filters = {} }: Example, links: Links) {
  const asUrls = Object.entries(filters).map(([name, value]): [string, string] => {
    const link = resource.filters[name]?.link;
    const id = /^[0-9]+$/.test(value) ? Number(value) : value;
    return [name, (link && !value.includes('://') ? links.urlOf(link.to, id) : undefined) ?? value];
  });
  const complaints: Complaint[] = [];
  const values = readFilters(resource.filters, asUrls, complaints);
  if (complaints.length > 0) throw invalidInput(complaints);
  return values;
}

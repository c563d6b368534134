import { rewriteXml } from '../backend/encoding/xml-rewrite.ts';
import type { BackendRequest } from '../backend/send.ts';
import { urlOf } from '../backend/transport.ts';
import type { Operation, Resource } from '../contract/resource.ts';
import { namesIn } from '../dotted-path.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../json.ts';
import type { CrmId } from '../mapping/ids.ts';
import type { MappingSet } from '../mapping/set.ts';
import type { Depersonalise } from './depersonalise.ts';
import type { Example, Exchange } from './format.ts';
import { type Outcome, problemShown } from './outcome.ts';
import { whatIsSet } from './update.ts';

/** A call that was made, in the terms of examples: links are ids of the CRM. */
export interface LiveCall {
  readonly resource: Resource;
  readonly operation: Operation;
  readonly id: CrmId | undefined;
  /** The part that the id is of, where the id does not tell it. */
  readonly part: string | undefined;
  readonly filters: Readonly<Record<string, string>>;
  readonly page: number | 'last';
  readonly input: JsonObject | undefined;
}

/** One request to a backend, and its whole answer. */
export interface LiveExchange {
  readonly backend: string;
  readonly request: BackendRequest;
  readonly status: number;
  /** Those that a mapping set can look at. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  /** The document itself, of a backend that answers in XML: examples have that. */
  readonly text: string | undefined;
}

/** What was said over the line, and what came of it. */
export interface Live {
  readonly about: string;
  readonly call: LiveCall;
  readonly exchanges: readonly LiveExchange[];
  readonly outcome: Outcome;
  /** The UUIDs that new records got, where the mapping leaves that to us. */
  readonly newUuids: readonly string[];
}

/** A live round trip as an example, with what `change` makes of every value in it. */
export function exampleOf({ about, call, exchanges, outcome }: Live, change: Depersonalise): Example {
  const { resource, operation, id, part, filters, page, input } = call;
  const several = new Set(exchanges.map(({ backend }) => backend)).size > 1;
  const changed = <Value extends Json>(value: Value): Value => change(value) as Value;
  return {
    about,
    operation: `${resource.name}.${operation}`,
    ...(id === undefined ? {} : { id }),
    ...(part === undefined ? {} : { part }),
    ...(Object.keys(filters).length > 0 ? { filters: changed({ ...filters }) } : {}),
    ...(page === 1 ? {} : { page }),
    ...(input === undefined ? {} : { input: changed(input) }),
    exchanges: exchanges.map((one) => exchangeOf(one, several, change)),
    ...cameOf(resource, outcome, change),
  };
}

function cameOf(
  resource: Resource,
  outcome: Outcome,
  change: Depersonalise,
): Pick<Example, 'result' | 'problem'> {
  if ('problem' in outcome) {
    return { problem: problemShown(outcome.problem) as NonNullable<Example['problem']> };
  }
  if (outcome.result === undefined) return {};
  const result = change(whatIsSet(resource, outcome.result, undefined));
  return isObject(result) ? { result } : {};
}

function exchangeOf(one: LiveExchange, several: boolean, change: Depersonalise): Exchange {
  const { backend, request, status, headers } = one;
  const text = (value: string): string => scalarText(change(value)) ?? '';
  const path = urlOf('', { path: request.path.map(text), query: [] });
  const query = queryOf(request.query.map(([name, value]) => [name, text(value)]));
  const sent = textsOf(request.headers, text);
  const answered = textsOf(headers, text);
  return {
    ...(several ? { backend } : {}),
    request: {
      ...askedOf(request, path, change),
      ...(query ? { query } : {}),
      ...(sent ? { headers: sent } : {}),
    },
    answer: {
      status,
      ...(answered ? { headers: answered } : {}),
      ...bodyOf(one, change),
    },
  };
}

/** A document stays a text; of an answer without one there is no body. */
function bodyOf({ body, text }: LiveExchange, change: Depersonalise): Pick<Exchange['answer'], 'body'> {
  if (text !== undefined) return { body: rewriteXml(text, (value) => scalarText(change(value)) ?? '') };
  return body === undefined ? {} : { body: change(body) };
}

function askedOf(
  { method, call, params, action, body }: BackendRequest,
  path: string,
  change: Depersonalise,
): Exchange['request'] {
  const at = path === '' ? {} : { path };
  const content = body === undefined ? {} : { body: change(body) };
  if (call !== undefined) return { ...at, call, params: change(params ?? []) };
  if (action !== undefined) return { ...at, action, ...content };
  return { method, path, ...content };
}

function queryOf(
  pairs: readonly (readonly [string, string])[],
): Record<string, string | string[]> | undefined {
  const names = [...new Set(pairs.map(([name]) => name))];
  if (names.length === 0) return undefined;
  const values = names.map((name): [string, string | string[]] => {
    const [first = '', ...others] = pairs.filter(([other]) => other === name).map(([, value]) => value);
    return [name, others.length === 0 ? first : [first, ...others]];
  });
  return Object.fromEntries(values);
}

function textsOf(
  headers: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> | undefined {
  const entries = Object.entries(headers).map(([name, value]) => [name, change(value)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The headers of an answer that a mapping set, or the gateway on its behalf, looks at. */
export function headersThatCount(
  { errors }: MappingSet,
  backend: string,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const named = (errors[backend] ?? []).flatMap(({ when }) => when.header?.toLowerCase() ?? []);
  const counting = new Set([...named, 'etag', 'retry-after']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => counting.has(name)));
}

/**
 * The ids of records that are in some exchanges: what is under a name that a resource of the set has its id under, and
 * the ids that were asked for.
 */
export function idsIn(set: MappingSet, { call, exchanges }: Pick<Live, 'call' | 'exchanges'>): Set<string> {
  const names = new Set(
    [...set.resources.values()].flatMap(({ parts }) =>
      parts.flatMap(({ id }) => id.fields.map((field) => namesIn(field).at(-1) ?? '')),
    ),
  );
  const { resource, filters, input = {} } = call;
  const linked = [
    ...Object.entries(filters).flatMap(([name, value]) => (resource.filters[name]?.link ? [value] : [])),
    ...resource.links.map(([name]) => scalarText(input[name]) ?? ''),
  ].filter((value) => /^\w+$/.test(value));
  const found = new Set([...[call.id ?? []].flat().map(String), ...linked]);
  const look = (value: Json | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      // In XML a name has a prefix, and an element with attributes has its text inside.
      const text = scalarText(isObject(inner) ? (inner['#text'] ?? inner) : inner);
      if (text !== undefined && names.has(name.slice(name.indexOf(':') + 1))) found.add(text);
      look(inner);
    }
  };
  for (const { request, body } of exchanges) [request.body, request.params, body].forEach(look);
  return found;
}

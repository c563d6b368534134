import { isDeepStrictEqual } from 'node:util';
import type { Fields } from '../contract/field.ts';
import { fieldsOf, type Resource } from '../contract/resource.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../json.ts';
import type { Example, Exchange } from './format.ts';
import { problemShown } from './outcome.ts';
import type { Came } from './run.ts';
import { expectedOf, type Sent } from './script.ts';

/** An example with what came in the place of what it expected, or why there is no such example. */
export type Update =
  { readonly example: JsonObject } | { readonly impossible: string; readonly request: JsonObject };

/**
 * The example as it came: its call and the CRM's answers stay, what is expected of the requests, the result or the
 * problem becomes what came. Nobody knows what the CRM answers to a request that the example does not have, so that
 * one is for the author.
 *
 * @param came what playing it gave
 */
export function asItCame(example: Example, { resource, sent, outcome }: Came): Update {
  const unanswered = sent.get(example.exchanges.length);
  if (unanswered) {
    const impossible = 'no exchange has an answer to this request: add one, with what the CRM answers';
    return { impossible, request: unanswered.request };
  }
  const exchanges = example.exchanges.flatMap((exchange, index) => {
    const request = sent.get(index);
    return request ? [exchangeAsItCame(exchange, request)] : [];
  });
  const { exchanges: before, result: expected, problem: refused, ...call } = example;
  const withExchanges = before.length === 0 ? call : { ...call, exchanges };
  if ('problem' in outcome)
    return { example: plain({ ...withExchanges, problem: problemShown(outcome.problem, refused) }) };
  if (outcome.result === undefined) return { example: plain(withExchanges) };
  return { example: plain({ ...withExchanges, result: whatIsSet(resource, outcome.result, expected) }) };
}

/** Keys that say nothing are left out, but for those that the author wrote. */
function exchangeAsItCame(exchange: Exchange, { backend, request: sent }: Sent): JsonObject {
  const { request } = exchange;
  if (isDeepStrictEqual(plain(expectedOf(request)), plain(sent))) {
    return plain({ ...exchange, ...(exchange.backend === undefined ? {} : { backend }) });
  }
  const kept = Object.entries(sent).filter(
    ([name, value]) => name in request || !isObject(value) || Object.keys(value).length > 0,
  );
  const withQuery = kept.map(([name, value]): [string, Json] =>
    name === 'query' && isObject(value) ? [name, asWritten(value, request.query ?? {})] : [name, value],
  );
  return plain({
    ...exchange,
    ...(exchange.backend === undefined ? {} : { backend }),
    request: Object.fromEntries(withQuery),
  });
}

/** Parameters go over the line as text: one that is the same keeps the number or the switch that the author wrote. */
function asWritten(query: JsonObject, before: NonNullable<Exchange['request']['query']>): JsonObject {
  const entries = Object.entries(query).map(([name, value]): [string, Json] => {
    const written = before[name];
    return [
      name,
      written !== undefined && isDeepStrictEqual(textOf(written), textOf(value)) ? written : value,
    ];
  });
  return Object.fromEntries(entries);
}

/** A parameter as it goes over the line: a text, or several of them. */
function textOf(value: Json): unknown {
  return Array.isArray(value) ? value.map(scalarText) : scalarText(value);
}

/** An example names what is set; what it says itself (`expected`), and that is so, stays too. */
export function whatIsSet(resource: Resource, came: Json, expected: JsonObject | undefined): Json {
  if (!isObject(came)) return came;
  if (!Array.isArray(came.results)) return setIn(fieldsOf(resource, came), came, expected);
  const before = Array.isArray(expected?.results) ? expected.results : [];
  const results = came.results.map((item, index) =>
    isObject(item) ? setIn(fieldsOf(resource, item), item, before[index]) : item,
  );
  return { ...came, results };
}

function setIn(fields: Fields, came: JsonObject, expected: Json | undefined): JsonObject {
  const before = isObject(expected) ? expected : {};
  const said = Object.entries(came).flatMap(([name, value]): [string, Json][] => {
    const field = fields[name];
    const isUnset = field !== undefined && isDeepStrictEqual(plain(value), plain(field.unset));
    if (isUnset && !(name in before && isDeepStrictEqual(before[name], plain(value)))) return [];
    return [[name, field?.fields && isObject(value) ? setIn(field.fields, value, before[name]) : value]];
  });
  return Object.fromEntries(said);
}

/** Plain data: results of JSONata have no prototype, and what is undefined is not there. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/**
 * Compares the OpenAPI document that we derive with the official one of the standard, fact by fact.
 *
 *     npx tsx .ci/compare-openapi.ts [official.yaml]
 *
 * The official document is not part of this repository: without it the comparison is skipped. Wording (titles,
 * descriptions, examples) is ours and not compared. A difference that is not in `expected` fails, and so does an
 * entry of `expected` that no longer occurs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { openApiDocument } from '../src/api/openapi/index.ts';
import { isObject, type Json, type JsonObject } from '../src/json.ts';
import { resources } from '../src/resources/index.ts';

/** A difference that is meant to be. `where` is tested on the line of a difference: `- only theirs`, `+ only ours`, `~ changed`. */
interface Expected {
  readonly where: RegExp;
  readonly reason: string;
}

const expected: readonly Expected[] = [
  {
    where: /^- paths > \/klanten\/\{klant_uuid\}\/audittrail/,
    reason: 'the audit trail is not yet exposed: its operations',
  },
  {
    where: /^- components > schemas > (AuditTrail|Wijzigingen) > /,
    reason: 'the audit trail is not yet exposed: its schemas',
  },
  {
    where: /^- components > schemas > Klant > (required > klantnummer|properties > klantnummer > minLength) /,
    reason: 'rule kla-001: a klantnummer that is absent or empty is generated',
  },
  {
    where: /^- components > schemas > (Fout|ValidatieFout) > properties > detail > minLength /,
    reason: 'the detail of a validation error is always empty',
  },
  {
    where: /^- components > responses > 412 > /,
    reason: 'no operation of either document points at it: no conditional writes',
  },
  {
    where: /^\+ paths > \/klanten\/\{uuid\} > get > responses > 304 > /,
    reason: 'the standard demands conditional reads, its document leaves the answer out',
  },
  {
    where: /^\+ paths > \S+ > (post|put|patch) > responses > 413 > /,
    reason: 'a body has a limit: the operations',
  },
  { where: /^\+ components > responses > 413 > /, reason: 'a body has a limit: the response' },
  {
    where: /^\+ paths > \S+ > [a-z]+ > responses > 50[1-4] > /,
    reason: 'a gateway tells that the system behind it fails: the operations',
  },
  {
    where: /^\+ components > responses > 50[1-4] > /,
    reason: 'a gateway tells that the system behind it fails: the responses',
  },
];

/** Facts by the place where they are stated. */
type Facts = ReadonlyMap<string, string>;

/** Everything that a document states about the API, but not how it is worded. */
function factsOf(document: JsonObject): Facts {
  const facts = new Map<string, string>();
  collect({ paths: withOwnParameters(document.paths), components: document.components ?? {} }, [], facts);
  return facts;
}

/** Parameters of a path belong to each of its operations, so it makes no difference where they are written. */
function withOwnParameters(paths: Json | undefined): JsonObject {
  const result: JsonObject = {};
  for (const [path, { parameters: shared, ...operations }] of objectsIn(paths)) {
    result[path] = Object.fromEntries(
      objectsIn(operations).map(([method, operation]) => [
        method,
        { ...operation, parameters: byName([...listIn(shared), ...listIn(operation.parameters)]) },
      ]),
    );
  }
  return result;
}

/** Parameters by place and name: their order means nothing, and one is optional unless it says otherwise. */
function byName(parameters: readonly Json[]): JsonObject {
  return Object.fromEntries(
    parameters.filter(isObject).map((parameter) => {
      return [`${asKey(parameter.in)} ${asKey(parameter.name)}`, { required: false, ...parameter }];
    }),
  );
}

function collect(value: Json, place: readonly string[], facts: Map<string, string>): void {
  const children = childrenOf(value, place.at(-1) ?? '');
  if (children.length > 0) {
    for (const [name, child] of children) collect(child, [...place, name], facts);
  } else if (!isWording(place.at(-1) ?? '', value)) {
    facts.set(place.join(' > '), JSON.stringify(value));
  }
}

function childrenOf(value: Json, name: string): (readonly [string, Json])[] {
  if (isObject(value)) return Object.entries(value).filter(([key]) => key !== 'examples');
  if (!Array.isArray(value)) return [];
  const isSet = name === 'required' || name === 'enum' || name === 'tags';
  return value.map((item, index) => (isSet ? [asKey(item), true] : [String(index), item]));
}

/** A property may be called `title` too, but its schema is no string. */
function isWording(key: string, value: Json): boolean {
  return typeof value === 'string' && ['title', 'description', 'summary'].includes(key);
}

function objectsIn(value: Json | undefined): [string, JsonObject][] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([key, child]) =>
    isObject(child) ? [[key, child]] : [],
  );
}

function asKey(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** A line for each fact that only one of two documents states, or that they state differently. */
function differences(official: Facts, ours: Facts): string[] {
  return [...new Set([...official.keys(), ...ours.keys()])].flatMap((place) => {
    const theirs = official.get(place);
    const own = ours.get(place);
    if (theirs === own) return [];
    if (theirs === undefined) return [`+ ${place} = ${own ?? ''}`];
    if (own === undefined) return [`- ${place} = ${theirs}`];
    return [`~ ${place} = ${theirs} -> ${own}`];
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Reports the comparison; returns whether nothing failed. */
function compare(official: JsonObject, document: JsonObject): boolean {
  const theirs = factsOf(official);
  const ours = factsOf(document);
  const facts = new Set([...theirs.keys(), ...ours.keys()]).size;
  const found = differences(theirs, ours);

  const unlisted = found.filter((line) => !expected.some(({ where }) => where.test(line)));
  const gone = expected.filter(({ where }) => !found.some((line) => where.test(line)));
  for (const { where, reason } of expected) {
    say(`${found.filter((line) => where.test(line)).length} expected: ${reason}`);
  }
  for (const line of unlisted) say(`unlisted difference: ${line}`);
  for (const { reason } of gone) say(`no longer a difference, take it off the list: ${reason}`);

  say(`${facts - found.length} facts are equal, ${found.length - unlisted.length} differ as expected`);
  say(`${facts - unlisted.length} passed, ${unlisted.length + gone.length} failed`);
  return unlisted.length + gone.length === 0;
}

function main(): void {
  const besides = fileURLToPath(new URL('../../shared/standard/klanten.openapi.yaml', import.meta.url));
  const file = process.argv[2] ?? besides;
  if (!existsSync(file)) {
    say('skipped: the official OpenAPI document is not here');
    return;
  }
  const document = openApiDocument({
    title: 'Klanten API',
    description: '',
    version: '1.0.0',
    serverUrl: '/api/v1',
    resources: resources.filter(({ api }) => api === 'klanten'),
    supports: () => true,
  });
  const official: unknown = parse(readFileSync(file, 'utf8'));
  if (!isObject(official)) throw new Error('The official document is no OpenAPI document');
  if (!compare(official, document)) process.exitCode = 1;
}

main();

import { readFile } from 'node:fs/promises';
import { readQuery } from '../../api/query.ts';
import type { Deployment } from '../../compose.ts';
import { type Operation, operations, type Resource } from '../../contract/resource.ts';
import type { Call } from '../../gateway/perform.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { meant } from '../../mapping/meant.ts';
import type { MappedPart, MappedResource } from '../../mapping/set.ts';
import { type Links, linksFromCrm } from '../../register/links.ts';
import { UsageError } from '../command.ts';

/** One operation on one resource of a mapping set, as it was asked for on the command line. */
export interface Asked {
  readonly resource: string;
  readonly operation: Operation;
  /** Filters, `page` and `ordering`, as in a URL. */
  readonly query: string;
  /** A UUID, or the id in the CRM; of two parts with a comma in between. Blank for none. */
  readonly id: string;
  /** Which part of the resource that id is of; blank where it does not matter. */
  readonly part: string;
  readonly input: JsonObject;
}

/** The options that say what is asked: the same for every command that asks. */
export const askedOptions = {
  query: {
    required: false,
    meaning: "of a list: filters, page and ordering as in a URL ('achternaam=Jansen')",
  },
  id: {
    required: false,
    meaning: 'of a read, an update and a delete: a UUID or the id in the CRM (7, or 7,12)',
  },
  part: { required: false, meaning: 'which part of the resource that id is of, where several have such ids' },
  input: { required: false, meaning: 'of a create and an update: a JSON file with the body' },
} as const;

/** The option of every command that asks the CRM and hides what it shows of it. */
export const revealOption = {
  reveal: { required: false, flag: true, meaning: 'show personal data as it is; secrets are never shown' },
} as const;

/** Whether an operation changes something. */
export function isWrite(operation: Operation): boolean {
  return operation !== 'list' && operation !== 'read';
}

/**
 * Reads what is asked for.
 *
 * @param words `klant.list`
 * @throws UsageError when it cannot be
 */
export async function readAsked(
  options: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<Asked> {
  const [word = ''] = words;
  const [resource = '', name] = word.split('.');
  const operation = operations.find((candidate) => candidate === name);
  if (words.length !== 1 || !operation) {
    throw new UsageError(
      `name one operation, such as klant.list: a resource, a dot and ${operations.join(', ')}`,
    );
  }
  const { query = '', id = '', part = '', input } = options;
  const needsId = operation !== 'list' && operation !== 'create';
  const needsInput = isWrite(operation) && operation !== 'delete';
  const wrong = [
    needsId === (id === '') && `${word} ${needsId ? 'needs' : 'has no'} --id`,
    part !== '' && !needsId && `${word} has no --part`,
    query !== '' && operation !== 'list' && `${word} has no --query`,
    needsInput === (input === undefined) && `${word} ${needsInput ? 'needs' : 'has no'} --input`,
  ].find((problem) => problem !== false);
  if (wrong !== undefined) throw new UsageError(wrong);
  return { resource, operation, query, id, part, input: input === undefined ? {} : await inputIn(input) };
}

async function inputIn(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`--input: ${file} cannot be read`);
  });
  const value = parsed(text);
  if (!isObject(value)) throw new UsageError(`--input: ${file} holds no JSON object`);
  return value;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A call without what only a request has. */
export type AskedCall = Omit<Call, 'work'>;

/** What is asked, as the gateway is asked it; and the resource as the mapping set has it. */
export interface ReadyCall {
  readonly mapped: MappedResource;
  readonly call: AskedCall;
}

/**
 * Makes the call that is asked for. Links in the input and the filters may be ids of the CRM, as in examples.
 *
 * @throws UsageError when the set has no such resource or part, the id is none, or the query has a word that the standard
 * does not know; Problem for a query that is wrong otherwise
 */
export function callOf({ mapping, ownUrls, links }: Deployment, asked: Asked): ReadyCall {
  const mapped = mapping.resources.get(asked.resource);
  if (!mapped) {
    const known = [...mapping.resources.keys()].join(', ');
    throw new UsageError(`the set has no resource '${asked.resource}': it has ${known}`);
  }
  const { resource } = mapped;
  const { operation } = asked;
  checkWords(resource, asked);
  const urlOf = (to: string, id: string) => links.urlOf(to, id);
  const query =
    operation === 'list' ? readQuery(resource, withUrls(resource, asked.query, urlOf), ownUrls) : none;
  return {
    mapped,
    call: {
      resource,
      operation,
      uuid: asked.id === '' ? '' : uuidOf(mapped, asked, links),
      body: linksFromCrm(resource, asked.input, links),
      filters: query.filters,
      ordering: query.ordering,
      page: query.page,
      idempotencyKey: undefined,
    },
  };
}

const none = { filters: {}, ordering: [], page: 1 } as const;

/**
 * A client that misspells a filter gets everybody where the standard passes over what it does not know. Somebody at a
 * command line meant something. Values, and what stands there without a name, may be somebody's: they are not told.
 */
function checkWords({ name, filters, ordering }: Resource, { operation, query }: Asked): void {
  const known = [...Object.keys(filters), 'page', ...(ordering ? ['ordering'] : [])];
  const pairs = query.replace(/^\?+/, '').split('&').filter(Boolean);
  if (pairs.some((pair) => pair.indexOf('=') < 1)) {
    const how = 'write NAME=VALUE, with & between several, and %26 for a & in a value';
    throw new UsageError(`--query: ${how}; NAME is one of ${known.join(', ')}`);
  }
  const unknown = [...new URLSearchParams(pairs.join('&')).keys()].find((word) => !known.includes(word));
  if (unknown === undefined) return;
  const advice = meant(unknown, known) || `: it has ${known.join(', ')}`;
  throw new UsageError(`--query: the standard has no '${unknown}' in ${name}.${operation}${advice}`);
}

function withUrls(
  { filters }: Resource,
  query: string,
  urlOf: (to: string, id: string) => string | undefined,
): string {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of [...parameters]) {
    const link = filters[name]?.link;
    if (link && value !== '' && !value.includes('://')) parameters.set(name, urlOf(link.to, value) ?? value);
  }
  return parameters.toString();
}

function uuidOf({ resource, parts }: MappedResource, { id, part }: Asked, links: Links): string {
  const named = part === '' ? parts : parts.filter(({ name }) => name === part);
  if (named.length === 0) {
    throw new UsageError(
      `${resource.name} has no part '${part}': it has ${parts.map(({ name }) => name).join(', ')}`,
    );
  }
  const uuid = named.map((one) => uuidIn(one, id, links)).find((found) => found !== undefined);
  if (uuid !== undefined) return uuid;
  throw new UsageError(
    `--id: this is no UUID of a ${resource.name}, and no id of the form that the set says`,
  );
}

/** A UUID of ours is one already; anything else is what the CRM has. */
function uuidIn(part: MappedPart, id: string, links: Links): string | undefined {
  const { codec, fields } = part.id;
  if (codec.owns(id)) return id.toLowerCase();
  return links.uuidIn(part, fields.length > 1 ? id.split(',') : id);
}

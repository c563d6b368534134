import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../../json.ts';
import type { Calls, Paging } from './facts.ts';
import { comparable } from './field-names.ts';
import { guessFields } from './guess-fields.ts';
import { pageNames } from './guess-paging.ts';
import { credentialsIn } from './openapi-security.ts';
import { choicesAt, sampleOf, resolved } from './openapi-sample.ts';

/** What an OpenAPI document tells of the people in a CRM. */
export interface Described {
  readonly calls: Calls;
  /** Answers as its schemas have them: of a list, and of one record where that is described. */
  readonly list: Json;
  readonly one: Json | undefined;
  /** What the answer to a list, or to a read, can have at a place; absent: nothing is said of that. */
  readonly choices?: (of: 'list' | 'one', steps: readonly (string | 0)[]) => readonly Json[];
}

/** What people are called in the paths of CRMs, the likeliest first. */
const people = [
  ...['klanten', 'klant', 'customers', 'customer', 'persons', 'personen', 'persoon', 'people', 'person'],
  ...[
    'contacts',
    'contact',
    'contactpersonen',
    'relaties',
    'relatie',
    'clients',
    'client',
    'parties',
    'party',
  ],
  ...['partijen', 'accounts', 'account', 'members', 'leden', 'subjects', 'subjecten', 'burgers', 'inwoners'],
];

/** A collection in the document, with the path to one of its records. */
interface Found {
  readonly path: string;
  readonly item: string;
}

/**
 * Reads the calls for people out of an OpenAPI document, version 3.
 *
 * @returns undefined when it has no list of people, and no record beside it
 */
export function describedBy(document: JsonObject, environmentName: string): Described | undefined {
  const found = collectionIn(document);
  if (!found) return undefined;
  const at = (path: string, method: string): JsonObject | undefined => {
    const paths = isObject(document.paths) ? document.paths : {};
    const item = resolved(document, paths[path]);
    const operation = isObject(item) ? resolved(document, item[method]) : undefined;
    if (!isObject(item) || !isObject(operation)) return undefined;
    const shared = Array.isArray(item.parameters) ? item.parameters : [];
    const own = Array.isArray(operation.parameters) ? operation.parameters : [];
    return { ...operation, parameters: [...shared, ...own] };
  };
  const list = at(found.path, 'get') ?? {};
  const create = at(found.path, 'post');
  const answer = answerOf(document, list) ?? [];
  const made = create && answerOf(document, create);
  const update = at(found.item, 'patch') ? 'PATCH' : at(found.item, 'put') ? 'PUT' : undefined;
  const parameters = parametersOf(document, list);
  const one = at(found.item, 'get') ?? {};
  const schemas = { list: mediaOf(document, list)?.schema, one: mediaOf(document, one)?.schema };
  return {
    list: answer,
    one: answerOf(document, one),
    choices: (of, steps) => choicesAt(document, schemas[of], steps),
    calls: {
      placed: 'described',
      baseUrl: serverOf(document),
      collection: segmentsOf(found.path).filter((segment) => segment !== undefined),
      item: segmentsOf(found.item),
      paging: pagingOf(parameters),
      search: parameters.map(({ name }) => name),
      create: create && { method: 'POST', record: wrapperOf(made) },
      update,
      delete: at(found.item, 'delete') !== undefined,
      credentials: credentialsIn(document, list, environmentName),
    },
  };
}

/** The collection that is most likely one of people: by its name first, and then by the fields of its records. */
function collectionIn(document: JsonObject): Found | undefined {
  const paths = isObject(document.paths) ? Object.keys(document.paths) : [];
  const candidates = paths.flatMap((path) => {
    const item = paths.find(
      (other) => other.startsWith(`${path}/{`) && /^\/\{[^/}]+\}\/?$/.test(other.slice(path.length)),
    );
    if (item === undefined || path.includes('{')) return [];
    const list = valueAt(resolved(document, (document.paths as JsonObject)[path]), 'get');
    if (!isObject(list)) return [];
    const name = comparable(path.split('/').at(-1) ?? '');
    const rank = people.indexOf(name);
    const fields = guessFields({ answer: answerOf(document, list) ?? null }).length;
    return [{ path, item, rank: rank < 0 ? people.length : rank, fields }];
  });
  const [best] = candidates.sort((one, other) => one.rank - other.rank || other.fields - one.fields);
  return best && (best.rank < people.length || best.fields > 1) ? best : undefined;
}

/** The body of an operation's good answer, made of its example or its schema; undefined when it says none. */
function answerOf(document: JsonObject, operation: JsonObject): Json | undefined {
  const media = mediaOf(document, operation);
  if (!media) return undefined;
  if (media.example !== undefined) return media.example;
  const [first] = isObject(media.examples) ? Object.values(media.examples) : [];
  const example = resolved(document, first);
  if (isObject(example) && example.value !== undefined) return example.value;
  return media.schema === undefined ? undefined : sampleOf(document, media.schema);
}

/** What is said of the body of an operation's good answer. */
function mediaOf(document: JsonObject, operation: JsonObject): JsonObject | undefined {
  const responses = isObject(operation.responses) ? operation.responses : {};
  const status = ['200', '201', '2XX', 'default'].find((code) => responses[code] !== undefined);
  const response = status === undefined ? undefined : resolved(document, responses[status]);
  const content = isObject(response) && isObject(response.content) ? response.content : {};
  const type = Object.keys(content).find((name) => name.includes('json'));
  const media = type === undefined ? undefined : content[type];
  return isObject(media) ? media : undefined;
}

function wrapperOf(made: Json | undefined): string | undefined {
  const entries = isObject(made) ? Object.entries(made) : [];
  const [only] = entries;
  return entries.length === 1 && only && isObject(only[1]) ? only[0] : undefined;
}

interface Parameter {
  readonly name: string;
  readonly schema: JsonObject;
}

function parametersOf(document: JsonObject, { parameters }: JsonObject): Parameter[] {
  return (Array.isArray(parameters) ? parameters : []).flatMap((given) => {
    const parameter = resolved(document, given);
    if (!isObject(parameter) || parameter.in !== 'query') return [];
    const schema = resolved(document, parameter.schema);
    return [{ name: scalarText(parameter.name) ?? '', schema: isObject(schema) ? schema : {} }];
  });
}

const cursors = ['cursor', 'after', 'pagetoken', 'nexttoken', 'continuationtoken', 'startingafter'];

/** Without a word about pages everything comes at once. */
function pagingOf(parameters: readonly Parameter[]): Paging {
  const find = (names: readonly string[]) => parameters.find(({ name }) => names.includes(comparable(name)));
  const limit = find(pageNames.limit);
  const most = [limit?.schema.maximum, limit?.schema.default].find(
    (value): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0,
  );
  const basis = { size: Math.min(most ?? 100, 1000), limit: limit?.name, first: 1 } as const;
  const [offset, page, cursor] = [find(pageNames.offset), find(pageNames.page), find(cursors)];
  if (offset) return { ...basis, by: 'offset', at: offset.name };
  if (page) {
    const first = page.schema.minimum === 0 || page.schema.default === 0 ? 0 : 1;
    return { ...basis, by: 'page', at: page.name, first };
  }
  if (cursor) return { ...basis, by: 'cursor', at: cursor.name };
  return { ...basis, by: 'none', at: '' };
}

/** The first server that is known by its whole URL; a path alone is on a host that nobody has. */
function serverOf({ servers }: JsonObject): string {
  const [server] = Array.isArray(servers) ? servers : [];
  const variables = isObject(server) && isObject(server.variables) ? server.variables : {};
  const written = (isObject(server) ? scalarText(server.url) : undefined) ?? '';
  const filled = written.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const variable = variables[name];
    return (isObject(variable) ? scalarText(variable.default) : undefined) ?? 'example';
  });
  const url = URL.canParse(filled, 'https://crm.example')
    ? new URL(filled, 'https://crm.example')
    : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '')
    return 'https://crm.example';
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** The segments of a path; a parameter is undefined. */
function segmentsOf(path: string): (string | undefined)[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments.map((segment) => (segment.includes('{') ? undefined : segment));
}

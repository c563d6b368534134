import type { Field, Fields } from '../contract/field.ts';
import { inside } from '../contract/field.ts';
import type { Resource } from '../contract/resource.ts';
import type { ParsedExpression } from './expression.ts';
import type { ResourceMapping } from './format.ts';
import { keyOf, objectOf, onlyTexts, type Origin, originAt, unknown } from './origin.ts';
import { originOf } from './origins.ts';
import { notPassedOnAlone, type OnlyWith } from './passed-on.ts';

/** Where one part of a resource has its fields, as its files tell. */
export interface PartSources {
  /** What a representation is made of. */
  readonly from: Origin;
  /** Where the requests of a write have each field of the standard; undefined where there are none. */
  readonly create: Written | undefined;
  readonly update: Written | undefined;
  /** Whether there is ever a request; a file that makes none says that the CRM cannot do it. */
  readonly reads: boolean;
  readonly lists: boolean;
  /** The filters that narrow or are exact and that the list file does not pass on when no other one is given. */
  onlyWith(): ReadonlyMap<string, OnlyWith>;
}

/** Where the requests of a write have the fields, by their dotted names. */
export interface Written {
  readonly fields: ReadonlyMap<string, readonly WrittenPlace[]>;
  /** The fields that only decide what is in them, by their dotted names. */
  readonly deciding: ReadonlySet<string>;
  /** There may be more in them than the files show. */
  readonly unknown: boolean;
}

/** A place in the body of a request. */
export interface WrittenPlace {
  readonly backend: string;
  readonly names: readonly string[];
  /** The field only decides which of some constants is put there. */
  readonly isChoice: boolean;
}

/** The parsed file with this name. */
type FileOf = (name: string) => ParsedExpression | undefined;

/** Looks at the files of a part of a resource: what they read, and what they write. Nothing is evaluated. */
export function sourcesOf(resource: Resource, mapping: ResourceMapping, fileOf: FileOf): PartSources {
  const read = (
    name: string | undefined,
    root?: Origin,
    names?: Readonly<Record<string, Origin>>,
  ): Origin => {
    const expression = name === undefined ? undefined : fileOf(name);
    return expression ? originOf(expression, root, names) : unknown;
  };
  const record = mapping.rows === undefined ? originAt('') : read(mapping.rows);
  const whole = objectOf([...shownBy(resource)]);
  const bindings = { stored: whole, change: whole, merged: whole };
  const columns = read(mapping.record.to, whole, bindings);
  const written = (steps: ResourceMapping['create']): Written | undefined =>
    steps &&
    writtenBy(
      steps.flatMap((step) => {
        const request = read(step.request, ofWrite(columns), bindings);
        const isWrite = step.reads === undefined ? !isGet(request) : !step.reads;
        return isWrite ? [[step.backend ?? mapping.backend, request] as const] : [];
      }),
    );
  return {
    from: read(mapping.record.from, record),
    create: written(mapping.create),
    update: written(mapping.update),
    reads: isSomething(read(mapping.read.request)),
    lists: mapping.list !== undefined && isSomething(read(mapping.list.request)),
    // For whoever asks: it takes a look at the file for each filter.
    onlyWith: () => onlyWith(resource, mapping, fileOf),
  };
}

function onlyWith(
  resource: Resource,
  { list }: ResourceMapping,
  fileOf: FileOf,
): ReadonlyMap<string, OnlyWith> {
  const expression = list && fileOf(list.request);
  if (!expression) return new Map();
  const filters = Object.entries(list.filters ?? {});
  const asked = filters.filter(([, support]) => support === 'narrows' || support === 'exact');
  return notPassedOnAlone(
    expression,
    asked.map(([name]) => name),
    Object.keys(resource.filters),
  );
}

/** The fields of a resource without parts of their own, by their dotted names: of every shape that it can have. */
export function leavesOf({ shapes }: Resource): ReadonlyMap<string, Field> {
  const leaves = new Map<string, Field>();
  const add = (fields: Fields, prefix: string): void => {
    for (const [name, field] of Object.entries(fields)) {
      const at = inside(prefix, name);
      if (field.fields && Object.keys(field.fields).length > 0) add(field.fields, at);
      else leaves.set(at, field);
    }
  };
  for (const fields of shapes.values()) add(fields, '');
  const isParent = (name: string): boolean =>
    [...leaves.keys()].some((other) => other.startsWith(`${name}.`));
  return new Map([...leaves].filter(([name]) => !isParent(name)));
}

/** A representation of the standard: each field is at its own place. */
function shownBy(resource: Resource): ReadonlyMap<string, Origin> {
  const whole = new Map<string, Origin>();
  for (const leaf of leavesOf(resource).keys()) put(whole, leaf.split('.'), leaf);
  return whole;
}

function put(keys: Map<string, Origin>, names: readonly string[], leaf: string): void {
  const [name = '', ...further] = names;
  if (further.length === 0) {
    keys.set(name, originAt('', ...leaf.split('.')));
    return;
  }
  const nested = new Map(keys.get(name)?.keys);
  put(nested, further, leaf);
  keys.set(name, objectOf(nested));
}

/** What the file of a step gets. */
function ofWrite(columns: Origin): Origin {
  const others = ['id', 'record', 'before', 'answers', 'host'].map(
    (name) => [name, originAt(`$${name}`)] as const,
  );
  return objectOf([['columns', columns], ['changes', columns], ...others]);
}

function writtenBy(requests: readonly (readonly [backend: string, request: Origin])[]): Written {
  const fields = new Map<string, WrittenPlace[]>();
  const deciding = new Set<string>();
  let isUnknown = false;
  const look = (origin: Origin, backend: string, names: readonly string[]): void => {
    isUnknown ||= origin.unknown;
    for (const { root, names: field } of [...origin.by.values(), ...origin.picked.values()]) {
      if (root === '') deciding.add(field.join('.'));
    }
    const isChoice = origin.choices.size > 0 && origin.is.size === 0;
    for (const { root, names: field } of [...origin.is.values(), ...origin.of.values()]) {
      if (root !== '') continue;
      const key = field.join('.');
      const known = fields.get(key) ?? [];
      const isThere = known.some(
        (one) => one.backend === backend && one.names.join('\n') === names.join('\n'),
      );
      fields.set(key, isThere ? known : [...known, { backend, names, isChoice }]);
    }
    for (const [name, value] of origin.keys) look(value, backend, [...names, name]);
    if (origin.anyKey) look(origin.anyKey, backend, [...names, '*']);
  };
  for (const [backend, request] of requests) {
    isUnknown ||= request.unknown;
    for (const part of bodies) look(keyOf(request, part), backend, []);
  }
  return { fields, deciding, unknown: isUnknown };
}

/** A step that looks something up, unless the set says otherwise. */
function isGet({ keys }: Origin): boolean {
  if (keys.size === 0 || keys.has('call') || keys.has('action')) return false;
  const method = keys.get('method');
  return method === undefined || onlyTexts(method)?.join() === 'GET';
}

/** What a request has from the mapping; in its path is what it is stored on. */
const bodies = ['path', 'query', 'body', 'params'] as const;

function isSomething({ is, of, keys, anyKey, unknown: isUnknown }: Origin): boolean {
  return is.size + of.size + keys.size > 0 || anyKey !== undefined || isUnknown;
}

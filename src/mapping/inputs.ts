import type { Fields } from '../contract/field.ts';
import type { Resource } from '../contract/resource.ts';
import { resourceIn } from './standard-names.ts';
import type { ResourceMapping } from './format.ts';
import type { Rough } from './sound.ts';

/** The names that there can be in a value; `any` where the CRM or the mapping itself decides that. */
export type Names = 'any' | ReadonlyMap<string, Names>;

/** What a file looks at: its input under '', and the bindings of which the names are known, such as `$stored`. */
export type Input = ReadonlyMap<string, Names>;

/** The names in a representation of a resource: of all shapes that it can have. */
export function namesOf({ shapes }: Resource): Names {
  return [...shapes.values()].map(namesIn).reduce(together);
}

function namesIn(fields: Fields): Names {
  return new Map(
    Object.entries(fields).map(([name, field]): [string, Names] => [
      name,
      // An object of which the parts depend on its kind has none of its own.
      field.fields === undefined ? 'any' : namesIn(field.fields),
    ]),
  );
}

/** The names that there can be in one value or in the other. */
export function together(one: Names, other: Names): Names {
  if (one === 'any' || other === 'any') return 'any';
  const names = new Map(one);
  for (const [name, inner] of other) {
    const known = names.get(name);
    names.set(name, known === undefined ? inner : together(known, inner));
  }
  return names;
}

/**
 * What each file looks at, by its name, as far as the names in it are known beforehand. What a record of the CRM has is
 * not, so a file that is given one is not here.
 *
 * @param mappings what mapping.yaml has under `resources`
 */
export function inputsOf(
  mappings: Readonly<Record<string, Rough<ResourceMapping>>>,
  known: readonly Resource[],
): ReadonlyMap<string, Input> {
  const inputs = new Map<string, Input>();
  for (const [key, mapping] of Object.entries(mappings)) {
    const resource = known.find(({ name }) => name === resourceIn(key));
    if (!resource) continue;
    for (const [file, input] of inputsIn(resource, mapping)) {
      const other = file === undefined ? undefined : inputs.get(file);
      if (file !== undefined) inputs.set(file, other ? ofEither(other, input) : input);
    }
  }
  return inputs;
}

/** A file may be used in several places. */
function ofEither(one: Input, other: Input): Input {
  const roots = [...one.keys()].filter((root) => other.has(root));
  return new Map(roots.map((root) => [root, together(one.get(root) ?? 'any', other.get(root) ?? 'any')]));
}

const page = ['offset', 'limit', 'page', 'cursor'] as const;
const step = ['id', 'record', 'host', 'columns', 'changes', 'before', 'answers'] as const;

function inputsIn(
  resource: Resource,
  mapping: Rough<ResourceMapping>,
): (readonly [file: string | undefined, input: Input])[] {
  const { record, list, read, accepts, supplements = {}, inverse = {}, numbers = {} } = mapping;
  const whole = namesOf(resource);
  const search = named([...page, 'ordering'], new Map([['filters', named(Object.keys(resource.filters))]]));
  const ofWrite = (root: Names): Input =>
    new Map(['', '$stored', '$change', '$merged'].map((name) => [name, name === '' ? root : whole]));
  const steps = [mapping.create, mapping.update, mapping.delete].flatMap((plan) => plan ?? []);
  const { revalidate } = read ?? {};
  return [
    [record?.to, ofWrite(whole)],
    [accepts, ofWrite(together(whole, named(['host'])))],
    [list?.request, inputOf(search)],
    [typeof list?.total === 'object' ? list.total.request : undefined, inputOf(search)],
    [list?.each?.request, new Map()],
    [mapping.rows, new Map()],
    [record?.from, new Map()],
    [read?.request, inputOf(named(['id']))],
    [revalidate && 'request' in revalidate ? revalidate.request : undefined, inputOf(named(['id']))],
    [mapping.id?.assign?.request, new Map()],
    ...Object.values(supplements).flatMap((one) => [
      [one?.request, inputOf(named(['keys']))] as const,
      [one?.search, inputOf(search)] as const,
    ]),
    ...Object.values(inverse).map(
      (how) => [how && 'request' in how ? how.request : undefined, inputOf(named(['ids', ...page]))] as const,
    ),
    ...Object.values(numbers).map((one) => [one?.request, inputOf(named(['prefix', ...page]))] as const),
    ...steps.flatMap((one) => [
      [one.request, ofWrite(named(step))] as const,
      [one.undo, ofWrite(named(step))] as const,
      [one.readBack, new Map<string, Names>()] as const,
    ]),
  ];
}

function inputOf(names: Names): Input {
  return new Map([['', names]]);
}

function named(names: readonly string[], further: Iterable<readonly [string, Names]> = []): Names {
  return new Map([...names.map((name): [string, Names] => [name, 'any']), ...further]);
}

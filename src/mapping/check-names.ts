import type { Resource } from '../contract/resource.ts';
import type { Mistake } from '../files/mistakes.ts';
import { mistakeAt, type YamlFile } from '../files/yaml-file.ts';
import type { ResourceMapping } from './format.ts';
import { meant } from './meant.ts';
import type { Rough } from './sound.ts';
import { inverseNames, pathsOf, resourceIn } from './standard-names.ts';

/** Something in mapping.yaml that is named after the standard, and what the standard has. */
interface Named {
  readonly at: readonly string[];
  readonly names: readonly string[];
  readonly allowed: readonly string[];
  readonly what: string;
}

/**
 * The names in one resource of mapping.yaml that the standard does not have: resources, filters, fields.
 *
 * @param mapping what of it is as the format wants it; the rest may be missing
 */
export function checkNames(
  yaml: YamlFile,
  name: string,
  mapping: Rough<ResourceMapping>,
  known: readonly Resource[],
): Mistake[] {
  const at = ['resources', name];
  const resource = known.find((candidate) => candidate.name === resourceIn(name));
  if (!resource) {
    const names = known.map((candidate) => candidate.name);
    const expected = `a resource of the standard: ${names.join(', ')}`;
    const problem = `unknown resource '${name}'${meant(name, names)}`;
    return [mistakeAt(yaml, { path: at, problem, expected })];
  }
  const unknown = namedIn(resource, mapping).flatMap(({ at: inside, names, allowed, what }) =>
    names
      .filter((one) => !allowed.includes(one))
      .map((one) =>
        mistakeAt(yaml, {
          path: [...at, ...inside, one],
          problem: `unknown ${what} '${one}'${meant(one, allowed)}`,
          expected:
            allowed.length > 0 ? `one of ${allowed.join(', ')}` : `none: a ${resource.name} has no ${what}`,
        }),
      ),
  );
  return [...unknown, ...checkAdded(yaml, name, resource, mapping)];
}

function namedIn(resource: Resource, mapping: Rough<ResourceMapping>): Named[] {
  const { list, lengths = {}, fixed = [], deviations = {}, inverse = {}, numbers = {} } = mapping;
  const fields = pathsOf(resource);
  const orderings = Object.values(resource.ordering ?? {}).filter((field) => field !== '');
  const ofFields = (at: string, names: readonly string[]): Named => ({
    at: [at],
    names,
    allowed: fields,
    what: 'field',
  });
  return [
    {
      at: ['list', 'filters'],
      names: Object.keys(list?.filters ?? {}),
      allowed: Object.keys(resource.filters),
      what: 'filter',
    },
    { at: ['list', 'orderings'], names: list?.orderings ?? [], allowed: orderings, what: 'ordering' },
    ofFields('lengths', Object.keys(lengths)),
    ofFields('fixed', fixed),
    ofFields('deviations', Object.keys(deviations)),
    {
      at: ['inverse'],
      names: Object.keys(inverse),
      allowed: inverseNames(resource),
      what: 'derived link',
    },
    {
      at: ['numbers'],
      names: Object.keys(numbers),
      allowed: Object.keys(resource.fields).filter((name) => resource.fields[name]?.generated),
      what: 'generated field',
    },
  ];
}

/** A property that the standard has is never an addition to it. */
function checkAdded(
  yaml: YamlFile,
  name: string,
  resource: Resource,
  { record }: Rough<ResourceMapping>,
): Mistake[] {
  const known = new Set(['url', ...[...resource.shapes.values()].flatMap(Object.keys)]);
  return (record?.adds ?? []).flatMap((added, index) =>
    known.has(added)
      ? [
          mistakeAt(yaml, {
            path: ['resources', name, 'record', 'adds', index],
            problem: `'${added}' is a field of the standard`,
            expected: 'a property that the standard does not have',
          }),
        ]
      : [],
  );
}

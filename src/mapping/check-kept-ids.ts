import { isObject } from '../json.ts';
import type { Mistake } from '../files/mistakes.ts';
import { mistakeAt, type YamlFile } from '../files/yaml-file.ts';
import { resourceIn } from './standard-names.ts';
import type { MappingFile } from './format.ts';
import { lookedUpForm } from './ids.ts';

/** Any text can be an id of the form `text`, also one of another part: so a link to a resource is tried on it last. */
export function checkTextIds(yaml: YamlFile, { resources }: MappingFile): Mistake[] {
  const keys = Object.keys(resources);
  return keys
    .filter((key) => resources[key]?.id.form === lookedUpForm)
    .flatMap((key): Mistake[] => {
      const name = resourceIn(key);
      if (keys.findLast((other) => resourceIn(other) === name) === key) return [];
      const problem = 'any text can be an id of this form, also one of the parts after it';
      const expected = `this part as the last one of ${name}, or another form`;
      return [mistakeAt(yaml, { path: ['resources', key, 'id', 'form'], problem, expected })];
    });
}

/**
 * Ids that have to be looked up, in a configuration of which no set says where: a UUID of such an id would be one that
 * nobody can find again.
 *
 * @param files the mapping.yaml of every set of the configuration, in its order
 */
export function checkKeptIds(files: readonly YamlFile[]): Mistake[] {
  const sections = files.map(({ value }) => (isObject(value) ? value : {}));
  if (sections.some(({ keptIds }) => keptIds !== undefined)) return [];
  const taken = new Set<string>();
  return files.flatMap((yaml, index) => {
    const { resources } = sections[index] ?? {};
    const parts = Object.entries(isObject(resources) ? resources : {});
    // A resource comes from the first set that has it.
    const own = parts.filter(([key]) => !taken.has(resourceIn(key)));
    for (const [key] of own) taken.add(resourceIn(key));
    return own
      .filter(([, part]) => isObject(part) && isObject(part.id) && part.id.form === lookedUpForm)
      .map(([key]) =>
        mistakeAt(yaml, {
          path: ['resources', key, 'id', 'form'],
          problem: 'ids of this form are looked up, and no set of the configuration says where they are kept',
          expected:
            'a set with `keptIds` under `mapping.with` of the configuration, such as mappings/objecten',
          example: 'with: [../mappings/objecten]',
        }),
      );
  });
}

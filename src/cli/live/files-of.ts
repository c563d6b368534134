import path from 'node:path';
import type { Operation } from '../../contract/resource.ts';
import { readYaml } from '../../files/yaml-file.ts';
import { isObject, type Json, valueAt } from '../../json.ts';

/** The sections of a resource in `mapping.yaml` that each operation may need, in that order. */
const sections: Readonly<Record<Operation, readonly string[]>> = {
  list: ['list', 'supplements', 'inverse', 'record'],
  read: ['read', 'supplements', 'inverse', 'record'],
  create: ['accepts', 'numbers', 'record', 'create', 'read'],
  update: ['read', 'record', 'update'],
  partial_update: ['read', 'record', 'update'],
  delete: ['read', 'delete'],
};

/** One file of a mapping set, and what it is there for. */
export interface NamedFile {
  /** As in `mapping.yaml`: `klant.create[0].request`. */
  readonly place: string;
  readonly file: string;
}

/**
 * The JSONata files that may take part in an operation, as `mapping.yaml` names them.
 *
 * @param folders of the mapping set, and of those that add to it: the first that has the resource counts
 */
export async function filesOf(
  folders: readonly string[],
  resource: string,
  operation: Operation,
): Promise<NamedFile[]> {
  for (const folder of folders) {
    const { value } = await readYaml(path.join(folder, 'mapping.yaml'));
    const all = valueAt(value, 'resources');
    const parts = Object.entries(isObject(all) ? all : {}).filter(([key]) => key.split('.')[0] === resource);
    if (parts.length === 0) continue;
    return parts.flatMap(([key, part]) =>
      sections[operation].flatMap((section) => filesIn(valueAt(part, section) ?? null, `${key}.${section}`)),
    );
  }
  return [];
}

function filesIn(value: Json, place: string): NamedFile[] {
  if (typeof value === 'string') return value.endsWith('.jsonata') ? [{ place, file: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => filesIn(item, `${place}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => filesIn(inner, `${place}.${key}`));
}

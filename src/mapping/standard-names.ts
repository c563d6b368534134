import { type Fields, inside } from '../contract/field.ts';
import type { Resource } from '../contract/resource.ts';

/** The resource that a key of `resources` is about: `klantcontactmoment.deelnemer` is a part of one. */
export function resourceIn(key: string): string {
  return key.split('.')[0] ?? '';
}

/** The fields of a resource that are the other end of a link. */
export function inverseNames({ fields }: Resource): string[] {
  return Object.keys(fields).filter((field) => fields[field]?.inverseOf);
}

/** Every dotted field path of a resource, the variant's included. */
export function pathsOf(resource: Resource): string[] {
  const all = [...resource.shapes.values()].flatMap((fields) => pathsIn(fields, ''));
  return [...new Set(all)];
}

function pathsIn(fields: Fields, prefix: string): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const at = inside(prefix, name);
    return field.fields ? [at, ...pathsIn(field.fields, at)] : [at];
  });
}

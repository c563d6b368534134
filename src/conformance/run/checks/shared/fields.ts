import type { Field, Fields } from '../../../../contract/field.ts';
import type { Resource } from '../../../../contract/resource.ts';
import type { Json, JsonObject } from '../../../../json.ts';

/** A field and where it is in the body of its resource. */
export interface PlacedField {
  /** `['adres', 'straatnaam']` */
  readonly path: readonly string[];
  readonly field: Field;
}

/** One body that tries fields of a resource, and what has to be said of them. */
export interface Trial {
  readonly body: JsonObject;
  /** `adres.straatnaam max_length` */
  readonly complaints: readonly string[];
}

/** The fields of a resource that can be written, those of nested objects included; not those of a variant. */
function writableFields(fields: Fields, path: readonly string[] = []): PlacedField[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.readOnly) return [];
    const here = [...path, name];
    return [{ path: here, field }, ...(field.fields ? writableFields(field.fields, here) : [])];
  });
}

/**
 * Bodies in which every field that a demand is about has a value that breaks it: one for the fields of the resource,
 * and one for each of its variants, because those are only looked at when the others are right.
 *
 * @param valid a body that is right
 * @param wrong a value that breaks the demand, with the code of its complaint; undefined for a field that it is not about
 */
export function trialsOf(
  resource: Resource,
  valid: JsonObject,
  wrong: (
    placed: PlacedField,
  ) => { readonly value: Json; readonly code: string; readonly inner?: string } | undefined,
): Trial[] {
  const { variant } = resource;
  const variants = Object.entries(variant?.shapes ?? {}).map(([kind, { fields }]) => {
    const rest = Object.entries(valid).filter(([name]) => name !== variant?.field);
    return {
      start: { ...Object.fromEntries(rest), [variant?.by ?? '']: kind },
      placed: writableFields(fields, [variant?.field ?? '']),
    };
  });
  return [{ start: valid, placed: writableFields(resource.fields) }, ...variants].flatMap(
    ({ start, placed }) => {
      const broken = placed.flatMap((one) => {
        const found = wrong(one);
        return found ? [{ path: one.path, ...found }] : [];
      });
      if (broken.length === 0) return [];
      const body = structuredClone(start);
      for (const { path, value } of broken) put(body, path, value);
      const nameOf = (path: readonly string[], inner?: string): string =>
        [...path, ...(inner === undefined ? [] : [inner])].join('.');
      return [{ body, complaints: broken.map(({ path, code, inner }) => `${nameOf(path, inner)} ${code}`) }];
    },
  );
}

/** Puts a value at a path, through objects that are made where there are none. */
function put(body: JsonObject, path: readonly string[], value: Json): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    body[name] = value;
    return;
  }
  const inner = body[name];
  const next = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  body[name] = next;
  put(next, rest, value);
}

import type { Mistake, Path } from '../files/mistakes.ts';
import { pathText } from '../files/mistakes.ts';
import type { YamlFile } from '../files/yaml-file.ts';
import { isObject } from '../json.ts';
import type { MappingFile, ResourceMapping } from './format.ts';

/** Something of which what is there is right, and anything may be missing. */
export type Rough<T> = T extends readonly (infer Item)[]
  ? readonly Rough<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Rough<T[Key]> | undefined }
    : T;

/** What of a mapping.yaml can be looked at, though the rest is wrong. */
export interface Sound {
  /** The sections in which nothing is wrong, and of the resources those in which nothing is. */
  readonly mapping: MappingFile;
  /** All resources, without what is wrong in them. */
  readonly resources: Readonly<Record<string, Rough<ResourceMapping>>>;
  /** Whether a section, such as `backends`, or one resource in it is as it should be. */
  readonly isSound: (path: Path) => boolean;
}

/**
 * What of a mapping.yaml is right, so that one mistake does not hide the others.
 *
 * @param wrong what the schema has against it
 */
export function soundIn({ value }: YamlFile, wrong: readonly Mistake[]): Sound {
  const places = new Set(wrong.map(({ path }) => path));
  const isSound = (path: Path): boolean => {
    const at = pathText(path);
    return ![...places].some(
      (place) => place === at || place.startsWith(`${at}.`) || place.startsWith(`${at}[`),
    );
  };
  const sections = isObject(value) ? value : {};
  const { resources } = asObject(without({ resources: sections.resources }, [], places));
  const rough = Object.entries(asObject(resources)).filter(([, resource]) => isObject(resource));
  const right = Object.entries(sections).filter(([name]) => name !== 'resources' && isSound([name]));
  // What is left is as the schema wants it.
  const mapping: unknown = {
    ...Object.fromEntries(right),
    resources: Object.fromEntries(rough.filter(([name]) => isSound(['resources', name]))),
  };
  return {
    mapping: mapping as MappingFile,
    resources: Object.fromEntries(rough) as Sound['resources'],
    isSound,
  };
}

/** A copy without what is at these places. */
function without(value: unknown, path: Path, places: ReadonlySet<string>): unknown {
  const kept = ([key]: readonly [string | number, unknown]): boolean => !places.has(pathText([...path, key]));
  if (Array.isArray(value)) {
    const items = [...value.entries()] as [number, unknown][];
    return items.filter(kept).map(([index, item]) => without(item, [...path, index], places));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(kept);
  return Object.fromEntries(entries.map(([key, inner]) => [key, without(inner, [...path, key], places)]));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

import { isDeepStrictEqual } from 'node:util';
import { type Path, pathText } from '../files/mistakes.ts';
import { isObject, type Json } from '../json.ts';

/** Something that came out otherwise than an example says. */
export interface Difference {
  /** Where in the example: `exchanges`, 0, `request`, `query`, `ANAAM`. */
  readonly path: Path;
  /** What the example says, as JSON or in words. */
  readonly expected: string;
  /** What came out. */
  readonly got: string;
}

/** One line for a person: `result.adres.huisnummer: expected 7, got null`. */
export function differenceText({ path, expected, got }: Difference): string {
  return `${pathText(path)}: expected ${expected}, got ${got}`;
}

/** Every value that differs, told as deep inside as it can be. Nothing at all and null are not the same. */
export function differencesBetween(
  path: Path,
  expected: Json | undefined,
  got: Json | undefined,
): Difference[] {
  if (isDeepStrictEqual(plain(expected), plain(got))) return [];
  const [parts, others] = [partsOf(expected), partsOf(got)];
  if (!parts || !others || Array.isArray(expected) !== Array.isArray(got)) {
    return [{ path, expected: shown(expected), got: shown(got) }];
  }
  const names = new Set([...parts.keys(), ...others.keys()]);
  return [...names].flatMap((name) => {
    const step = Array.isArray(expected) ? Number(name) : name;
    return differencesBetween([...path, step], parts.get(name), others.get(name));
  });
}

/** Results of JSONata have no prototype, which is no difference between JSON values. */
function plain(value: Json | undefined): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function partsOf(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  return Array.isArray(value) || isObject(value) ? new Map(Object.entries(value)) : undefined;
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

import { type Mistake, type Path, pathText } from '../files/mistakes.ts';
import { mistakeAt, type YamlFile } from '../files/yaml-file.ts';
import { parseUrl } from '../url.ts';

/**
 * What a schema cannot say: texts that must differ from one another.
 * Looks at the value as it was written, so that these are reported together with the mistakes of the schema.
 */
export function crossChecks(yaml: YamlFile): Mistake[] {
  const texts = (...pattern: string[]): Text[] => textsAt(yaml.value, pattern);
  const baseUrls = [...texts('baseUrls', 'canonical'), ...texts('baseUrls', 'further', '*')];
  return [
    ...doubles(yaml, texts('clients', '*', 'id'), (id) => id, 'an id of its own'),
    ...doubles(yaml, baseUrls, hostOf, 'a host of its own: requests are told apart by it'),
    ...doubles(yaml, texts('urlChecks', 'hosts', '*', 'origin'), originOf, 'each origin once'),
  ];
}

interface Text {
  readonly path: Path;
  readonly text: string;
}

/** The texts under a path in which `*` stands for any key or item. */
function textsAt(value: unknown, [step, ...rest]: readonly string[], path: Path = []): Text[] {
  if (step === undefined) return typeof value === 'string' ? [{ path, text: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => step === '*' || step === key)
    .flatMap(([key, inner]: [string, unknown]) =>
      textsAt(inner, rest, [...path, Array.isArray(value) ? Number(key) : key]),
    );
}

/** A mistake for each text that means the same as an earlier one. */
function doubles(
  yaml: YamlFile,
  texts: readonly Text[],
  meaning: (text: string) => string | undefined,
  expected: string,
): Mistake[] {
  const first = new Map<string, Path>();
  return texts.flatMap(({ path, text }) => {
    const key = meaning(text);
    const earlier = key === undefined ? undefined : first.get(key);
    if (earlier) return [mistakeAt(yaml, { path, problem: `the same as ${pathText(earlier)}`, expected })];
    if (key !== undefined) first.set(key, path);
    return [];
  });
}

/** The scheme does not count: a request does not show it. */
function hostOf(url: string): string | undefined {
  return parseUrl(url)?.host;
}

function originOf(url: string): string | undefined {
  return parseUrl(url)?.origin;
}

import { type Mistake, type Path, pathText } from '../files/mistakes.ts';
import { mistakeAt, type YamlFile } from '../files/yaml-file.ts';
import { isUnderRoot, isWithin } from '../backend/under-root.ts';
import { isObject, valueAt } from '../json.ts';
import { kicApi } from '../contract/apis.ts';
import { views } from '../kic/views.ts';
import { parseUrl } from '../url.ts';

/**
 * What a schema cannot say: texts that must differ from one another, and URLs that must not lie inside each other.
 * Looks at the value as it was written, so that these are reported together with the mistakes of the schema.
 */
export function crossChecks(yaml: YamlFile): Mistake[] {
  const texts = (...pattern: string[]): Text[] => textsAt(yaml.value, pattern);
  const baseUrls = [...texts('baseUrls', 'canonical'), ...texts('baseUrls', 'further', '*')];
  return [
    ...doubles(yaml, texts('clients', '*', 'id'), (id) => id, 'an id of its own'),
    ...doubles(yaml, texts('apis', '*', 'path'), (path) => path, 'a path of its own'),
    ...doubles(yaml, baseUrls, hostOf, 'a host of its own: requests are told apart by it'),
    ...doubles(yaml, texts('urlChecks', 'hosts', '*', 'origin'), originOf, 'each origin once'),
    ...doubles(yaml, texts('registers', '*', 'kind'), kindThereIsOneOf, 'one register of this kind'),
    ...overlaps(yaml, texts('registers', '*', 'root'), baseUrls),
    ...kicAlone(yaml),
    ...missingAutorisaties(yaml, texts('authorisations', 'from'), texts('registers', '*', 'kind')),
  ];
}

/** The Klantinteracties API shows the resources of the others, whose URLs are the canonical ones. */
function kicAlone(yaml: YamlFile): Mistake[] {
  const apis = valueAt(yaml.value, 'apis');
  if (!isObject(apis) || apis[kicApi] === undefined) return [];
  const missing = [...new Set(views.map(({ of }) => of.api))].filter((api) => apis[api] === undefined);
  if (missing.length === 0) return [];
  return [
    mistakeAt(yaml, {
      path: ['apis', kicApi],
      problem: `shows resources of APIs that are not served: ${missing.join(', ')}`,
      expected: 'these as well, under `apis`',
    }),
  ];
}

/** What clients may do is looked up in a register, so there must be one: nothing is granted out of a slip of the pen. */
function missingAutorisaties(yaml: YamlFile, from: readonly Text[], kinds: readonly Text[]): Mistake[] {
  if (kinds.some(({ text }) => text === 'autorisaties')) return [];
  return from
    .filter(({ text }) => text === 'autorisaties')
    .map(({ path }) =>
      mistakeAt(yaml, {
        path,
        problem: 'there is no register of kind autorisaties',
        expected: 'such a register under `registers`, or `configuration`',
      }),
    );
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

/** A mistake for each root that shares URLs with an earlier one, or that is among our own. */
function overlaps(yaml: YamlFile, roots: readonly Text[], baseUrls: readonly Text[]): Mistake[] {
  return roots.flatMap((root, index) => {
    const own = baseUrls.find((base) => isOurs(root.text, base.text));
    if (own) return [mistakeAt(yaml, { ...inside(root, own), expected: 'another place than our own' })];
    const earlier = roots.slice(0, index).find((other) => share(root.text, other.text));
    return earlier
      ? [mistakeAt(yaml, { ...inside(root, earlier), expected: 'a root that no other one overlaps' })]
      : [];
  });
}

function inside({ path }: Text, other: Text): { readonly path: Path; readonly problem: string } {
  return { path, problem: `overlaps with ${pathText(other.path)}` };
}

/** A URL can be under one root only: it decides whose credentials are sent. */
function share(one: string, other: string): boolean {
  const urls = [parseUrl(one), parseUrl(other)] as const;
  if (!urls[0] || !urls[1]) return false;
  return isUnderRoot(urls[0], other) || isUnderRoot(urls[1], one);
}

/** URLs of ours are recognised whatever their scheme, so that does not count here either. */
function isOurs(root: string, base: string): boolean {
  const [url, ours] = [parseUrl(root), parseUrl(base)];
  return url !== undefined && url.host === ours?.host && isWithin(url.pathname, ours.pathname);
}

/** Of these there is one in a municipality: it would not be clear which of two to ask. */
function kindThereIsOneOf(kind: string): string | undefined {
  return kind === 'notificaties' || kind === 'autorisaties' ? kind : undefined;
}

/** The scheme does not count: a request does not show it. */
function hostOf(url: string): string | undefined {
  return parseUrl(url)?.host;
}

function originOf(url: string): string | undefined {
  return parseUrl(url)?.origin;
}

import type { Resource } from '../contract/resource.ts';
import { didYouMean } from '../files/did-you-mean.ts';
import type { Mistake } from '../files/mistakes.ts';
import { mistakeAt, type YamlFile } from '../files/yaml-file.ts';
import { once } from '../once.ts';
import { checkInput } from './check-inputs.ts';
import { checkResult } from './check-result.ts';
import { resourceIn } from './standard-names.ts';
import type { ParsedExpression } from './expression.ts';
import type { ResourceMapping } from './format.ts';
import { inputsOf, type Names, namesOf, together } from './inputs.ts';
import { type Look, lookAt } from './origins.ts';
import { namedFilters } from './passed-on.ts';
import type { Rough } from './sound.ts';

/** What mapping.yaml has under `resources`, as far as it is right. */
type Resources = Readonly<Record<string, Rough<ResourceMapping>>>;

/**
 * What is wrong in the JSONata files when one knows what they are used for: names that are never in what they are given,
 * fields that the standard does not have, filters that a list file says nothing about.
 */
export function checkFiles(
  yaml: YamlFile,
  resources: Resources,
  known: readonly Resource[],
  expressions: ReadonlyMap<string, ParsedExpression>,
): Mistake[] {
  const looks = new Map([...expressions].map(([file, expression]) => [file, once(() => lookAt(expression))]));
  const lookOf = (file: string): Look | undefined => looks.get(file)?.();
  const inputs = [...inputsOf(resources, known)].flatMap(([file, input]) => {
    const look = lookOf(file);
    return look ? checkInput(look, input) : [];
  });
  const results = [...resultsOf(resources, known)].flatMap(([file, names]) => {
    const look = lookOf(file);
    return look ? checkResult(look, names) : [];
  });
  return [...inputs, ...results, ...checkPassedOn(yaml, resources, known, lookOf)];
}

/** What each file that translates a record may yield. */
function resultsOf(resources: Resources, known: readonly Resource[]): ReadonlyMap<string, Names> {
  const results = new Map<string, Names>();
  for (const [key, { record }] of Object.entries(resources)) {
    const resource = known.find(({ name }) => name === resourceIn(key));
    if (!resource || record?.from === undefined) continue;
    const added = new Map((record.adds ?? []).map((name): [string, Names] => [name, 'any']));
    const names = together(namesOf(resource), added);
    results.set(record.from, together(results.get(record.from) ?? names, names));
  }
  return results;
}

/** A filter that the CRM is said to do, and that its list file never asks it to. */
function checkPassedOn(
  yaml: YamlFile,
  resources: Resources,
  known: readonly Resource[],
  lookOf: (file: string) => Look | undefined,
): Mistake[] {
  return Object.entries(resources).flatMap(([key, { list }]) => {
    const resource = known.find(({ name }) => name === resourceIn(key));
    const look = lookOf(list?.request ?? '');
    if (!resource || !look) return [];
    const all = Object.keys(resource.filters);
    const named = [...namedFilters(look, all)];
    // One that is misspelled there is told there.
    const misspelled = named.filter((name) => !all.includes(name)).map((name) => didYouMean(name, all));
    return Object.entries(list?.filters ?? {})
      .filter(([name, support]) => all.includes(name) && ['narrows', 'exact'].includes(support ?? ''))
      .filter(([name]) => !named.includes(name) && !misspelled.includes(name))
      .map(([name, support]) =>
        mistakeAt(yaml, {
          path: ['resources', key, 'list', 'filters', name],
          problem: `${list?.request ?? ''} does nothing with this filter, so the CRM cannot search for it`,
          expected: `\`filters.${name}\` in that file, or no '${name}: ${support ?? ''}'`,
        }),
      );
  });
}

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Operation } from '../contract/resource.ts';
import { type Mistake, type Path, pathText, throwMistakes } from '../files/mistakes.ts';
import { readYaml, valueOf, type YamlFile } from '../files/yaml-file.ts';
import { type Example, exampleFormat, type Exchange } from './format.ts';

/** Which keys an operation needs, and which others it can have. */
const keysOf: Readonly<Record<Operation, { needs: readonly Key[]; takes: readonly Key[] }>> = {
  list: { needs: [], takes: ['filters', 'page'] },
  create: { needs: ['input'], takes: [] },
  read: { needs: ['id'], takes: ['part'] },
  update: { needs: ['id', 'input'], takes: ['part'] },
  partial_update: { needs: ['id', 'input'], takes: ['part'] },
  delete: { needs: ['id'], takes: ['part'] },
};

type Key = 'id' | 'part' | 'filters' | 'page' | 'input';

const callKeys: readonly Key[] = ['id', 'part', 'filters', 'page', 'input'];

/**
 * Finds the examples of a mapping set: every YAML file in its folder `examples`, in the order of their names. A set
 * without such a folder has none.
 *
 * @param folder the folder of the set
 * @returns paths of files, for `loadExample`
 */
export async function findExamples(folder: string): Promise<string[]> {
  const examples = path.join(folder, 'examples');
  const entries = await readdir(examples).catch(() => []);
  const files = entries.filter((name) => /\.ya?ml$/.test(name)).sort();
  return files.map((name) => path.join(examples, name));
}

/**
 * Reads one example.
 *
 * @throws Mistakes with everything that is wrong in the file, each with line and column
 */
export async function loadExample(file: string): Promise<Example> {
  return (await loadPlacedExample(file)).example;
}

/** An example, and its file, which knows where each part of it stands. */
export interface PlacedExample {
  readonly example: Example;
  readonly yaml: YamlFile;
}

/**
 * Reads one example, with the places in its file.
 *
 * @param completeness `unanswered`: what the set is to say itself, requests and what comes of the call, may be left out
 * @throws Mistakes as `loadExample` does
 */
export async function loadPlacedExample(
  file: string,
  completeness: 'whole' | 'unanswered' = 'whole',
): Promise<PlacedExample> {
  const yaml = await readYaml(file);
  const example = valueOf(exampleFormat, yaml);
  const mistakes = crossChecks(example, yaml);
  throwMistakes(completeness === 'whole' ? [...mistakes, ...unsaidIn(example, yaml)] : mistakes);
  return { example, yaml };
}

/** What comes of a delete that is done is nothing, so an example of one has said all. */
export function isUnanswered({ operation, result, problem }: Example): boolean {
  return result === undefined && problem === undefined && !operation.endsWith('.delete');
}

/** What the set can say itself. */
function unsaidIn(example: Example, yaml: YamlFile): Mistake[] {
  const mistake = (place: Path, problem: string, expected: string): Mistake => ({
    file: yaml.file,
    ...yaml.at(place),
    path: pathText(place),
    problem,
    expected: `${expected} (test --update writes what the set makes of it)`,
  });
  return [
    ...(isUnanswered(example)
      ? [mistake(['result'], 'missing', 'what the client gets: a result or a problem')]
      : []),
    ...example.exchanges.flatMap(({ request }, index) =>
      isUnsaid(request)
        ? [mistake(['exchanges', index, 'request'], 'it is not said what is asked for', waysToAsk)]
        : [],
    ),
  ];
}

function isUnsaid({ method, call, action }: Exchange['request']): boolean {
  return method === undefined && call === undefined && action === undefined;
}

/** The operation that an example is about: `create` of `klant.create`. */
export function operationOf({ operation }: Example): { resource: string; operation: Operation } {
  const [resource = '', name = ''] = operation.split('.');
  const known = Object.keys(keysOf).find((candidate): candidate is Operation => candidate === name);
  if (!known) throw new Error(`${operation} passed the schema and is no operation.`);
  return { resource, operation: known };
}

/** What the schema cannot say: which keys go together. */
function crossChecks(example: Example, yaml: YamlFile): Mistake[] {
  const { operation } = operationOf(example);
  const { needs, takes } = keysOf[operation];
  const mistake = (key: string, problem: string, expected: string): Mistake => ({
    file: yaml.file,
    ...yaml.at([key]),
    path: key,
    problem,
    expected,
  });
  const missing = needs.filter((key) => example[key] === undefined);
  const unfit = callKeys.filter((key) => example[key] !== undefined && ![...needs, ...takes].includes(key));
  const keys = [...needs, ...takes].join(', ') || 'neither of them';
  return [
    ...missing.map((key) => mistake(key, 'missing', `${needs.join(' and ')} with ${operation}`)),
    ...unfit.map((key) => mistake(key, `${operation} has no ${key}`, `one of ${keys}`)),
    ...outcomeMistakes(example, operation, mistake),
    ...example.exchanges.flatMap(({ request }, index) =>
      requestMistakes(request).map(({ problem, expected }): Mistake => {
        const place = ['exchanges', index, 'request'];
        return { file: yaml.file, ...yaml.at(place), path: place.join('.'), problem, expected };
      }),
    ),
  ];
}

const waysToAsk = '`method` and `path`, or `call` and `params`, or `action` and `body`';

/** A request says what is asked for in one of three ways, as what the set makes of it does. */
function requestMistakes(request: Exchange['request']): { problem: string; expected: string }[] {
  const { method, path, call, params, action, body } = request;
  if (isUnsaid(request)) return [];
  const ways = [method, call, action].filter((way) => way !== undefined).length;
  const problem =
    ways > 1 || (params !== undefined && call === undefined) || (body !== undefined && call !== undefined)
      ? 'these do not go together'
      : method !== undefined && path === undefined
        ? 'the path is missing'
        : undefined;
  return problem === undefined ? [] : [{ problem, expected: waysToAsk }];
}

function outcomeMistakes(
  { result, problem }: Example,
  operation: Operation,
  mistake: (key: string, problem: string, expected: string) => Mistake,
): Mistake[] {
  if (operation === 'delete') {
    return result === undefined ? [] : [mistake('result', 'a delete has no result', 'no result')];
  }
  if (result !== undefined && problem !== undefined) {
    return [mistake('problem', 'there is a result too', 'either a result or a problem')];
  }
  return [];
}

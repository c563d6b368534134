import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject } from '../json.ts';
import { type Mistake, type Path, pathText } from '../files/mistakes.ts';
import type { YamlFile } from '../files/yaml-file.ts';
import { ExpressionSyntaxError, type ParsedExpression, parseExpression } from './expression.ts';

/** The JSONata files of a set by their names, as far as they could be parsed, and what is wrong with the others. */
export interface ReadExpressions {
  readonly expressions: ReadonlyMap<string, ParsedExpression>;
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads every JSONata file that a mapping.yaml names under `resources` and `keptIds`. They are found by their ending, so that a
 * mapping.yaml that is wrong does not hide what is wrong in them. Never throws.
 */
export async function readExpressions(folder: string, yaml: YamlFile): Promise<ReadExpressions> {
  const expressions = new Map<string, ParsedExpression>();
  const mistakes: Mistake[] = [];
  const { resources, keptIds } = isObject(yaml.value) ? yaml.value : {};
  const named = [...namedFiles(resources, ['resources']), ...namedFiles(keptIds, ['keptIds'])];
  for (const [name, place] of new Map(named.reverse())) {
    const file = path.join(folder, name);
    try {
      expressions.set(name, parseExpression(file, await readFile(file, 'utf8')));
    } catch (error) {
      mistakes.push(
        error instanceof ExpressionSyntaxError
          ? { file, ...error.position, path: '', problem: error.message, expected: expectedOf(error) }
          : missing(yaml, place, name),
      );
    }
  }
  return { expressions, mistakes };
}

function expectedOf({ advice }: ExpressionSyntaxError): string {
  return advice === undefined ? 'a JSONata expression' : `a JSONata expression: ${advice}`;
}

function missing(yaml: YamlFile, place: Path, name: string): Mistake {
  return {
    file: yaml.file,
    ...yaml.at(place),
    path: pathText(place),
    problem: `there is no file '${name}' that can be read`,
    expected: 'the name of a JSONata file in the folder of the mapping set',
  };
}

/** Names of files, each with the place where it stands. */
function namedFiles(value: unknown, place: Path): (readonly [name: string, place: Path])[] {
  if (typeof value === 'string') return /^[\w.-]+\.jsonata$/.test(value) ? [[value, place]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    namedFiles(inner, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}

import { readFile } from 'node:fs/promises';
import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { Composer, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml';
import { type Mistake, Mistakes, type Path, pathText } from './mistakes.ts';
import { type Finding, findings } from './schema-mistakes.ts';
import { asNode, completed } from './schema-node.ts';
import { tooDeepAt } from './yaml-depth.ts';
import { startOf, type SyntaxMistake, syntaxMistakes } from './yaml-syntax.ts';

/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML file that was read: its value, where each part of it stands, and what is wrong with it as YAML. */
export interface YamlFile {
  readonly file: string;
  /** Plain JSON-like data; undefined when there are mistakes. */
  readonly value: unknown;
  readonly mistakes: readonly Mistake[];
  /**
   * Where a key or a list item begins. For a path that is not there: the nearest thing around it that is,
   * so that "this key is missing" points at the section that misses it.
   */
  at(path: Path): Place;
}

/** Reads a YAML file. Never throws: that it cannot be read is a mistake like any other. */
export async function readYaml(file: string): Promise<YamlFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return withoutValue(file, [
      { file, path: '', expected: 'a YAML file that can be read', found: `error ${systemCode(error)}` },
    ]);
  }
  return parseYaml(file, text);
}

/**
 * Reads YAML 1.2 from text; `file` is only its name in mistakes.
 * Anchors, aliases, tags, duplicate keys and keys that are no scalars are mistakes.
 */
function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const mistakeOf = ({ offset, expected }: SyntaxMistake): Mistake => ({
    file,
    ...placeAt(offset),
    path: '',
    expected,
  });
  const tooDeep = tooDeepAt(tokens);
  if (tooDeep !== undefined)
    return withoutValue(file, [mistakeOf({ offset: tooDeep, expected: 'less deep nesting' })]);
  const composer = new Composer({ uniqueKeys: sameKey });
  const documents = [...composer.compose(tokens, true, text.length)];
  const mistakes = syntaxMistakes(documents, (offset) => placeAt(offset).line, text).map(mistakeOf);
  if (mistakes.length > 0) return withoutValue(file, mistakes);
  const [document] = documents;
  const value: unknown = document?.toJS();
  return { file, value, mistakes, at: (path) => placeAt(offsetOf(document?.contents, path)) };
}

/**
 * Everything that is wrong with a file, judged by a schema; its mistakes as YAML when it has those.
 * A key that is left out is judged by its default. At most one mistake for each path.
 */
export function validate(schema: TSchema, yaml: YamlFile): Mistake[] {
  if (yaml.mistakes.length > 0) return [...yaml.mistakes];
  return oncePerPath(
    findings(schema, completed(asNode(schema), yaml.value)).map((finding) => mistakeAt(yaml, finding)),
  );
}

/** The file's value with defaults filled in and spellings resolved. Throws `Mistakes` when it is not valid. */
export function valueOf<Schema extends TSchema>(schema: Schema, yaml: YamlFile): Static<Schema> {
  const value = completed(asNode(schema), yaml.value);
  if (yaml.mistakes.length > 0 || !Check(schema, value)) throw new Mistakes(validate(schema, yaml));
  return value;
}

/** Gives a finding its place in the file. */
export function mistakeAt(yaml: YamlFile, { path, ...words }: Finding): Mistake {
  return { file: yaml.file, ...yaml.at(path), path: pathText(path), ...words };
}

/** Keeps the first mistake of each path: what follows is mostly a consequence. */
export function oncePerPath(mistakes: readonly Mistake[]): Mistake[] {
  const paths = new Set<string>();
  return mistakes.filter(({ path }) => !paths.has(path) && paths.add(path));
}

/** The code of an error of the operating system (`ENOENT`): all of it that can safely be shown. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function withoutValue(file: string, mistakes: readonly Mistake[]): YamlFile {
  return { file, value: undefined, mistakes, at: () => ({ line: 1, column: 1 }) };
}

/** `1` and `"1"` are one key in JSON. */
function sameKey(one: unknown, other: unknown): boolean {
  return isScalar(one) && isScalar(other) && String(one.value) === String(other.value);
}

/** The offset of a path's last step that exists: a key, a list item, or the document itself. */
function offsetOf(contents: unknown, path: Path): number {
  let node = contents;
  let offset = startOf(node);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return offset;
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (node === undefined) return offset;
      offset = startOf(node);
    } else {
      return offset;
    }
  }
  return offset;
}

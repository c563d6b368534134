import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Schema } from '../contract/schema.ts';
import { readYaml } from '../files/yaml-file.ts';
import { isObject, scalarText, valueAt } from '../json.ts';
import type { MappingSet } from '../mapping/set.ts';

/**
 * Texts that a mapping set, or the standard, knows by itself: they say nothing of a person. The codes and words of code
 * tables, texts in the JSONata files, settings, what error tables look for, and enumerations of the standard.
 *
 * @param folders of the set, and of those that add to it
 */
export async function knownWords(folders: readonly string[], set: MappingSet): Promise<ReadonlySet<string>> {
  const inFiles = await Promise.all(folders.map(wordsIn));
  const ofErrors = Object.values(set.errors).flatMap((lines) =>
    lines.flatMap(({ when: { is, contains = '' } }) => [is, contains, ...wordsOf(contains)]),
  );
  const schemas = [...set.resources.values()].flatMap(({ resource: { shapes } }) =>
    [...shapes.values()].flatMap((fields) => Object.values(fields).map(({ schema }) => schema)),
  );
  const all = [
    ...inFiles.flat(),
    ...[...Object.values(set.settings), ...ofErrors].map((value) => textOf(value)),
    ...schemas.flatMap(choicesIn),
  ];
  return new Set(all.filter((word): word is string => word !== undefined && word !== ''));
}

/** An error table looks for a piece of a sentence: its words and numbers stay, whatever is around them. */
function wordsOf(sentence: string): string[] {
  return sentence.match(/[\p{L}\p{M}]+|\d+/gu) ?? [];
}

async function wordsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonata'));
  const sources = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  const { value } = await readYaml(path.join(folder, 'mapping.yaml'));
  const tables = valueAt(value, 'codes');
  const codes = Object.values(isObject(tables) ? tables : {}).flatMap((table) =>
    Object.entries(isObject(table) ? table : {}).flat(),
  );
  return [...sources.flatMap(literalsIn), ...codes.flatMap((code) => textOf(code) ?? [])];
}

/** The texts between quotes in a JSONata file. Comments, which have apostrophes in their words, are left out first. */
function literalsIn(source: string): string[] {
  const code = source.replace(/\/\*[^]*?\*\//g, ' ');
  const found = code.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g);
  return Array.from(found, ([, double, single]) => double ?? single ?? '');
}

function choicesIn({ enum: words = [], properties = {}, items }: Schema): string[] {
  const inner = [...Object.values(properties), ...(items ? [items] : [])];
  return [...words, ...inner.flatMap(choicesIn)];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? scalarText(value)
    : undefined;
}

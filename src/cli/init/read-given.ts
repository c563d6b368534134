import { readFile, stat } from 'node:fs/promises';
import { Mistakes } from '../../files/mistakes.ts';
import { readYaml, systemCode } from '../../files/yaml-file.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';

/** Larger ones are more than one answer, or describe more than a CRM. */
const mostMegabytes = 20;

/** @throws Mistakes when it cannot be read, or is too large to be what it should be */
async function checkSize(file: string, expected: string): Promise<void> {
  const found = await stat(file).then(
    ({ size }) => (size > mostMegabytes * 1e6 ? `a file of ${Math.round(size / 1e6)} MB` : undefined),
    (error: unknown) => `error ${systemCode(error)}`,
  );
  if (found === undefined) return;
  throw new Mistakes([{ file, path: '', expected: `${expected}, of at most ${mostMegabytes} MB`, found }]);
}

/** @throws Mistakes when it is no JSON; never with a piece of it, which may be somebody's */
async function readJson(file: string, expected: string): Promise<Json> {
  await checkSize(file, expected);
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, '')) as Json;
  } catch (error) {
    const found = error instanceof SyntaxError ? 'something else' : `error ${systemCode(error)}`;
    throw new Mistakes([{ file, path: '', expected, found }]);
  }
}

/**
 * Reads a sample.
 *
 * @throws Mistakes when it is no JSON
 */
export function readAnswer(file: string): Promise<Json> {
  return readJson(file, 'an answer of the CRM, as JSON');
}

const document = 'an OpenAPI document of version 3, with `openapi` and `paths`, in JSON or YAML';

/**
 * Reads an OpenAPI document.
 *
 * @throws Mistakes when it is none, or none of version 3
 */
export async function readDocument(file: string): Promise<JsonObject> {
  await checkSize(file, document);
  const { value, mistakes } = file.endsWith('.json')
    ? { value: await readJson(file, document), mistakes: [] }
    : await readYaml(file);
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  if (
    isObject(value) &&
    typeof value.openapi === 'string' &&
    value.openapi.startsWith('3.') &&
    isObject(value.paths)
  )
    return value;
  throw new Mistakes([{ file, path: '', expected: document }]);
}

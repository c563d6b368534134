import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TSchema } from 'typebox';
import { isObject } from '../json.ts';
import { type Mistake, type Path, pathText } from '../files/mistakes.ts';
import { asNode, childNode, type SchemaNode } from '../files/schema-node.ts';
import { mistakeAt, systemCode, type YamlFile } from '../files/yaml-file.ts';
import { type Secret, secret } from './secret.ts';
import { variablePattern } from './vocabulary.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What came of reading secrets: those that were found, by the text of their path, and what is wrong with the others. */
export interface ReadSecrets {
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads every secret that the file refers to: environment variables, and files relative to its own folder.
 * Values that are no reference are passed over: the schema has reported those.
 */
export async function readSecrets(
  schema: TSchema,
  yaml: YamlFile,
  environment: Environment,
): Promise<ReadSecrets> {
  const secrets = new Map<string, Secret>();
  const mistakes: Mistake[] = [];
  for (const { path: place, node, value } of leaves(asNode(schema), yaml.value)) {
    if (!node?.secret) continue;
    const read = await readReference(value, path.dirname(yaml.file), environment);
    if (read === undefined) continue;
    const problem = 'problem' in read ? read.problem : contentsProblem(node.secret.pattern, read.text);
    if (problem !== undefined) {
      mistakes.push(mistakeAt(yaml, { path: place, problem, expected: node.secret.text }));
    } else if ('text' in read) {
      secrets.set(pathText(place), secret(read.text));
    }
  }
  return { secrets, mistakes };
}

/** `${…}` in places where it means nothing: only secrets come from the environment. */
export function misplacedReferences(schema: TSchema, yaml: YamlFile): Mistake[] {
  return [...leaves(asNode(schema), yaml.value)]
    .filter(({ node, value }) => !node?.secret && typeof value === 'string' && value.includes('${'))
    .map(({ path }) =>
      mistakeAt(yaml, {
        path,
        problem: '${…} is only replaced where a secret belongs',
        expected: 'the value itself',
      }),
    );
}

interface Leaf {
  readonly path: Path;
  readonly node: SchemaNode | undefined;
  readonly value: unknown;
}

/** Every secret and every value that holds no other values, with what is declared for it. */
function* leaves(declared: SchemaNode | undefined, value: unknown, path: Path = []): Generator<Leaf> {
  const inside = declared?.secretsInside;
  const node: SchemaNode | undefined = inside && isReference(value) ? { secret: inside } : declared;
  if (node?.secret || typeof value !== 'object' || value === null) {
    yield { path, node, value };
    return;
  }
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const step of steps) {
    const inner: unknown = (value as Record<string | number, unknown>)[step];
    yield* leaves(node && childNode(node, step), inner, [...path, step]);
  }
}

/** Whether a value says where a secret is, in a place where it may also be something else. */
export function isReference(value: unknown): boolean {
  if (typeof value === 'string') return variablePattern.test(value);
  return isObject(value) && Object.keys(value).length === 1 && typeof value.file === 'string';
}

type Read = { readonly text: string } | { readonly problem: string };

async function readReference(
  value: unknown,
  folder: string,
  environment: Environment,
): Promise<Read | undefined> {
  if (typeof value === 'string') {
    const name = variablePattern.exec(value)?.[1];
    return name === undefined ? undefined : readVariable(name, environment);
  }
  if (!isObject(value) || typeof value.file !== 'string') return undefined;
  return readSecretFile(path.resolve(folder, value.file), value.file);
}

function readVariable(name: string, environment: Environment): Read {
  const text = environment[name];
  return text ? { text } : { problem: `the environment variable ${name} is not set` };
}

async function readSecretFile(file: string, name: string): Promise<Read> {
  try {
    // Editors end a file with a line break, which is not part of the secret.
    return { text: (await readFile(file, 'utf8')).replace(/\r?\n$/, '') };
  } catch (error) {
    return { problem: `the file ${name} cannot be read (${systemCode(error)})` };
  }
}

function contentsProblem(pattern: string, text: string): string | undefined {
  return new RegExp(pattern, 'u').test(text) ? undefined : 'what it refers to cannot be used here';
}

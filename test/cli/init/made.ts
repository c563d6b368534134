import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Json, JsonObject } from '../../../src/json.ts';
import { inside } from '../inside.ts';

/** What the made configurations refer to. */
const environment = {
  KLANTBRUG_CLIENT_SECRET: 'secret-of-a-client-of-forty-characters-in-all',
  CRM_KEY: 'key-of-the-crm',
  OURS_KEY: 'key-of-the-crm',
  OURS_TOKEN: 'token-of-the-crm',
  OURS_SECRET: 'secret-of-the-crm',
  OURS_PASSWORD: 'password-of-the-crm',
} as const;

/** What `klantbrug init` made. */
export interface Made {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly folder: string;
  /** The texts of all files, by their path. */
  readonly files: ReadonlyMap<string, string>;
  readonly mapping: string;
  readonly config: string;
  readonly fromCrm: string;
  /** Checks the set with its configuration, and plays its examples. */
  readonly checked: () => Promise<{
    readonly check: string;
    readonly test: string;
    readonly codes: readonly number[];
  }>;
}

/** Runs `klantbrug init ours` in a folder of its own, which is gone when `look` is done. */
export async function made<T>(
  given: { readonly sample?: Json; readonly openapi?: JsonObject | string },
  look: (made: Made) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-init-spec-'));
  try {
    const options = await optionsFor(folder, given);
    const result = await inside(['init', 'ours', '--folder', folder, ...options]);
    const files = new Map<string, string>();
    for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(name.parentPath, name.name);
      if (name.isFile() && !name.name.startsWith('given.') && !name.name.endsWith('.schema.json'))
        files.set(path.relative(folder, file), await readFile(file, 'utf8'));
    }
    const config = path.join(folder, 'config/ours.yaml');
    return await look({
      ...result,
      folder,
      files,
      mapping: files.get('mappings/ours/mapping.yaml') ?? '',
      config: files.get('config/ours.yaml') ?? '',
      fromCrm: files.get('mappings/ours/klant.from-crm.jsonata') ?? '',
      async checked() {
        const check = await inside(['check', '--config', config], environment);
        const test = await inside(['test', '--config', config]);
        return {
          check: check.error + check.out,
          test: test.error + test.out,
          codes: [check.code, test.code],
        };
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function optionsFor(
  folder: string,
  { sample, openapi }: { readonly sample?: Json; readonly openapi?: JsonObject | string },
): Promise<string[]> {
  const options: string[] = [];
  if (sample !== undefined) {
    const file = path.join(folder, 'given.sample.json');
    await writeFile(file, JSON.stringify(sample));
    options.push('--sample', file);
  }
  if (openapi !== undefined) {
    const file = path.join(folder, typeof openapi === 'string' ? 'given.yaml' : 'given.json');
    await writeFile(file, typeof openapi === 'string' ? openapi : JSON.stringify(openapi));
    options.push('--from-openapi', file);
  }
  return options;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig, type Config } from '../../src/config/index.ts';
import { type Mistake, Mistakes } from '../../src/files/mistakes.ts';

/** 32 characters, as a signing key must have. */
export const signingKey = 'a-key-for-tests-of-32-characters';

export const environment = { CLIENT_SECRET: signingKey, CRM_KEY: 'sleutel' };

/** The least that a configuration can say. */
export const minimal = `
baseUrls: { canonical: https://klantbrug.example }
apis: { klanten: {} }
clients:
  - id: kcc
    secret: \${CLIENT_SECRET}
    scopes: all
mapping: { folder: ../mappings/crm }
backends: { crm: { baseUrl: https://crm.example/api } }
`;

let folder = '';

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-config-'));
});

after(() => rm(folder, { recursive: true }));

/** A path in a folder that is removed after the tests. */
export function inFolder(name: string): string {
  return path.join(folder, name);
}

/** Loads a configuration from a file with this text. */
export async function load(
  text: string,
  variables: Readonly<Record<string, string | undefined>> = environment,
): Promise<Config> {
  await writeFile(inFolder('config.yaml'), text);
  return loadConfig(inFolder('config.yaml'), variables);
}

/** What is reported about a text that must not load. */
export async function mistakesIn(
  text: string,
  variables?: Readonly<Record<string, string | undefined>>,
): Promise<readonly Mistake[]> {
  try {
    await load(text, variables);
  } catch (error) {
    if (error instanceof Mistakes) return error.mistakes;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

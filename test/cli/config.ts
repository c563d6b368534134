import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { JsonObject } from '../../src/json.ts';
import { root } from '../kit/process.ts';

/** The environment that the configuration of these specs refers to. */
export const environment = {
  CLIENT_SECRET: 'secret-of-the-client-of-the-command-line',
  CRM_KEY: 'spec-key',
} as const;

/** A configuration that is right, as data. */
export function soundConfig(options: { port: number; crmUrl: string; limits?: JsonObject }): JsonObject {
  return {
    listen: { host: '127.0.0.1', port: options.port },
    baseUrls: { canonical: `http://127.0.0.1:${options.port}` },
    apis: { klanten: {} },
    clients: [
      { id: 'kcc', secret: '${CLIENT_SECRET}', scopes: 'all' },
      { id: 'reader', secret: '${CLIENT_SECRET}', scopes: ['klanten.lezen'] },
    ],
    mapping: { folder: path.join(root, 'mappings/demo-crm') },
    backends: {
      crm: {
        baseUrl: `${options.crmUrl}/relbeheer`,
        credentials: { header: { name: 'X-API-SLEUTEL', value: '${CRM_KEY}' } },
        limits: { headersMs: 600_000 },
      },
      // The mapping set names it; no klant needs it.
      bijregister: { baseUrl: `${options.crmUrl}/bijregister` },
    },
    limits: { requestMs: 600_000, drainMs: 600_000, ...options.limits },
  };
}

/** A folder for the specs of the surrounding `describe`. */
export function temporaryFiles() {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-cli-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const place = (name: string): string => path.join(folder, name);
  return {
    place,
    /** Writes a file, YAML when it is no text, and gives its path. */
    async write(name: string, content: string | JsonObject): Promise<string> {
      await writeFile(place(name), typeof content === 'string' ? content : stringify(content));
      return place(name);
    },
  };
}

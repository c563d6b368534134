import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { signToken } from '../../src/cli/token.ts';
import { idCodec } from '../../src/mapping/ids.ts';
import { firstKlant } from '../backend/klanten.ts';
import { project } from '../project.ts';
import type { Request } from '../load/work.ts';

/** What the mapping set is told. */
export const settings = { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' };

/** The URL of the gateway in links. */
export const canonical = 'http://klantbrug.bench';

const secret = 'bench-secret-of-32-characters-or-more';

/** The key of the demo CRM and of the bijregister. */
export const apiKey = 'bench-crm-key';

/** What the environment of a gateway has to hold: its secrets. */
export const environment = { BENCH_SECRET: secret, BENCH_CRM_KEY: apiKey } as const;

/** Of how a gateway is deployed, what differs. */
export interface Deployed {
  readonly crm: string;
  readonly bijregister?: string;
  /** The mapping set as it is, or with pages of 100, so that a whole page of the standard is one call. */
  readonly pages?: 50 | 100;
  /** Bytes of klanten to remember, for an hour, without asking the CRM. Nothing is remembered when it is left out. */
  readonly cacheBytes?: number;
}

/** Writes the configuration of a gateway, with its mapping set where that differs, and gives the file. */
export async function writeConfig(folder: string, deployed: Deployed): Promise<string> {
  const { crm, bijregister = crm, pages = 100, cacheBytes } = deployed;
  const own = await mkdtemp(path.join(folder, 'gateway-'));
  const key = (name: string) => ({ header: { name, value: '${BENCH_CRM_KEY}' } });
  const config = {
    listen: { host: '127.0.0.1', port: 0 },
    baseUrls: { canonical },
    apis: { klanten: {}, contactmomenten: {}, verzoeken: {} },
    clients: [{ id: 'bench', secret: '${BENCH_SECRET}', scopes: 'all' }],
    mapping: { folder: await mappingSet(own, pages), settings },
    backends: {
      crm: { baseUrl: crm, credentials: key('X-API-SLEUTEL') },
      bijregister: { baseUrl: bijregister, credentials: key('X-Api-Key') },
    },
    ...(cacheBytes !== undefined && {
      cache: { maxBytes: cacheBytes, keepSeconds: 3600, resources: { klant: { staleSeconds: 3600 } } },
    }),
  };
  const file = path.join(own, 'klantbrug.yaml');
  await writeFile(file, stringify(config));
  return file;
}

async function mappingSet(folder: string, pages: 50 | 100): Promise<string> {
  const demo = path.join(project, 'mappings/demo-crm');
  if (pages === 50) return demo;
  const copy = path.join(folder, 'mapping');
  await mkdir(copy);
  await cp(demo, copy, { recursive: true });
  const file = path.join(copy, 'mapping.yaml');
  const text = await readFile(file, 'utf8');
  const larger = text.replaceAll('by: offset, size: 50', `by: offset, size: ${pages}`);
  if (larger === text) throw new Error(`${file} has no pages of 50 any more.`);
  await writeFile(file, larger);
  return copy;
}

/** The headers of a client that may do everything, with a token of its own for each `user`. */
export async function clientHeaders(user = 'bench'): Promise<Record<string, string>> {
  return { Authorization: `Bearer ${await signToken('bench', secret, user)}` };
}

/** Where the list of klanten is. */
export const klantenPath = '/klanten/api/v1/klanten';

/** The path of a klant; their places count from 0. */
function klantPath(place: number): string {
  return `${klantenPath}/${idCodec('integer', 'klant').toUuid(firstKlant + place) ?? ''}`;
}

/** Reads of so many klanten. */
export async function readsOf(klanten: number): Promise<Request[]> {
  const headers = await clientHeaders();
  return Array.from({ length: klanten }, (_, place) => ({ path: klantPath(place), headers }));
}

/** The same by clients that sign a token for each request: more of them than the gateway remembers. */
export function readsWithOwnTokens(klanten: number): Promise<Request[]> {
  const places = Array.from({ length: 4 * klanten }, (_, place) => place);
  return Promise.all(
    places.map(async (place) => ({
      path: klantPath(place % klanten),
      headers: await clientHeaders(`user-${place}`),
    })),
  );
}

/** Conditional reads of so many klanten, which did not change since they were read. */
export async function unchangedReadsOf(url: string, klanten: number): Promise<Request[]> {
  const requests = await readsOf(klanten);
  return Promise.all(
    requests.map(async ({ path, headers = {} }) => {
      const answer = await fetch(`${url}${path}`, { headers });
      await answer.arrayBuffer();
      return {
        path,
        headers: { ...headers, 'If-None-Match': answer.headers.get('etag') ?? '' },
        status: 304,
      };
    }),
  );
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCrm } from '../../src/demo/crm/server.ts';
import type { DemoCrm } from '../../src/demo/crm/server.ts';

/** The key of every demo CRM in these specs. */
export const apiKey = 'spec-key';

/** What came back: the parsed body is what the spec says it is. */
export interface Answered<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Every column of a record, as it comes over the line. */
export type Columns = Readonly<Record<string, unknown>>;

/** The parts of all answers under /relbeheer together. */
export interface CrmBody {
  readonly STATUS?: string;
  readonly FOUT?: { readonly CODE: string; readonly TEKST: string };
  readonly TOTAAL?: number;
  readonly VANAF?: number;
  readonly AANTAL?: number;
  readonly RELATIES?: readonly Columns[];
  readonly RELATIE?: Columns;
  readonly RELNR?: number;
  readonly MUTNR?: number;
}

/** Makes a folder that is removed after the specs of the surrounding `describe`. */
export function temporaryFolder(): { readonly path: string } {
  let path = '';
  before(async () => {
    path = await mkdtemp(join(tmpdir(), 'demo-crm-'));
  });
  // The database may still be putting its files in order, in a thread of its own.
  after(() => rm(path, { recursive: true, force: true, maxRetries: 10 }));
  return {
    get path() {
      return path;
    },
  };
}

/** Runs a demo CRM for the specs of the surrounding `describe`; `restart` starts it anew on the same data. */
export function runningCrm() {
  const folder = temporaryFolder();
  let crm: DemoCrm;
  const start = async () => {
    crm = await startDemoCrm({ host: '127.0.0.1', port: 0, folder: folder.path, apiKey });
  };
  before(start);
  after(() => crm.close());
  return {
    get url() {
      return crm.url;
    },
    close: () => crm.close(),
    start,
    call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
      call<CrmBody>(crm.url, method, path, body, headers),
    control: (method: string, path: string, body?: unknown) => call<Columns>(crm.url, method, path, body),
  };
}

/** Sends a call with the key; a body that is no text is sent as JSON. */
export async function call<Body>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered<Body>> {
  const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'X-API-SLEUTEL': apiKey, ...headers },
    body: sent ?? null,
    redirect: 'manual',
  });
  const text = await response.text();
  const parsed = text === '' ? undefined : (JSON.parse(text) as unknown);
  return { status: response.status, headers: response.headers, body: parsed as Body };
}

/** The numbers of the records on a page. */
export function numbersOf(answered: Answered<CrmBody>): unknown[] {
  return (answered.body.RELATIES ?? []).map((relation) => relation.RELNR);
}

/** Waits for a promise to be rejected, and gives what with; throws when it is fulfilled. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  let outcome: unknown;
  try {
    outcome = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`Expected a failure, but got ${JSON.stringify(outcome)}`);
}

/** Asks again and again until the answer is yes; the spec's own time limit ends it when it never is. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}

import { SignJWT } from 'jose';
import { startAround } from '../../src/demo/around/server.ts';
import type { Around } from '../../src/demo/around/server.ts';
import { usualApiKey } from '../../src/demo/around/systems.ts';
import { call } from './crm.ts';
import type { Columns } from './crm.ts';

/** The one client that the registers know in these specs. */
export const client = { id: 'spec-client', secret: 'spec-secret-of-a-decent-length' };

/** The code of everything that a problem document complains about, by field. */
export function codesIn(body: unknown): Record<string, string> {
  const { invalidParams = [] } = body as { invalidParams?: { name: string; code: string }[] };
  return Object.fromEntries(invalidParams.map(({ name, code }) => [name, code]));
}

/** A ZGW token; each claim can be replaced. */
export async function tokenOf(
  claims: Record<string, unknown> = {},
  { secret = client.secret, alg = 'HS256' } = {},
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: client.id, iat, client_id: client.id, ...claims })
    .setProtectedHeader({ alg, typ: 'JWT' })
    .sign(Buffer.from(secret, 'utf8'));
}

/** Runs the systems around the gateway for the specs of the surrounding `describe`. */
export function runningAround() {
  let around: Around;
  let token = '';
  before(async () => {
    around = await startAround({ host: '127.0.0.1', port: 0, clients: [client] });
    token = await tokenOf();
  });
  after(() => around.close());
  return {
    get url() {
      return around.url;
    },
    close: () => around.close(),
    /** Calls a register as a client that it knows, with whatever is needed to be understood. */
    call: <Body = Columns>(method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
      call<Body>(around.url, method, path, body, {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Accept-Crs': 'EPSG:4326',
        ...headers,
      }),
    table: <Body = Columns>(method: string, path: string, body?: unknown, key = usualApiKey) =>
      call<Body>(around.url, method, `/bijregister/tabellen${path}`, body, { 'X-Api-Key': key }),
    control: <Body = Columns>(method: string, path: string, body?: unknown) =>
      call<Body>(around.url, method, path, body),
  };
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Json } from '../../../json.ts';
import { parseUrl } from '../../../url.ts';
import { type Documenten, documentenStandIn } from './documenten.ts';
import { type Elsewhere, elsewhereStandIn } from './elsewhere.ts';
import { type Notificaties, notificatiesStandIn } from './notificaties.ts';
import { refusal, type Reply, type StandIn } from './reply.ts';
import { type Zaken, zakenStandIn } from './zaken.ts';

/** Where each stand-in is, under the URL of all. */
export const roots = {
  zaken: '/zaken/api/v1',
  documenten: '/documenten/api/v1',
  notificaties: '/notificaties/api/v1',
  elsewhere: '/elders',
} as const;

export type StandInName = keyof typeof roots;

/** The systems that a run brings along, in one server. */
export interface StandIns {
  readonly zaken: Zaken;
  readonly documenten: Documenten;
  readonly notificaties: Notificaties;
  readonly elsewhere: Elsewhere;
  /** How many requests arrived at one of them. */
  hits(name: StandInName): number;
  close(): Promise<void>;
}

/** Where the stand-ins listen, and the URL by which the implementation reaches them. */
export interface StandInPlace {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

/** More than this is no JSON of the standard. */
const mostBytes = 1_000_000;

/**
 * Starts the stand-ins.
 *
 * @throws Error of Node when the port is taken
 */
export async function startStandIns({ host, port, url }: StandInPlace): Promise<StandIns> {
  const zaken = zakenStandIn(`${url}${roots.zaken}`);
  const documenten = documentenStandIn(`${url}${roots.documenten}`);
  const notificaties = notificatiesStandIn();
  const elsewhere = elsewhereStandIn(`${url}${roots.elsewhere}`);
  const all = { zaken, documenten, notificaties, elsewhere };
  const hits = new Map<StandInName, number>();

  const server = createServer((request, response) => {
    const place = parseUrl(request.url ?? '', new URL('http://stand-in'));
    const name =
      place &&
      (Object.keys(roots) as StandInName[]).find((one) => `${place.pathname}/`.startsWith(`${roots[one]}/`));
    if (!place || !name) {
      send(response, refusal(404, 'not_found'));
      return;
    }
    hits.set(name, (hits.get(name) ?? 0) + 1);
    const path = place.pathname.slice(roots[name].length) || '/';
    void answered(request, all[name].answer, path, place.searchParams).then((reply) => {
      send(response, reply);
    });
  });
  server.listen(port, host);
  await once(server, 'listening');

  return {
    ...all,
    hits: (name) => hits.get(name) ?? 0,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A stand-in that fails is a failing system, for whoever called it. */
async function answered(
  request: IncomingMessage,
  standIn: StandIn,
  path: string,
  query: URLSearchParams,
): Promise<Reply> {
  try {
    const body = await bodyOf(request);
    return await standIn({ method: request.method ?? 'GET', path, query, body });
  } catch {
    return refusal(500, 'error');
  }
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > mostBytes) throw new Error('The body is too large.');
  }
  return text === '' ? null : (JSON.parse(text) as Json);
}

function send(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'API-version': '1.1.0', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

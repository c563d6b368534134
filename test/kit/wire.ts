import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { isObject } from '../../src/json.ts';
import type { Answer } from './gateway.ts';

/** A request with headers that `fetch` keeps to itself, such as Host. */
export interface WireRequest {
  readonly method?: string;
  /** The request target as it is: the whole path, or anything else. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request with exactly these headers, besides those that HTTP itself cannot do without. */
export async function send(
  port: number,
  { method = 'GET', target, headers = {}, body }: WireRequest,
): Promise<Answer> {
  const request = http.request({ host: '127.0.0.1', port, method, path: target, headers, agent: false });
  // Node leaves it out for the methods that seldom have a body.
  if (body !== undefined) request.setHeader('Content-Length', Buffer.byteLength(body));
  const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
  request.end(body);
  const [response] = await answered;
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += String(piece);
  const json = (response.headers['content-type'] ?? '').includes('json') && text !== '';
  const parsed: unknown = json ? JSON.parse(text) : {};
  return {
    status: response.statusCode ?? 0,
    headers: new Headers(
      Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]),
    ),
    text,
    body: isObject(parsed) ? parsed : {},
  };
}

/**
 * Sends bytes as they are and keeps the connection open, until the other side closes it.
 *
 * @param drip sent again and again for as long as the connection is open
 * @returns everything that came back; blank when the connection was closed without a word
 */
export async function exchange(port: number, bytes: string | Buffer, drip?: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (received += piece));
  // A reset is one of the ways in which a gateway may hang up.
  socket.on('error', () => undefined);
  socket.write(bytes);
  const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 10);
  // Not `once`: it gives up at an error, and a reset is followed by the close that is waited for.
  await new Promise((resolve) => socket.on('close', resolve));
  clearInterval(dripping);
  return received;
}

/** The status of the first answer in what came back; undefined when there is none. */
export function statusOf(received: string): number | undefined {
  const status = /^HTTP\/1\.1 ([0-9]{3}) /.exec(received)?.[1];
  return status === undefined ? undefined : Number(status);
}

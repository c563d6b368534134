import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import axios, { type AxiosInstance } from 'axios';
import type { Json } from '../json.ts';
import type { AddressCheck } from './addresses.ts';
import type { Content } from './content.ts';
import { addressError, isAddressError, lookupWithin } from './lookup.ts';
import { BackendFault, type SendContext } from './send.ts';
import { watchStages, type StageLimits } from './stages.ts';

/** Bounds on one call. Each kind of slowness has its own, so that a dead host is noticed before a busy one. */
export interface TransportLimits extends StageLimits {
  readonly responseBytes: number;
  /** Calls at the same time; more wait for a connection until their deadline. */
  readonly concurrency: number;
}

/** What is shown to a system, and asked of it, before anything is said over https. All in PEM. */
export interface TlsSettings {
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
  /** The only authorities that are believed; those that everybody believes without it. */
  readonly ca?: string | undefined;
}

/** One request with its whole URL. */
export interface WireRequest extends Content {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What goes into the header of a SOAP envelope. */
  readonly soapHeader?: Json;
  /** A body that is encoded already; its Content-Type is among the headers. */
  readonly text?: string;
  /** False leaves the body of the answer unread, and gives an empty one. */
  readonly readBody?: boolean;
  /** Judges the address before anything is sent to it; without it, every address will do. */
  readonly allowed?: AddressCheck;
}

/** An answer before anybody looked into it. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The lines of Set-Cookie. */
  readonly cookies?: readonly string[];
}

/** Sends one request and reads its whole answer. Throws BackendFault when there is no complete one. */
export type Wire = (request: WireRequest, context: SendContext) => Promise<RawAnswer>;

/**
 * Connections of one system. No redirects, no proxies, no cookies.
 *
 * @param keepAlive whether connections are kept; only worth it where more than a call now and then is made
 * @param tls our certificate, and whose certificates we believe, where these are not the usual ones
 */
export function openWire(limits: TransportLimits, keepAlive: boolean, tls: TlsSettings = {}): Wire {
  const agentOptions = { keepAlive, maxSockets: limits.concurrency, scheduling: 'lifo' } as const;
  const client = axios.create({
    adapter: 'http',
    httpAgent: new http.Agent(agentOptions),
    httpsAgent: new https.Agent({ ...agentOptions, ...tls }),
    maxRedirects: 0,
    proxy: false,
    responseType: 'stream',
    validateStatus: () => true,
    transformRequest: [],
    transformResponse: [],
  });
  return (request, context) => call(client, limits, request, context);
}

async function call(
  client: AxiosInstance,
  limits: TransportLimits,
  request: WireRequest,
  { deadline }: SendContext,
): Promise<RawAnswer> {
  if (deadline.signal.aborted) throw new BackendFault('timeout', 'not-sent');
  if (!isAllowedLiteral(request)) throw new BackendFault('address', 'not-sent');
  const watch = watchStages(limits);
  deadline.signal.addEventListener('abort', watch.abort, { once: true });
  try {
    const response = await client.request<Readable>({
      method: request.method,
      url: request.url,
      headers: { Accept: 'application/json', ...bodyHeaders(request), ...request.headers },
      ...payloadOf(request),
      signal: watch.signal,
      transport: { request: opener(request.allowed, watch.follow) },
    });
    watch.reading();
    const { status } = response;
    const headers = plainHeaders(response.headers);
    if (request.readBody === false) {
      response.data.destroy();
      return { status, headers, body: Buffer.alloc(0) };
    }
    return {
      status,
      headers,
      body: await readAll(response.data, status, limits.responseBytes, watch.signal),
      cookies: cookiesIn(response.headers),
    };
  } catch (error) {
    if (error instanceof BackendFault) throw error;
    throw isAddressError(error) ? new BackendFault('address', 'not-sent') : watch.faultOf(error);
  } finally {
    deadline.signal.removeEventListener('abort', watch.abort);
    watch.stop();
  }
}

/** Node does not look up what is an address already, so that one is judged here, before anything is connected. */
function isAllowedLiteral({ url, allowed }: WireRequest): boolean {
  if (!allowed) return true;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 || allowed(host);
}

/** Starts a request in the way that axios asks of a transport. */
function opener(allowed: AddressCheck | undefined, follow: (socket: Socket, secure: boolean) => void) {
  return (
    options: https.RequestOptions,
    answered: (message: http.IncomingMessage) => void,
  ): http.ClientRequest => {
    const secure = options.protocol === 'https:';
    const lookup = allowed ? { lookup: lookupWithin(allowed) } : {};
    const request = (secure ? https : http).request({ ...options, ...lookup }, answered);
    request.once('socket', (socket) => {
      if (allowed) refuseUnless(allowed, socket, request);
      follow(socket, secure);
    });
    return request;
  };
}

/**
 * The look-up is not enough where calls share connections: one that is kept may have been made by a call that goes
 * anywhere. Nothing is written before this.
 */
function refuseUnless(allowed: AddressCheck, socket: Socket, request: http.ClientRequest): void {
  const judge = (): void => {
    if (!allowed(socket.remoteAddress ?? '')) request.destroy(addressError());
  };
  if (socket.connecting) socket.once('connect', judge);
  else judge();
}

async function readAll(
  stream: Readable,
  status: number,
  limit: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const stop = (): void => {
    stream.destroy(new Error('aborted'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new BackendFault('too-large', 'unknown', { status });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function payloadOf({ text, body }: WireRequest): { readonly data?: Buffer } {
  const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
  return payload === undefined ? {} : { data: Buffer.from(payload) };
}

function bodyHeaders(request: WireRequest): Record<string, string> {
  return request.body === undefined ? {} : { 'Content-Type': 'application/json' };
}

/** The only header that comes in several lines. */
function cookiesIn(headers: Readonly<Record<string, unknown>>): readonly string[] {
  const lines = headers['set-cookie'];
  return Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : [];
}

function plainHeaders(headers: object): Record<string, string> {
  const pairs = Object.entries(headers).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}

import { isIP } from 'node:net';
import axios, { Axios } from 'axios';
import { Agent, buildConnector } from 'undici';
import type { Json } from '../json.ts';
import type { AddressCheck } from './addresses.ts';
import type { Content } from './content.ts';
import { decompressed, decompressorOf, readableEncodings } from './decompress.ts';
import { withHeaders, withoutHeaders } from './headers.ts';
import { isAddressError, lookupWithin } from './lookup.ts';
import { type Line, overUndici, type Received } from './over-undici.ts';
import { Places } from './places.ts';
import { BackendFault, type SendContext } from './send.ts';
import { type StageLimits, type StageWatch, watchStages } from './stages.ts';

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

/** How long an unused connection is kept where the other side does not say: firewalls forget it silently after longer. */
const idleMs = 60_000;

const usualHeaders = {
  Accept: 'application/json',
  'Accept-Encoding': readableEncodings,
  'User-Agent': `axios/${axios.VERSION}`,
};

/** Sends one request and reads its whole answer. Throws BackendFault when there is no complete one. */
export type Wire = (request: WireRequest, context: SendContext) => Promise<RawAnswer>;

/**
 * Connections of one system. No redirects, no proxies, no cookies.
 *
 * @param keepAlive whether connections are kept; only worth it where more than a call now and then is made
 * @param tls our certificate, and whose certificates we believe, where these are not the usual ones
 */
export function openWire(limits: TransportLimits, keepAlive: boolean, tls: TlsSettings = {}): Wire {
  const client = new Axios({ validateStatus: null });
  const parts = {
    client,
    limits,
    places: new Places(limits.concurrency),
    lineFor: linesFor(limits, keepAlive, tls),
  };
  return (request, context) => call(parts, request, context);
}

/** What the calls over one wire share. */
interface WireParts {
  readonly client: Axios;
  readonly limits: TransportLimits;
  readonly places: Places;
  readonly lineFor: (allowed: AddressCheck | undefined) => Line;
}

/**
 * Connections that were judged are never shared with calls that are judged otherwise: one that is kept may have been made by
 * a call that goes anywhere.
 */
function linesFor(limits: TransportLimits, keepAlive: boolean, tls: TlsSettings): WireParts['lineFor'] {
  const toAnywhere = openLine(limits, keepAlive, tls);
  const judged = new WeakMap<AddressCheck, Line>();
  return (allowed) => {
    if (!allowed) return toAnywhere;
    const line =
      judged.get(allowed) ?? openLine(limits, keepAlive, { ...tls, lookup: lookupWithin(allowed) });
    judged.set(allowed, line);
    return line;
  };
}

function openLine({ concurrency, connectMs }: TransportLimits, keepAlive: boolean, options: object): Line {
  // Our own watch is more patient, and ends the call; this limit clears away what the call left behind.
  const connect = buildConnector({ ...options, timeout: 2 * connectMs });
  const dispatcher = new Agent({
    connections: Number.isFinite(concurrency) ? concurrency : null,
    pipelining: keepAlive ? 1 : 0,
    keepAliveTimeout: idleMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (target, done) => {
      // After a call that was stopped undici makes another connection, for nobody.
      if (line.waiting > 0) connect(target, done);
      else done(new Error('nobody waits for a connection'), null);
    },
  });
  const line: Line = { dispatcher, waiting: 0 };
  return line;
}

async function call(parts: WireParts, request: WireRequest, { deadline }: SendContext): Promise<RawAnswer> {
  const leftMs = deadline.leftMs();
  if (leftMs === 0) throw new BackendFault('timeout', 'not-sent');
  if (!isAllowedLiteral(request)) throw new BackendFault('address', 'not-sent');
  const watch = watchStages(parts.limits);
  // A timer of its own: the signal of the deadline would take twice as long.
  const passed = setTimeout(watch.abort, leftMs);
  try {
    await parts.places.take(watch.whenAborted);
    try {
      return await exchange(parts, request, watch);
    } finally {
      parts.places.giveBack();
    }
  } catch (error) {
    if (error instanceof BackendFault) throw error;
    throw isAddressError(error) ? new BackendFault('address', 'not-sent') : watch.faultOf(error);
  } finally {
    clearTimeout(passed);
    watch.stop();
  }
}

async function exchange(
  { client, limits: { responseBytes }, lineFor }: WireParts,
  request: WireRequest,
  watch: StageWatch,
): Promise<RawAnswer> {
  const { readBody = true, allowed } = request;
  const { status, data } = await client.request<Received>({
    method: request.method,
    url: request.url,
    ...payloadOf(request),
    adapter: overUndici({
      line: lineFor(allowed),
      headers: withHeaders(usualHeaders, bodyHeaders(request), request.headers),
      watch,
      responseBytes,
      readBody,
    }),
  });
  const headers = plainHeaders(data.headers);
  const cookies = cookiesIn(data.headers);
  const decompress = decompressorOf(headers['content-encoding'] ?? '');
  if (!decompress) return { status, headers, body: data.body, cookies };
  return {
    status,
    headers: withoutHeaders(headers, ['content-encoding']),
    body: await decompressed(data.body, decompress, { limit: responseBytes, status }),
    cookies,
  };
}

/** Node does not look up what is an address already, so that one is judged here, before anything is connected. */
function isAllowedLiteral({ url, allowed }: WireRequest): boolean {
  if (!allowed) return true;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 || allowed(host);
}

function payloadOf({ text, body }: WireRequest): { readonly data?: Buffer } {
  const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
  return payload === undefined ? {} : { data: Buffer.from(payload) };
}

function bodyHeaders(request: WireRequest): Record<string, string> {
  return request.body === undefined ? {} : { 'Content-Type': 'application/json' };
}

function cookiesIn({ 'set-cookie': lines = [] }: Received['headers']): readonly string[] {
  return [lines].flat();
}

/** Headers that have one value: of several lines the first one counts. */
const singleHeaders: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'etag',
  'last-modified',
  'location',
  'retry-after',
]);

/** Each header as one text, but for cookies. */
function plainHeaders(headers: Received['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'set-cookie') continue;
    if (typeof value === 'string') plain[name] = value;
    else if (Array.isArray(value))
      plain[name] = singleHeaders.has(name) ? String(value[0]) : value.join(', ');
  }
  return plain;
}

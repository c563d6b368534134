import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosInstance } from 'axios';
import type { FaultReason } from '../observe/events.ts';
import type { Outcome } from '../problem.ts';
import { BackendFault, type BackendRequest, type SendContext } from './send.ts';

/** Bounds on one call. Each kind of slowness has its own, so that a dead host is noticed before a busy one. */
export interface TransportLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly bodyMs: number;
  readonly responseBytes: number;
  /** Calls at the same time; more wait for a connection until their deadline. */
  readonly concurrency: number;
}

/** An answer before anybody looked into it. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends one request and reads its whole answer. Throws BackendFault when there is no complete one. */
export type Transport = (request: BackendRequest, context: SendContext) => Promise<RawAnswer>;

/** How far a call has come: it decides which limit counts, and whether the backend can have acted on it. */
type Stage = 'waiting' | 'connecting' | 'sent' | 'reading';

/** Calls to one base URL over connections that are kept. No redirects, no proxies, no cookies. */
export function transport(baseUrl: string, limits: TransportLimits): Transport {
  const agentOptions = { keepAlive: true, maxSockets: limits.concurrency, scheduling: 'lifo' } as const;
  const client = axios.create({
    adapter: 'http',
    httpAgent: new http.Agent(agentOptions),
    httpsAgent: new https.Agent(agentOptions),
    maxRedirects: 0,
    proxy: false,
    responseType: 'stream',
    validateStatus: () => true,
    transformRequest: [],
    transformResponse: [],
  });
  return (request, context) => call(client, baseUrl, limits, request, context);
}

async function call(
  client: AxiosInstance,
  baseUrl: string,
  limits: TransportLimits,
  request: BackendRequest,
  { deadline }: SendContext,
): Promise<RawAnswer> {
  const watch = watchStages(limits);
  const end = (): void => {
    watch.abort();
  };
  if (deadline.signal.aborted) throw new BackendFault('timeout', 'not-sent');
  deadline.signal.addEventListener('abort', end, { once: true });
  try {
    const response = await client.request<Readable>({
      method: request.method,
      url: urlOf(baseUrl, request),
      headers: { Accept: 'application/json', ...bodyHeaders(request), ...request.headers },
      ...(request.body === undefined ? {} : { data: Buffer.from(JSON.stringify(request.body)) }),
      signal: watch.signal,
      transport: { request: watch.open },
    });
    watch.enter('reading');
    const body = await readAll(response.data, limits.responseBytes, watch.signal);
    return { status: response.status, headers: plainHeaders(response.headers), body };
  } catch (error) {
    throw error instanceof BackendFault ? error : faultOf(error, watch.stage(), watch.signal.aborted);
  } finally {
    deadline.signal.removeEventListener('abort', end);
    watch.stop();
  }
}

/** Follows a call from stage to stage and aborts it when a stage takes longer than its limit. */
function watchStages(limits: TransportLimits): {
  readonly signal: AbortSignal;
  stage(): Stage;
  enter(stage: Stage): void;
  abort(): void;
  stop(): void;
  readonly open: (
    options: https.RequestOptions,
    answered: (message: http.IncomingMessage) => void,
  ) => http.ClientRequest;
} {
  const controller = new AbortController();
  const allowed = { connecting: limits.connectMs, sent: limits.headersMs, reading: limits.bodyMs };
  let stage: Stage = 'waiting';
  let timer: NodeJS.Timeout | undefined;
  const abort = (): void => {
    controller.abort();
  };
  const enter = (next: Exclude<Stage, 'waiting'>): void => {
    clearTimeout(timer);
    stage = next;
    timer = setTimeout(abort, allowed[next]);
  };
  return {
    signal: controller.signal,
    stage: () => stage,
    enter: (next) => {
      if (next !== 'waiting') enter(next);
    },
    abort,
    stop: () => {
      clearTimeout(timer);
    },
    open(options, answered) {
      const request = (options.protocol === 'https:' ? https : http).request(options, answered);
      request.once('socket', (socket) => {
        if (!socket.connecting) {
          enter('sent');
          return;
        }
        enter('connecting');
        socket.once(options.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
          enter('sent');
        });
      });
      return request;
    },
  };
}

async function readAll(stream: Readable, limit: number, signal: AbortSignal): Promise<Buffer> {
  const stop = (): void => {
    stream.destroy(new Error('aborted'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new BackendFault('too-large', 'unknown');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function faultOf(error: unknown, stage: Stage, aborted: boolean): BackendFault {
  const reached = stage === 'sent' || stage === 'reading';
  const outcome: Outcome = reached ? 'unknown' : 'not-sent';
  return new BackendFault(reasonOf(stage, aborted), outcome, { cause: error });
}

function reasonOf(stage: Stage, aborted: boolean): FaultReason {
  if (aborted)
    return stage === 'waiting' ? 'saturated' : stage === 'connecting' ? 'connect-timeout' : 'timeout';
  return stage === 'sent' || stage === 'reading' ? 'reset' : 'refused';
}

/** Base URL, encoded segments and encoded query: the only place where an outgoing URL is made. */
export function urlOf(baseUrl: string, request: Pick<BackendRequest, 'path' | 'query'>): string {
  const path = request.path.map((segment) => `/${encodeURIComponent(segment)}`).join('');
  const query = request.query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return `${baseUrl}${path}${query === '' ? '' : `?${query}`}`;
}

function bodyHeaders(request: BackendRequest): Record<string, string> {
  return request.body === undefined ? {} : { 'Content-Type': 'application/json' };
}

function plainHeaders(headers: object): Record<string, string> {
  const pairs = Object.entries(headers).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}

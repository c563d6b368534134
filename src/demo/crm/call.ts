import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request that was read completely. */
export interface Call {
  readonly method: string;
  /** The path as it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The bytes of the body; undefined when there were more than the system takes. */
  readonly body: Buffer | undefined;
}

const largestBody = 1024 * 1024;

/** Reads a request to its end. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: request.headers,
    body: await readBody(request),
  };
}

/** Reads on to the end of a body that is too large, because a caller only listens when it has sent everything. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
    else chunks = [];
  }
  return size <= largestBody ? Buffer.concat(chunks) : undefined;
}

/** The JSON in a body; undefined when it is no JSON in UTF-8, or too large. */
export function jsonOf(call: Call): unknown {
  if (call.body === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(call.body)) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a value from JSON is an object with members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

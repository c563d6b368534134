import type { ServerResponse } from 'node:http';

/** An answer: `body` is sent as JSON, and nothing is sent when it is undefined. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The answer to a call that went well. */
export function ok(content: Readonly<Record<string, unknown>> = {}): Reply {
  return { status: 200, body: { STATUS: 'OK', ...content } };
}

/**
 * The answer to a call that failed.
 *
 * @param status an HTTP status, which in this system can well be 200
 */
export function failure(status: number, code: string, text: string): Reply {
  return { status, body: { STATUS: 'FOUT', FOUT: { CODE: code, TEKST: text } } };
}

/** Sends an answer. */
export function send(response: ServerResponse, reply: Reply): void {
  const text = reply.body === undefined ? undefined : JSON.stringify(reply.body);
  const headers = { ...reply.headers };
  if (text !== undefined) {
    headers['Content-Type'] = 'application/json; charset=utf-8';
    headers['Content-Length'] = String(Buffer.byteLength(text));
  }
  response.writeHead(reply.status, headers).end(text);
}

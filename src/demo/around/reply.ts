import type { ServerResponse } from 'node:http';
import type { Reply } from '../crm/reply.ts';

/**
 * Sends an answer. Unlike the CRM, these systems have more types of content: a text with a Content-Type of its own
 * goes out as it is, everything else as JSON.
 */
export function sendReply(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(text)),
      ...headers,
    })
    .end(text);
}

/** The answer that nothing more has to be said. */
export const noContent: Reply = { status: 204 };

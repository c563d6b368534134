import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BackendSettings } from '../../src/backend/index.ts';
import { openSystem } from '../../src/backend/index.ts';
import type { Event } from '../../src/observe/events.ts';
import { BackendProblem } from '../../src/problem.ts';
import { settingsOf, workInto } from './systems.ts';

/** Long enough for a call that must succeed, on any machine. */
export const longMs = 60_000;

/** Reads what a request brought. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Answers with JSON. */
export function answerJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** What came of one call: the status of the answer, or of the problem that the client would get. */
export interface Outcome {
  readonly status: number;
  /** Seconds of Retry-After; NaN without it. */
  readonly retryAfter: number;
}

/** Opens a system with these credentials that notes its events, and asks it things. */
export function asking(baseUrl: string, wanted: Partial<BackendSettings>) {
  const events: Event[] = [];
  let now = 0;
  const { limits } = settingsOf(baseUrl);
  const patient = { ...limits, connectMs: longMs, headersMs: longMs, bodyMs: longMs, concurrency: 50 };
  const { send, get } = openSystem(
    settingsOf(baseUrl, { name: 'crm', limits: patient, clock: () => now, ...wanted }),
    (event) => events.push(event),
  );
  const errors: unknown[] = [];

  async function ask(
    method: 'GET' | 'POST' = 'GET',
    { withinMs = longMs, userId }: { readonly withinMs?: number; readonly userId?: string } = {},
  ): Promise<Outcome> {
    const request = { method, path: ['klanten'], query: [['a', '1']], headers: {} } as const;
    const caller = userId === undefined ? undefined : { userId };
    try {
      const body = method === 'POST' ? { body: { a: 1 } } : {};
      const { status } = await send({ ...request, ...body }, { ...workInto(events, withinMs), caller });
      return { status, retryAfter: NaN };
    } catch (error) {
      errors.push(error);
      if (!(error instanceof BackendProblem)) throw error;
      return { status: error.status, retryAfter: Number(error.headers['Retry-After'] ?? NaN) };
    }
  }

  return {
    events,
    /** Everything that was thrown, with what caused it. */
    errors,
    ask,
    get,
    /** Lets time pass for what is kept; otherwise it stands still, however slow the machine is. */
    later: (seconds: number): void => {
      now += seconds * 1000;
    },
    /** So many calls at the same time: their statuses, each once. */
    crowd: async (count: number): Promise<number[]> => {
      const outcomes = await Promise.all(Array.from({ length: count }, () => ask()));
      return [...new Set(outcomes.map(({ status }) => status))];
    },
  };
}

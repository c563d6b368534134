import { text } from 'node:stream/consumers';
import { openBackend, type BackendSettings } from '../../../src/backend/index.ts';
import type { BackendAnswer, BackendRequest } from '../../../src/backend/send.ts';
import type { Event } from '../../../src/observe/events.ts';
import { BackendProblem, type Outcome } from '../../../src/problem.ts';
import { webHost } from '../../kit/web-host.ts';
import { settingsOf, workInto } from '../systems.ts';

/** A request as it came in. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

/** What the host answers: JSON with status 200 unless it is said otherwise; undefined breaks the connection. */
export interface Given {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What came of a request: an answer, or the status of the problem, and whether the backend may have acted on it. */
export type Came = BackendAnswer | { readonly problem: number; readonly outcome: Outcome };

/** A host that answers as a spec says, and one backend on it. For the specs of the surrounding `describe`. */
export function encodedHost() {
  const arrived: Arrived[] = [];
  let answer: (request: Arrived) => Given | undefined = () => ({ body: '{}' });
  const host = webHost((request, response) => {
    void text(request).then((body) => {
      const came = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        text: body,
      };
      arrived.push(came);
      const given = answer(came);
      if (!given) return void request.socket.destroy();
      return void response.writeHead(given.status ?? 200, given.headers).end(given.body ?? '');
    });
  });
  afterEach(() => {
    arrived.length = 0;
    events.length = 0;
  });
  const events: Event[] = [];

  return {
    host,
    arrived,
    events,
    answers: (next: (request: Arrived) => Given | undefined): void => {
      answer = next;
    },
    /** Opens a backend, and gives what asks it one thing after the other. */
    open(wanted: Partial<BackendSettings>) {
      const limits = { ...settingsOf('').limits, responseBytes: 20_000_000 };
      const settings = settingsOf(`${host.origin}/crm`, { limits, ...wanted });
      const send = openBackend(settings, (event) => events.push(event));
      return async (request: Partial<BackendRequest>): Promise<Came> => {
        const whole = { method: 'POST', path: [], query: [], headers: {}, ...request } as const;
        try {
          return await send(whole, workInto(events));
        } catch (error) {
          if (error instanceof BackendProblem) return { problem: error.status, outcome: error.outcome };
          throw error;
        }
      };
    },
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { openBackend } from '../../src/backend/index.ts';
import type { Send } from '../../src/backend/send.ts';
import type { Json } from '../../src/json.ts';
import type { Event } from '../../src/observe/events.ts';
import { sendJson } from '../kit/scripted-crm.ts';
import { webHost } from '../kit/web-host.ts';
import { settingsOf, workInto } from '../backend/systems.ts';

/** What arrived at the register: its method, its path and query, and its JSON. */
interface Arrival {
  readonly method: string;
  readonly url: URL;
  readonly body: Json | undefined;
}

type Answer = (arrival: Arrival, response: ServerResponse) => void;

/** A register at `/api/v1` of a web host, that answers as a spec says; and the calls to it. */
export function opened() {
  const arrivals: Arrival[] = [];
  const events: Event[] = [];
  let answer: Answer = (_, response) => response.end('[]');
  const host = webHost((request, response) => {
    void arrive(request).then((arrival) => {
      arrivals.push(arrival);
      answer(arrival, response);
    });
  });

  beforeEach(() => {
    arrivals.length = 0;
    events.length = 0;
    answer = (_, response) => response.end('[]');
  });

  return {
    arrivals,
    events,
    get root() {
      return `${host.origin}/api/v1`;
    },
    answers(next: Answer): void {
      answer = next;
    },
    /** Calls under its root that wait so long for an answer. */
    send(headersMs = 5000): Send {
      const settings = settingsOf(`${host.origin}/api/v1`, { name: 'test' });
      return openBackend({ ...settings, limits: { ...settings.limits, headersMs } }, (event) =>
        events.push(event),
      );
    },
    work: () => workInto(events),
  };
}

/** A register that answers everything with one status, and JSON or nothing. */
export function always(status: number, body?: Json): Answer {
  return (_, response) => {
    if (body === undefined) response.writeHead(status).end();
    else sendJson(response, body, status);
  };
}

/** A register that never answers. */
export const never: Answer = () => undefined;

/** A register that hangs up. */
export const hangUp: Answer = (_, response) => {
  response.destroy();
};

async function arrive(request: IncomingMessage): Promise<Arrival> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '', 'http://register.test'),
    body: text === '' ? undefined : (JSON.parse(text) as Json),
  };
}

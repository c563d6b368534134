import type { BackendSettings } from '../../src/backend/index.ts';
import type { SendContext } from '../../src/backend/send.ts';
import { deadlineIn } from '../../src/deadline.ts';
import type { Event } from '../../src/observe/events.ts';

/** A system at a base URL, that is patient and never given up; the rest as a spec wants it. */
export function settingsOf(baseUrl: string, wanted: Partial<BackendSettings> = {}): BackendSettings {
  return {
    name: 'register',
    baseUrl,
    credentials: undefined,
    limits: { connectMs: 5000, headersMs: 5000, bodyMs: 5000, responseBytes: 10_000, concurrency: 5 },
    breaker: { failurePercentage: 100, minimumCalls: 1000, windowSeconds: 3600, openSeconds: 3600 },
    errors: [],
    ...wanted,
  };
}

/** Work that notes its events. */
export function workInto(events: Event[], withinMs = 8000): SendContext {
  return { deadline: deadlineIn(withinMs), observe: (event) => events.push(event) };
}

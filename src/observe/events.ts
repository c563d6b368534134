/**
 * Everything that may be logged or measured: a closed list, so that personal data has no way in. No event carries a
 * query value, a body, a text of a CRM or the message of an exception. Resource ids are UUIDs; a mapping whose ids
 * are personal keys is refused at start.
 */
export type Event =
  | RequestEvent
  | { event: 'started'; url: string; apis: readonly string[]; mapping: string }
  | { event: 'mapping-reloaded'; mapping: string }
  | { event: 'mapping-refused'; mistakes: number }
  | { event: 'stopping'; reason: string }
  | { event: 'stopped'; inTime: boolean }
  | { event: 'backend-failed'; backend: string; reason: FaultReason; status?: number }
  | { event: 'backend-unreachable-at-start'; backend: string }
  | { event: 'credentials-refused'; backend: string; status: number }
  | { event: 'breaker'; backend: string; state: 'open' | 'half-open' | 'closed' }
  | { event: 'afwijking'; resource: string; field: string; code: string; policy: string; records: number }
  | { event: 'record-unrenderable'; resource: string; id: string; field: string; code: string }
  | { event: 'translation-failed'; file: string; code: string; line?: number; column?: number }
  | { event: 'left-to-interpreter'; file: string; why: string }
  | { event: 'bound-passed'; resource: string; filters: readonly string[]; maxRecords?: number }
  | { event: 'url-check-failed'; host: string; reason: string }
  | { event: 'register-too-old'; register: string; kind: string; version: string; wanted: string }
  | { event: 'register-unreachable-at-start'; register: string }
  | { event: 'rule-broken'; rule: string; resource: string; code: string }
  | { event: 'values-not-kept'; resource: string; id: string; fields: readonly string[] }
  | { event: 'write-settled'; resource: string; operation: string; outcome: 'done' | 'not-done' }
  | { event: 'write-outcome-unknown'; resource: string; operation: string; id?: string }
  | { event: 'undo-failed'; resource: string; id: string; operation: string; step?: number }
  | { event: 'audit-entry-lost'; resource: string; id: string; operation: string }
  | { event: 'relations-left'; resource: string; of: string }
  | { event: 'notification-lost'; kanaal: string; resource: string; actie: string; reason: LossReason }
  | { event: 'unexpected-error'; type: string; code?: string; stack: readonly string[] };

/** One line a request: the access log. Durations in milliseconds. */
export interface RequestEvent {
  event: 'request';
  /** In the event itself: there is one for every request, and to put an id beside it takes a copy. */
  requestId: string;
  client: string;
  operation: string;
  method: string;
  status: number;
  code?: string;
  /** The `instance` of the problem document that the client got. */
  instance?: string;
  durationMs: number;
  mappingMs: number;
  backendMs: number;
  backendCalls: number;
  cache: 'none' | 'miss' | 'hit' | 'revalidated';
  abandoned?: true;
}

/** Why a call to a backend gave no usable answer. */
export type FaultReason =
  | 'saturated'
  | 'connect-timeout'
  | 'timeout'
  | 'refused'
  | 'certificate'
  | 'reset'
  | 'redirect'
  | 'status'
  | 'not-json'
  | 'not-xml'
  | 'too-large'
  | 'too-much'
  | 'address'
  | 'unexpected-answer';

/** Why a notification reached nobody: `failed` is a mistake of ours, `stopped` the end of the gateway. */
export type LossReason = 'refused' | 'too-old' | 'queue-full' | 'failed' | 'stopped';

/** Where events go, with the id of the request on whose behalf they happened, when they do not tell it themselves. */
export type Observe = (event: Event, requestId?: string) => void;

/** How loud each event is; an operator's alarms hang on `error`. */
export const levels: Readonly<Record<Event['event'], 'debug' | 'info' | 'warn' | 'error'>> = {
  request: 'info',
  started: 'info',
  'mapping-reloaded': 'info',
  'mapping-refused': 'error',
  stopping: 'info',
  stopped: 'info',
  'backend-failed': 'warn',
  'backend-unreachable-at-start': 'warn',
  'credentials-refused': 'error',
  breaker: 'warn',
  afwijking: 'warn',
  'record-unrenderable': 'error',
  'translation-failed': 'error',
  'left-to-interpreter': 'info',
  'bound-passed': 'warn',
  'url-check-failed': 'warn',
  'register-too-old': 'error',
  'register-unreachable-at-start': 'warn',
  'rule-broken': 'warn',
  'values-not-kept': 'error',
  'write-settled': 'warn',
  'write-outcome-unknown': 'error',
  'undo-failed': 'error',
  'relations-left': 'error',
  'audit-entry-lost': 'error',
  'notification-lost': 'error',
  'unexpected-error': 'error',
};

/**
 * An exception as an event: its type, its code and the places in our code that it came from. Never its message,
 * which may quote what it stumbled on.
 */
export function unexpectedError(error: unknown): Event {
  const known = error instanceof Error ? error : undefined;
  const code: unknown = known && 'code' in known ? known.code : undefined;
  return {
    event: 'unexpected-error',
    type: known?.name ?? typeof error,
    ...(typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? { code } : {}),
    stack: placesOf(known),
  };
}

function placesOf(error: Error | undefined): string[] {
  const lines = error?.stack?.split('\n').map((line) => line.trim()) ?? [];
  return lines.filter((line) => line.startsWith('at ')).slice(0, 8);
}

import { type DestinationStream, pino } from 'pino';
import { levels, type Observe } from './events.ts';

/** Where the lines of a log go. */
export interface LogDestination extends DestinationStream {
  /** Writes at once what it holds. Absent where each line is written at once. */
  flush?(): void;
}

/**
 * Standard output, which is asked to take lines when there are 12 kB of them, and ten times a second: to ask for each line
 * costs the process ten times what it takes to make one. Whoever ends the process calls `flush`.
 */
export function standardOutput(): LogDestination {
  // Not behind our back: what is flushed is written when `flush` returns, in the order in which it came.
  return pino.destination({ dest: 1, sync: true, minLength: 12_000, periodicFlush: 100 });
}

/**
 * A log of JSON lines. Events are written as they are; the request's id, where there is one, comes with them. Lines of
 * requests may wait for each other, every other event is written at once.
 */
export function logEvents(level: string, destination: LogDestination): Observe {
  const logger = pino({ level, base: null, timestamp: isoTime(), messageKey: 'text' }, destination);
  return (event, requestId) => {
    const eventLevel = levels[event.event];
    if (!logger.isLevelEnabled(eventLevel)) return;
    logger[eventLevel](requestId === undefined ? event : { requestId, ...event });
    if (event.event !== 'request') destination.flush?.();
  };
}

/** The time as pino writes it. All but the milliseconds is worked out once a second: it is half of what a line costs. */
function isoTime(): () => string {
  let second = NaN;
  let text = '';
  return () => {
    const now = Date.now();
    const millisecond = now % 1000;
    if (now - millisecond !== second) {
      second = now - millisecond;
      text = `,"time":"${new Date(second).toISOString().slice(0, -'000Z'.length)}`;
    }
    return `${text}${String(millisecond).padStart(3, '0')}Z"`;
  };
}

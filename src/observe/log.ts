import { type DestinationStream, pino } from 'pino';
import { levels, type Observe } from './events.ts';

/**
 * A log of JSON lines. Events are written as they are; the request's id, where there is one, comes with them.
 *
 * @param destination where lines go; standard output when absent
 */
export function logEvents(level: string, destination?: DestinationStream): Observe {
  const options = { level, base: null, timestamp: isoTime(), messageKey: 'text' };
  const logger = destination ? pino(options, destination) : pino(options);
  return (event, requestId) => {
    logger[levels[event.event]](requestId === undefined ? event : { requestId, ...event });
  };
}

/** The time as pino writes it, worked out once for all lines of a millisecond: it is half of what a line costs. */
function isoTime(): () => string {
  let at = NaN;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== at) [at, text] = [now, `,"time":"${new Date(now).toISOString()}"`];
    return text;
  };
}

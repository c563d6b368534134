import { type DestinationStream, pino } from 'pino';
import { levels, type Observe } from './events.ts';

/**
 * A log of JSON lines. Events are written as they are; the request's id, where there is one, comes with them.
 *
 * @param destination where lines go; standard output when absent
 */
export function logEvents(level: string, destination?: DestinationStream): Observe {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'text' };
  const logger = destination ? pino(options, destination) : pino(options);
  return (event, requestId) => {
    logger[levels[event.event]](requestId === undefined ? event : { requestId, ...event });
  };
}

import { type Counters, newCounters } from '../crm/counters.ts';

const uuids = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi;

/** Counts the calls of all systems, one line for all records of a list together. */
export function newAroundCounters(): Counters {
  return newCounters((path) => path.replaceAll(uuids, ':id'));
}

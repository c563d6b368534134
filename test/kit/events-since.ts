import type { Event } from '../../src/observe/events.ts';

/** The events of one kind. */
type EventOf<Kind extends Event['event']> = Extract<Event, { event: Kind }>;

/** Follows what is observed, spec by spec: only what happened since the spec of the surrounding `describe` began. */
export function eventsSince(events: readonly Event[]) {
  let start = 0;

  beforeEach(() => {
    start = events.length;
  });

  /** The events of one kind, oldest first. */
  return function since<Kind extends Event['event']>(kind: Kind): EventOf<Kind>[] {
    return events.slice(start).filter((event): event is EventOf<Kind> => event.event === kind);
  };
}

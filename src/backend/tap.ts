import type { Transport } from './transport.ts';
import type { Wire } from './wire.ts';

/** What a request over the line is for: a call, or a token or session that the calls need. */
export type LinePurpose = 'call' | 'credentials';

/**
 * Stands on the way to other systems, for who wants to see what passes (`klantbrug try` and `record`). It may keep a
 * request from leaving, and answer in its place.
 */
export interface Tap {
  /** Around the requests to one system as they were made: still without credentials, and before they are asked for. */
  requests(system: string, next: Transport): Transport;
  /**
   * Around what really goes over the line to one system, with credentials. A `call` that comes with the context of no
   * request is a GET of a URL that somebody else made.
   */
  line(system: string, purpose: LinePurpose, next: Wire): Wire;
}

/** The way to a system when nobody looks. */
export const untapped: Tap = {
  requests: (_system, next) => next,
  line: (_system, _purpose, next) => next,
};

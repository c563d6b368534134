import { LRUCache } from 'lru-cache';
import type { SendContext } from '../backend/send.ts';
import { deadlineIn } from '../deadline.ts';
import type { Observe } from '../observe/events.ts';
import { BackendProblem, Problem, unavailable } from '../problem.ts';
import { type Applicatie, applicatieIn } from './autorisaties-applicatie.ts';
import { listItems } from './autorisaties-list.ts';
import type { OpenRegister } from './index.ts';

/** How the Autorisaties API is asked. */
export interface AutorisatiesSettings {
  /** How long an answer is used again; 0: every request asks. */
  readonly cacheSeconds: number;
  /** For asking once, all pages together. */
  readonly timeoutMs: number;
}

/** Knows what clients may do, by asking the Autorisaties API. */
export interface Autorisaties {
  /**
   * The applications of a client, remembered or asked for; requests that ask at the same time share one call. The
   * call has a time limit of its own: who joins it late is not cut off by the deadline of who came first.
   *
   * @throws Problem 503 when the API cannot be asked (ruling R9), 403 `not_authenticated_for_ac` when it refuses us;
   * any other refusal of it counts as a client without applications
   */
  of(clientId: string, work: SendContext): Promise<readonly Applicatie[]>;
  /** Forgets everything, also what is being asked at this moment: an application may have changed. */
  forget(): void;
}

/** More clients than any configuration has. */
const mostClients = 10_000;

/** Seconds that a client is told to wait when the Autorisaties API does not say how long. */
const defaultRetryAfterSeconds = 5;

/**
 * Makes the view on an Autorisaties API.
 *
 * @param register the register, and how it is called; its name is for events
 * @param clock what the age of an answer is measured with
 */
export function autorisatiesRegister(
  register: Pick<OpenRegister, 'name' | 'send'>,
  { cacheSeconds, timeoutMs }: AutorisatiesSettings,
  clock: { now(): number } = performance,
): Autorisaties {
  const known = new LRUCache<string, readonly Applicatie[]>({
    max: mostClients,
    ttl: cacheSeconds * 1000,
    ttlResolution: 0,
    perf: clock,
  });
  /** Replaced when everything is forgotten: what was asked before that is not remembered afterwards. */
  let underWay = new Map<string, Promise<readonly Applicatie[]>>();

  async function ask(clientId: string, observe: Observe): Promise<readonly Applicatie[]> {
    const askedIn = underWay;
    try {
      const context = { deadline: deadlineIn(timeoutMs), observe };
      const items = await listItems(register, 'applicaties', [['clientIds', clientId]], context);
      const found = items.flatMap((item) => applicatieIn(item, clientId) ?? []);
      // To the cache, no time means for ever.
      if (askedIn === underWay && cacheSeconds > 0) known.set(clientId, found);
      return found;
    } catch (error) {
      return withoutAnswer(error);
    } finally {
      askedIn.delete(clientId);
    }
  }

  return {
    async of(clientId, { observe }) {
      const found = known.get(clientId) ?? underWay.get(clientId);
      if (found) return found;
      const asked = ask(clientId, observe);
      underWay.set(clientId, asked);
      return asked;
    },
    forget() {
      known.clear();
      underWay = new Map();
    },
  };
}

/** What it means that the register gave no list. It never means that somebody may do something. */
function withoutAnswer(error: unknown): readonly Applicatie[] {
  if (!(error instanceof BackendProblem)) throw error;
  const { backendStatus: status = 0 } = error;
  if (status === 401 || status === 403) {
    throw new Problem('PermissionDenied', {
      code: 'not_authenticated_for_ac',
      detail: 'De Autorisaties API accepteert de credentials van deze voorziening niet.',
      cause: error,
    });
  }
  const isBusy = status === 408 || status === 429;
  if (status >= 400 && status < 500 && !isBusy) return [];
  throw error.status === 503 ? error : unavailable(defaultRetryAfterSeconds, error);
}

import CircuitBreaker from 'opossum';
import type { Observe } from '../observe/events.ts';
import { BackendProblem, unavailable } from '../problem.ts';
import { BackendFault, type SendFilter } from './send.ts';

/** When a breaker opens, and for how long. */
export interface BreakerSettings {
  /** Opens when at least this share of the calls in the window failed. */
  readonly failurePercentage: number;
  /** Fewer calls than this in the window never open it. */
  readonly minimumCalls: number;
  readonly windowSeconds: number;
  /** Seconds without calls; after them one call is tried. */
  readonly openSeconds: number;
}

/** Lets calls to one system through, or refuses them. */
export type Breaker = <Answer>(call: () => Promise<Answer>) => Promise<Answer>;

type Settled<Answer> = { readonly answer: Answer } | { readonly declined: Error };

/**
 * One breaker for a whole backend. While it is open, calls are refused at once with 503 and Retry-After; then a
 * single call is tried, and its end decides.
 *
 * Only faults count: an answer that we cannot use (404, 409, 429) is an answer. Opossum's own time limit is off:
 * it would abort every call of the breaker, and each of ours has a signal of its own. Its error filter is not used
 * either: opossum ignores it while half-open, and a 404 would open the breaker again.
 */
export function openBreaker(backend: string, settings: BreakerSettings, observe: Observe): Breaker {
  let openedAt = 0;
  const breaker = new CircuitBreaker((call: () => Promise<Settled<unknown>>) => call(), {
    timeout: false,
    errorThresholdPercentage: settings.failurePercentage,
    volumeThreshold: settings.minimumCalls,
    rollingCountTimeout: settings.windowSeconds * 1000,
    resetTimeout: settings.openSeconds * 1000,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  });
  breaker.on('open', () => {
    openedAt = performance.now();
    observe({ event: 'breaker', backend, state: 'open' });
  });
  breaker.on('halfOpen', () => {
    observe({ event: 'breaker', backend, state: 'half-open' });
  });
  breaker.on('close', () => {
    observe({ event: 'breaker', backend, state: 'closed' });
  });

  const secondsLeft = (): number => settings.openSeconds - (performance.now() - openedAt) / 1000;
  return async <Answer>(call: () => Promise<Answer>) => {
    let settled: Settled<Answer>;
    try {
      settled = (await breaker.fire(() => settle(call()))) as Settled<Answer>;
    } catch (error) {
      if (error instanceof Error && CircuitBreaker.isOurError(error))
        throw new BackendProblem(unavailable(secondsLeft()), 'not-sent');
      throw error;
    }
    return answerOf(settled);
  };
}

/** The breaker around requests. */
export function withBreaker(breaker: Breaker): SendFilter {
  return (next) => (request, context) => breaker(() => next(request, context));
}

/** An answer that we cannot use is no failure of the backend, so the breaker must see it as a success. */
async function settle<Answer>(call: Promise<Answer>): Promise<Settled<Answer>> {
  try {
    return { answer: await call };
  } catch (error) {
    if (error instanceof BackendProblem) return { declined: error };
    if (!(error instanceof BackendFault)) throw error;
    // Waiting for a connection of our own is no failure of the backend either,
    if (error.reason === 'saturated') {
      return { declined: new BackendProblem(unavailable(1, error), 'not-sent') };
    }
    // nor is an address that we did not want to reach.
    if (error.reason === 'address') return { declined: error };
    throw error;
  }
}

function answerOf<Answer>(settled: Settled<Answer>): Answer {
  if ('declined' in settled) throw settled.declined;
  return settled.answer;
}

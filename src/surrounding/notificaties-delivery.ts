import type { BackendRequest, Send, SendContext } from '../backend/send.ts';
import { BackendProblem, Problem, unavailable } from '../problem.ts';
import type { NotificatiesSettings, Notification } from './notificaties.ts';

/** Seconds that a client is told to wait when the Notificaties API does not say how long. */
const defaultRetryAfterSeconds = 5;

/**
 * Tries once. What the register refuses now it refuses always, so that a further try cannot help; anything else is
 * given as the problem that it was.
 */
export async function deliverOnce(
  send: Send,
  notification: Notification,
  context: SendContext,
): Promise<'delivered' | 'refused' | Problem> {
  try {
    const { meaning } = await send(requestOf(notification), context);
    return meaning === 'ok' ? 'delivered' : 'refused';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return isRefusal(error) ? 'refused' : error;
  }
}

/**
 * Tries once, for a client that waits.
 *
 * @throws Problem 503 when it was not delivered, or when nobody can tell
 */
export async function deliverOrThrow(
  send: Send,
  notification: Notification,
  work: SendContext,
): Promise<void> {
  const outcome = await deliverOnce(send, notification, work);
  if (outcome === 'delivered') return;
  throw outcome === 'refused'
    ? unavailable(defaultRetryAfterSeconds)
    : unavailable(retryAfterSeconds(outcome) ?? defaultRetryAfterSeconds, outcome);
}

function requestOf(notification: Notification): BackendRequest {
  const kenmerken = Object.fromEntries(
    Object.entries(notification.kenmerken).map(([name, value]) => [name, value?.trim() || 'onbekend']),
  );
  const body = { ...notification, kenmerken };
  return { method: 'POST', path: ['notificaties'], query: [], headers: {}, body };
}

/** A redirect leads nowhere either: it is not followed. */
function isRefusal(problem: Problem): boolean {
  const status = problem instanceof BackendProblem ? problem.backendStatus : undefined;
  return status !== undefined && status >= 300 && status < 500 && status !== 408 && status !== 429;
}

/** How long the register, or our breaker before it, asks to be left alone; undefined when it does not say. */
export function retryAfterSeconds({ headers }: Problem): number | undefined {
  const value = headers['Retry-After'];
  return value === undefined ? undefined : Number(value);
}

/** Twice as long after each failure; half of it by chance, so that those that failed together come apart. */
export function backoffMs(
  failures: number,
  { firstRetryMs, longestRetryMs }: NotificatiesSettings,
  random: () => number,
): number {
  const longest = Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
  return longest * (0.5 + random() / 2);
}

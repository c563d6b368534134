import type { Send, SendContext } from '../backend/send.ts';
import { deadlineIn } from '../deadline.ts';
import { type LossReason, type Observe, unexpectedError } from '../observe/events.ts';
import type { Problem } from '../problem.ts';
import { backoffMs, deliverOnce, deliverOrThrow, retryAfterSeconds } from './notificaties-delivery.ts';
import { memoryQueue, type NotificationQueue, type Waiting } from './notificaties-queue.ts';

/** What the Notificaties API is told of one change. URLs are canonical. */
export interface Notification {
  readonly kanaal: string;
  readonly hoofdObject: string;
  readonly resource: string;
  readonly resourceUrl: string;
  readonly actie: 'create' | 'update' | 'partial_update' | 'destroy';
  /** ISO 8601, with its offset. */
  readonly aanmaakdatum: string;
  /** Of the hoofdObject, by the names in its JSON; what is blank or null is sent as `onbekend` (ruling R10). */
  readonly kenmerken: Readonly<Record<string, string | null>>;
}

/** How hard it is tried to deliver a notification. */
export interface NotificatiesSettings {
  readonly maxQueued: number;
  /** At most so many deliveries at the same time. */
  readonly concurrency: number;
  /** For one delivery. */
  readonly timeoutMs: number;
  /** Until the second try, about; each further wait is twice as long, up to the longest. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** What could not be delivered for so long is lost. */
  readonly retryForSeconds: number;
}

/** What tests hold still, and where notifications wait: in memory, unless a queue is given. */
export interface NotificatiesPorts {
  readonly clock: { now(): number };
  readonly random: () => number;
  readonly queue?: NotificationQueue;
}

/** Tells the Notificaties API of changes. */
export interface Publisher {
  /**
   * Best effort: takes it and returns at once. It is delivered at least once, or is lost with one event
   * `notification-lost`. Those of one hoofdObject are delivered in the order in which they were published.
   */
  publish(notification: Notification): void;
  /**
   * Strict: one delivery now, past the queue. What then becomes of the change is the caller's to decide, so this
   * calls nothing lost.
   *
   * @throws Problem 503 when it was not delivered, or when nobody can tell
   */
  deliver(notification: Notification, work: SendContext): Promise<void>;
  /**
   * Waits until the queue is empty or `withinMs` has passed; what waits for another try gets one at once. Then the
   * publisher has ended: what is left is lost, each with one event, and so is what is published afterwards.
   */
  drain(withinMs: number): Promise<void>;
}

/**
 * Makes a publisher.
 *
 * @param send the Notificaties API: paths are relative to its root
 */
export function notificatiesPublisher(
  send: Send,
  settings: NotificatiesSettings,
  observe: Observe,
  { clock, random, queue = memoryQueue(settings.maxQueued) }: NotificatiesPorts,
): Publisher {
  /** What was published and is neither delivered nor lost yet. */
  let open = 0;
  let delivering = 0;
  /** Somebody wanted to deliver when there was no room for it. */
  let wanted = false;
  let closed = false;
  let onEmpty = (): void => undefined;
  /** Set while nothing is delivered because the Notificaties API asked for a rest. */
  let resting: { readonly until: number; readonly timer: NodeJS.Timeout } | undefined;
  /** Set for each one that waits for another try. */
  const putOff = new Map<Waiting, NodeJS.Timeout>();

  /** Starts a delivery, which starts the next one, until there are as many as may be. */
  function stir(): void {
    wanted = true;
    if (closed || resting || delivering >= settings.concurrency) return;
    wanted = false;
    delivering += 1;
    void deliverNext().then((took) => {
      delivering -= 1;
      if (took || wanted) stir();
    });
  }

  /** @returns whether there was one to deliver */
  async function deliverNext(): Promise<boolean> {
    const waiting = await queue.take();
    if (!waiting) return false;
    stir();
    if (leftMs(waiting) <= 0) {
      await lose(waiting, 'too-old');
      return true;
    }
    const outcome = await tryOnce(waiting.notification);
    // Whatever was open at the end is lost already.
    if (closed) return false;
    if (outcome === 'delivered') await end(waiting);
    else if (outcome === 'refused' || outcome === 'failed') await lose(waiting, outcome);
    else await tryAgain({ ...waiting, failures: waiting.failures + 1 }, outcome);
    return true;
  }

  async function tryOnce(notification: Notification) {
    try {
      return await deliverOnce(send, notification, { deadline: deadlineIn(settings.timeoutMs), observe });
    } catch (error) {
      observe(unexpectedError(error));
      return 'failed';
    }
  }

  /** Puts one off. A Retry-After is about all of the register, so it holds up everything. */
  async function tryAgain(waiting: Waiting, problem: Problem): Promise<void> {
    const restMs = 1000 * (retryAfterSeconds(problem) ?? 0);
    const waitMs = backoffMs(waiting.failures, settings, random);
    if (leftMs(waiting) <= Math.max(restMs, waitMs)) {
      await lose(waiting, 'too-old');
    } else {
      const timer = setTimeout(() => {
        void putBack(waiting);
      }, waitMs);
      putOff.set(waiting, timer.unref());
    }
    rest(Math.min(restMs, settings.retryForSeconds * 1000));
  }

  async function putBack(waiting: Waiting): Promise<void> {
    clearTimeout(putOff.get(waiting));
    putOff.delete(waiting);
    await queue.putBack(waiting);
    stir();
  }

  function rest(forMs: number): void {
    const until = performance.now() + forMs;
    if (forMs === 0 || (resting && resting.until >= until)) return;
    clearTimeout(resting?.timer);
    const timer = setTimeout(() => {
      resting = undefined;
      stir();
    }, forMs);
    resting = { until, timer: timer.unref() };
  }

  function leftMs({ since }: Waiting): number {
    return since + settings.retryForSeconds * 1000 - clock.now();
  }

  async function lose(waiting: Waiting, reason: LossReason): Promise<void> {
    lost(waiting.notification, reason);
    await end(waiting);
  }

  function lost({ kanaal, resource, actie }: Notification, reason: LossReason): void {
    observe({ event: 'notification-lost', kanaal, resource, actie, reason });
  }

  async function end(waiting: Waiting): Promise<void> {
    await queue.remove(waiting);
    ended();
  }

  function ended(): void {
    open -= 1;
    if (open === 0) onEmpty();
  }

  async function enqueue(notification: Notification): Promise<void> {
    if (await queue.add({ notification, since: clock.now(), failures: 0 })) {
      stir();
      return;
    }
    lost(notification, 'queue-full');
    ended();
  }

  return {
    publish(notification) {
      if (closed) {
        lost(notification, 'stopped');
        return;
      }
      open += 1;
      void enqueue(notification);
    },

    deliver: (notification, work) => deliverOrThrow(send, notification, work),

    async drain(withinMs) {
      await Promise.all([...putOff.keys()].map(putBack));
      await new Promise<void>((resolve) => {
        // Not unref'ed: while everything waits for another try, nothing else keeps the process alive.
        const timer = setTimeout(resolve, withinMs);
        onEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
        if (open === 0) onEmpty();
      });
      closed = true;
      clearTimeout(resting?.timer);
      putOff.forEach((timer) => {
        clearTimeout(timer);
      });
      for (const { notification } of await queue.close()) lost(notification, 'stopped');
      open = 0;
    },
  };
}

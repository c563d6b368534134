import type { Notification } from './notificaties.ts';

/** A notification that waits to be delivered. */
export interface Waiting {
  readonly notification: Notification;
  /** When it was taken in: milliseconds since 1970. */
  readonly since: number;
  /** How often its delivery failed so far. */
  readonly failures: number;
}

/**
 * Where notifications wait, in one line for each hoofdObject: who listens must not hear of a destroy before the
 * create. A port: in memory here, a durable queue when one is needed. Its promises are never rejected.
 */
export interface NotificationQueue {
  /** Takes one in, at the end of its line; false when there is no room. */
  add(waiting: Waiting): Promise<boolean>;
  /** Gives the first one of a line, and holds that line up until it is removed or put back. */
  take(): Promise<Waiting | undefined>;
  /** Ends one that was taken: it was delivered, or is lost. */
  remove(taken: Waiting): Promise<void>;
  /** Puts one that was taken back, at the front of its line. */
  putBack(taken: Waiting): Promise<void>;
  /** Ends the queue, and gives what is lost by that: everything in it, taken or not. A durable one loses nothing. */
  close(): Promise<readonly Waiting[]>;
}

/** Makes a queue in memory, of at most so many notifications. */
export function memoryQueue(maxQueued: number): NotificationQueue {
  const lines = new Map<string, Waiting[]>();
  /** The lines that are not held up, in the order of their turns. */
  const free = new Set<string>();
  let size = 0;

  return {
    add(waiting) {
      if (size >= maxQueued) return Promise.resolve(false);
      size += 1;
      const { hoofdObject } = waiting.notification;
      const line = lines.get(hoofdObject);
      if (line) line.push(waiting);
      else {
        lines.set(hoofdObject, [waiting]);
        free.add(hoofdObject);
      }
      return Promise.resolve(true);
    },
    take() {
      const [hoofdObject] = free;
      if (hoofdObject === undefined) return Promise.resolve(undefined);
      free.delete(hoofdObject);
      return Promise.resolve(lines.get(hoofdObject)?.[0]);
    },
    remove({ notification: { hoofdObject } }) {
      const line = lines.get(hoofdObject) ?? [];
      if (line.shift()) size -= 1;
      if (line.length > 0) free.add(hoofdObject);
      else lines.delete(hoofdObject);
      return Promise.resolve();
    },
    putBack(taken) {
      const { hoofdObject } = taken.notification;
      const line = lines.get(hoofdObject);
      if (!line) return Promise.resolve();
      line[0] = taken;
      free.add(hoofdObject);
      return Promise.resolve();
    },
    close() {
      const left = [...lines.values()].flat();
      lines.clear();
      free.clear();
      size = 0;
      return Promise.resolve(left);
    },
  };
}

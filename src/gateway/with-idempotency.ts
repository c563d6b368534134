import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Problem } from '../problem.ts';
import { inTime } from './locks.ts';
import type { Call, Filter, Perform, Result } from './perform.ts';
import { UnsettledWrite } from './settle.ts';

/** A create that was seen before. */
interface Remembered {
  /** Of the body: the same key with another body is a mistake of the client. */
  readonly digest: string;
  readonly result: Promise<Result>;
}

/** How many answers are remembered, and how long. */
export interface IdempotencySettings {
  readonly maxEntries: number;
  readonly keepMs: number;
}

/**
 * Answers a repeated create with the first answer, when the client sent an Idempotency-Key. Two at the same time get
 * the same answer as well. A create that failed is forgotten, so that it can be tried again; one whose outcome was
 * not known is looked up first.
 */
export function withIdempotency({ maxEntries, keepMs }: IdempotencySettings): Filter {
  const remembered = new LRUCache<string, Remembered>({ max: maxEntries, ttl: keepMs });
  return (next) => (call) =>
    call.operation === 'create' && call.idempotencyKey !== undefined
      ? carriedOutOnce(next, call)
      : next(call);

  async function carriedOutOnce(next: Perform, call: Call): Promise<Result> {
    const key = keyOf(call);
    const digest = digestOf(JSON.stringify(call.body));
    for (let earlier = remembered.get(key); earlier; earlier = remembered.get(key)) {
      if (earlier.digest !== digest) throw otherBody();
      const result = await inTime(
        call.work.deadline,
        earlier.result.catch(() => undefined),
      );
      if (result) return result;
      // It failed, and is forgotten. Of those who waited for it, only the first to get here finds no other.
      if (remembered.get(key) === earlier) remembered.delete(key);
    }

    // Nothing is awaited between not finding the key and taking it, so only one create can start.
    const result = next(call);
    const entry: Remembered = { digest, result: withOutcome(result) };
    remembered.set(key, entry);
    entry.result.catch(() => {
      if (remembered.get(key) === entry) remembered.delete(key);
    });
    return result;
  }
}

function otherBody(): Problem {
  return new Problem('Conflict', {
    detail: 'Deze Idempotency-Key is eerder met een andere inhoud gebruikt.',
  });
}

/** For those who come later: a create that went unanswered counts as done once a read-back shows it. */
async function withOutcome(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    const stored = error instanceof UnsettledWrite ? await error.settled : undefined;
    if (stored) return { kind: 'created', stored };
    throw error;
  }
}

/** A key belongs to one client and one operation. Only a digest is kept: a client may put anything in a key. */
function keyOf({ resource, work, idempotencyKey = '' }: Call): string {
  return digestOf(JSON.stringify([work.caller?.clientId, resource.api, resource.name, idempotencyKey]));
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

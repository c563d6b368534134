import { LRUCache } from 'lru-cache';
import { forgottenAfter } from '../forgotten.ts';
import { deepFreeze, type JsonObject } from '../json.ts';

/** A record of the CRM as it was at some moment. */
export interface CachedRecord {
  readonly record: JsonObject;
  /** What the CRM called this version, when it does. */
  readonly etag: string | undefined;
  /** When it was asked for, on the clock of `performance.now()`: it may be as old as that. */
  readonly readAt: number;
}

/** Which record, and for whom: the caller is blank unless the mapping looks at the caller. */
export interface RecordKey {
  readonly record: string;
  readonly caller: string;
}

/** Records of the CRM, bounded in bytes. The least recently used ones go first. */
export interface RecordCache {
  get(key: RecordKey): CachedRecord | undefined;
  /**
   * Remembers a record, unless it was evicted since `ticket` was taken: what was read then may be from before
   * a write.
   */
  put(key: RecordKey, ticket: number, cached: CachedRecord): void;
  /** Take one before asking the CRM. */
  ticket(): number;
  /** A write changed the record, for every caller. */
  evict(record: string): void;
}

/** What one caller saw last of each record, in one entry, so that a write evicts it for all of them. */
type Entry = ReadonlyMap<string, CachedRecord>;

/** Of so many records it is remembered that they were evicted: far more than are written while one is read. */
const mostEvictions = 10_000;

/** Makes a cache of about so many bytes of memory, in which nothing stays longer than `keepMs` after it was put there. */
export function recordCache(maxBytes: number, keepMs: number): RecordCache {
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    sizeCalculation: bytesOf,
    ...forgottenAfter(keepMs),
  });
  /** The number of each record's last eviction, the oldest first. */
  const evictions = new Map<string, number>();
  let evicted = 0;
  let forgotten = 0;
  return {
    get: ({ record, caller }) => entries.get(record)?.get(caller),
    put({ record, caller }, ticket, cached) {
      // Of a record whose eviction is forgotten, only that it was no later one is known.
      if ((evictions.get(record) ?? forgotten) > ticket) return;
      entries.set(
        record,
        new Map(entries.get(record)).set(caller, { ...cached, record: deepFreeze(cached.record) }),
      );
    },
    ticket: () => evicted,
    evict(record) {
      entries.delete(record);
      evictions.delete(record);
      evictions.set(record, ++evicted);
      const [oldest] = evictions;
      if (!oldest || evictions.size <= mostEvictions) return;
      evictions.delete(oldest[0]);
      forgotten = oldest[1];
    },
  };
}

/**
 * What an entry takes of memory, in bytes. Beside a record stands what is shown of it, as fields and as the text of an answer,
 * so it is several times its JSON: a klant of 0.8 KB takes 3 KB when it was read once, and 6 KB when it was read again.
 */
function bytesOf(entry: Entry, record: string): number {
  let bytes = overhead + 2 * record.length;
  for (const [caller, cached] of entry)
    bytes += shownBytes + 2 * caller.length + copies * Buffer.byteLength(JSON.stringify(cached.record));
  return bytes;
}

/** Bytes of an entry itself: the key, a place in two maps, and the timer that ends it. */
const overhead = 1000;

/** Bytes of the fields of the standard, whatever is in them, with their answer. */
const shownBytes = 3000;

/** A text of a CRM is there as it came, among the fields (which share it), and in the answer, in two bytes a character at worst. */
const copies = 3;

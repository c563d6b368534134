import { LRUCache } from 'lru-cache';
import { deepFreeze, type JsonObject } from '../json.ts';

/** A record of the CRM as it was at some moment. */
export interface CachedRecord {
  readonly record: JsonObject;
  /** What the CRM called this version, when it does. */
  readonly etag: string | undefined;
  /** On the clock of `performance.now()`. */
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
  ticket(key: RecordKey): number;
  /** A write changed the record, for every caller. */
  evict(record: string): void;
}

/** What one caller saw last of each record, in one entry, so that a write evicts it for all of them. */
type Entry = ReadonlyMap<string, CachedRecord>;

/** Makes a cache of at most so many bytes of JSON. */
export function recordCache(maxBytes: number): RecordCache {
  const entries = new LRUCache<string, Entry>({ maxSize: maxBytes, sizeCalculation: bytesOf });
  // How often a record was evicted. A count that this list itself drops only makes a reader not remember.
  const evictions = new LRUCache<string, number>({ max: 100_000 });
  return {
    get: ({ record, caller }) => entries.get(record)?.get(caller),
    put({ record, caller }, ticket, cached) {
      if ((evictions.get(record) ?? 0) !== ticket) return;
      entries.set(
        record,
        new Map(entries.get(record)).set(caller, { ...cached, record: deepFreeze(cached.record) }),
      );
    },
    ticket: ({ record }) => evictions.get(record) ?? 0,
    evict(record) {
      evictions.set(record, (evictions.get(record) ?? 0) + 1);
      entries.delete(record);
    },
  };
}

function bytesOf(entry: Entry, record: string): number {
  let bytes = record.length + 100;
  for (const [caller, cached] of entry)
    bytes += caller.length + Buffer.byteLength(JSON.stringify(cached.record)) + 100;
  return bytes;
}

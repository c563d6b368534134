import { type RecordCache, recordCache } from './record-cache.ts';

/**
 * Record caches that take each other's place, when a mapping set takes the place of another one: a new one begins
 * empty. A write that began with the older set evicts from the newest cache too, which may have read the record before
 * that write was done.
 *
 * @returns makes the next cache
 */
export function successiveCaches(maxBytes: number, keepMs: number): () => RecordCache {
  let newest: RecordCache | undefined;
  return () => {
    const own = recordCache(maxBytes, keepMs);
    newest = own;
    return {
      ...own,
      evict(record) {
        own.evict(record);
        if (newest !== own) newest?.evict(record);
      },
    };
  };
}

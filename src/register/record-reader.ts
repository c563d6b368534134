import type { BackendAnswer } from '../backend/send.ts';
import { namesIn } from '../dotted-path.ts';
import { type Json, type JsonObject, valueAt, valueUnder } from '../json.ts';
import type { Expression } from '../mapping/expression.ts';
import type { CrmId } from '../mapping/ids.ts';
import type { MappedPart } from '../mapping/set.ts';
import { Problem } from '../problem.ts';
import { coalescer } from './coalesce.ts';
import { type BackendOf, buildRequest } from './plan.ts';
import type { CachedRecord, RecordCache, RecordKey } from './record-cache.ts';
import { idIn, rowsOf } from './rows.ts';
import { ask, callerKey, isMissing, unexpectedAnswer, type Work } from './work.ts';

/** How single records of one resource are cached. */
export interface CacheSettings {
  readonly records: RecordCache;
  /** How old a record may be without asking the CRM; undefined: this resource is not cached. */
  readonly staleMs: number | undefined;
  /** Whether a backend is told who calls: nobody is then given what was read for another caller. */
  readonly perCaller?: boolean;
}

/** Which record: its UUID, and the id that the UUID stands for. */
export interface RecordId {
  readonly uuid: string;
  readonly id: CrmId;
}

/** Reads single records of the CRM, as the CRM holds them. Undefined: the CRM has none. */
export interface RecordReader {
  /** What is remembered of a record, where that is fresh enough to be shown. Asks nobody, not even for the id. */
  fresh(uuid: string, work: Work): JsonObject | undefined;
  /** A cached record will do; readers of the same record at the same time share one call. */
  read(which: RecordId, work: Work): Promise<JsonObject | undefined>;
  /** From the CRM itself, by the set's own request or by another. */
  readFresh(which: RecordId, work: Work, translation?: Expression): Promise<JsonObject | undefined>;
  /** From here on nobody sees, or joins, what was read before. */
  evict(uuid: string): void;
}

/** The moment at which the CRM was asked: what it answers is true of then. */
interface Asked {
  readonly ticket: number;
  readonly at: number;
}

/** @param cache where records are kept, and how long they need no asking */
export function recordReader(mapped: MappedPart, backendOf: BackendOf, cache: CacheSettings): RecordReader {
  const { read, resource } = mapped;
  const underWay = coalescer<JsonObject | undefined>();

  const askedNow = (): Asked => ({ ticket: cache.records.ticket(), at: performance.now() });
  const nameOf = (uuid: string): string => `${resource.name}/${uuid}`;
  const keyOf = (uuid: string, work: Work): RecordKey => ({
    record: nameOf(uuid),
    caller: callerKey({ usesCaller: mapped.usesCaller || cache.perCaller === true }, work),
  });

  async function fetchAnswer(
    id: CrmId,
    work: Work,
    translation: Expression,
    etag?: string,
  ): Promise<BackendAnswer> {
    const request = await buildRequest(translation, { id }, {}, work, 'read');
    // A file that makes no request says that its CRM cannot show one record by itself.
    if (!request) throw new Problem('NotImplemented');
    const headers = etag === undefined ? {} : { 'If-None-Match': etag };
    return ask(backendOf(mapped.backend), { ...request, headers: { ...request.headers, ...headers } }, work);
  }

  /**
   * The record in an answer; it must be the one that was asked for, or two people are mixed up. Of a view or a row it
   * can only be seen in the record whether it is (still) there.
   */
  async function recordIn(
    answer: BackendAnswer,
    { uuid }: RecordId,
    work: Work,
  ): Promise<JsonObject | undefined> {
    if (answer.meaning !== 'ok') throw unexpectedAnswer(mapped.backend, work);
    const record = read.record === undefined ? answer.body : valueAt(answer.body, read.record);
    if (record === undefined && isFirstOfNone(answer.body, read.record)) return undefined;
    const rows = await rowsOf(mapped, record ?? null, work);
    const asked = rows.find((row) => mapped.id.codec.toUuid(idIn(mapped.id, row)) === uuid);
    if (asked || mapped.view || mapped.rows) return asked;
    throw unexpectedAnswer(mapped.backend, work);
  }

  async function readFresh(
    which: RecordId,
    work: Work,
    translation = read.request,
    known?: CachedRecord,
  ): Promise<JsonObject | undefined> {
    const key = keyOf(which.uuid, work);
    const asked = askedNow();
    const answer = await fetchAnswer(which.id, work, translation, known?.etag);
    if (isMissing(answer)) {
      cache.records.evict(key.record);
      return undefined;
    }
    if (known && answer.meaning === 'not-modified') return stillTrue(key, asked, known, work);
    const record = await recordIn(answer, which, work);
    if (record === undefined) {
      cache.records.evict(key.record);
    } else if (cache.staleMs !== undefined) {
      cache.records.put(key, asked.ticket, { record, etag: answer.headers.etag, readAt: asked.at });
    }
    return record;
  }

  /** What is remembered, when it is fresh enough to be shown without asking anybody. */
  function freshEnough(key: RecordKey, work: Work): JsonObject | undefined {
    if (cache.staleMs === undefined) return undefined;
    const cached = cache.records.get(key);
    if (!cached || performance.now() - cached.readAt >= cache.staleMs) return undefined;
    work.trace.cache = 'hit';
    return cached.record;
  }

  /** As it is while fresh enough, checked cheaply when it is not. */
  async function readCached(which: RecordId, work: Work): Promise<JsonObject | undefined> {
    const key = keyOf(which.uuid, work);
    const fresh = freshEnough(key, work);
    if (fresh) return fresh;
    const cached = cache.records.get(key);
    const asked = askedNow();
    if (cached && (await hasSameStamp(cached, which, work))) return stillTrue(key, asked, cached, work);
    work.trace.cache = 'miss';
    return readFresh(which, work, read.request, read.revalidate?.by === 'etag' ? cached : undefined);
  }

  async function hasSameStamp(cached: CachedRecord, which: RecordId, work: Work): Promise<boolean> {
    const { revalidate } = read;
    if (revalidate?.by !== 'stamp') return false;
    const answer = await fetchAnswer(which.id, work, revalidate.request);
    if (answer.meaning !== 'ok') return false;
    const stamp = valueAt(await recordIn(answer, which, work), revalidate.field);
    return stamp !== undefined && stamp !== null && stamp === valueAt(cached.record, revalidate.field);
  }

  function stillTrue(key: RecordKey, asked: Asked, cached: CachedRecord, work: Work): JsonObject {
    cache.records.put(key, asked.ticket, { ...cached, readAt: asked.at });
    work.trace.cache = 'revalidated';
    return cached.record;
  }

  return {
    readFresh,
    fresh: (uuid, work) => freshEnough(keyOf(uuid.toLowerCase(), work), work),
    read(which, work) {
      const { record, caller } = keyOf(which.uuid, work);
      return underWay.run(record + caller, () =>
        cache.staleMs === undefined ? readFresh(which, work) : readCached(which, work),
      );
    },
    evict(uuid) {
      cache.records.evict(nameOf(uuid));
      underWay.forget(nameOf(uuid));
    },
  };
}

/** Whether a record was asked for by a search that found nothing: `items.0`, or `items.0.record`, of an empty list. */
function isFirstOfNone(body: Json | undefined, path: string | undefined): boolean {
  const names = path === undefined ? [] : namesIn(path);
  return names.some((name, place) => {
    const list = valueUnder(body, names.slice(0, place));
    return name === '0' && Array.isArray(list) && list.length === 0;
  });
}

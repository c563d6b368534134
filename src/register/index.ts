import { type BackendAnswer } from '../backend/send.ts';
import { isObject, type JsonObject, valueAt } from '../json.ts';
import type { Expression } from '../mapping/expression.ts';
import type { MappedResource } from '../mapping/set.ts';
import type { CrmId } from '../mapping/ids.ts';
import { BackendProblem, Problem } from '../problem.ts';
import { coalescer } from './coalesce.ts';
import { type ListPage, type ListQuery, listRecords } from './list.ts';
import { type BackendOf, buildRequest, carryOut, createdUuid, type StepResult, type Write } from './plan.ts';
import { Deviations, fromRecord, type Stored } from './record.ts';
import type { CachedRecord, RecordCache, RecordKey } from './record-cache.ts';
import { ask, type Work } from './work.ts';

/** One resource of the standard, kept in the CRM behind. Where the rest of Klantbrug reads and writes it. */
export interface Register {
  readonly mapped: MappedResource;
  /** Reads one; a cached record will do. Undefined when there is none. */
  read(uuid: string, work: Work): Promise<Stored | undefined>;
  /** Reads one from the CRM itself: for merging, and for seeing what became of a write. */
  readFresh(uuid: string, work: Work): Promise<Stored | undefined>;
  list(query: ListQuery, work: Work): Promise<ListPage>;
  create(write: Write, work: Work): Promise<Stored>;
  update(write: Write & { readonly stored: Stored }, work: Work): Promise<Stored>;
  remove(stored: Stored, work: Work): Promise<void>;
}

interface FetchOptions {
  readonly translation?: Expression;
  /** A record that need not be sent again when the CRM says that it is still the same. */
  readonly known?: CachedRecord | undefined;
}

/** The moment at which the CRM was asked: what it answers is true of then. */
interface Asked {
  readonly ticket: number;
  readonly at: number;
}

/** How single records of one resource are cached. */
export interface CacheSettings {
  readonly records: RecordCache;
  /** How old a record may be without asking the CRM; undefined: this resource is not cached. */
  readonly staleMs: number | undefined;
}

/** Opens one resource of a mapping set on its backends. */
export function openRegister(mapped: MappedResource, backendOf: BackendOf, cache: CacheSettings): Register {
  const { resource } = mapped;
  const reads = coalescer<JsonObject | undefined>();
  const lists = coalescer<ListPage>();

  const askedNow = (): Asked => ({ ticket: cache.records.ticket(), at: performance.now() });
  const callerKey = ({ caller }: Work): string => (mapped.usesCaller ? JSON.stringify(caller ?? null) : '');
  const keyOf = (uuid: string, work: Work): RecordKey => ({
    record: `${resource.name}/${uuid}`,
    caller: callerKey(work),
  });

  async function fetchRecord(
    id: CrmId,
    work: Work,
    { translation = mapped.read.request, known }: FetchOptions = {},
  ): Promise<BackendAnswer> {
    const request = await buildRequest(translation, { id }, {}, work);
    if (!request) throw unexpected(mapped.backend, work);
    const headers = known?.etag === undefined ? {} : { 'If-None-Match': known.etag };
    return ask(backendOf(mapped.backend), { ...request, headers: { ...request.headers, ...headers } }, work);
  }

  /** The record in an answer; it must be the one that was asked for, or two people are mixed up. */
  function recordIn(answer: BackendAnswer, id: CrmId, work: Work): JsonObject {
    const record = mapped.read.record === undefined ? answer.body : valueAt(answer.body, mapped.read.record);
    const uuid = mapped.id.codec.toUuid(valueAt(record, mapped.id.field));
    if (uuid === undefined || uuid !== mapped.id.codec.toUuid(id)) throw unexpected(mapped.backend, work);
    return record as JsonObject;
  }

  async function readRecord(
    uuid: string,
    id: CrmId,
    work: Work,
    options?: FetchOptions,
  ): Promise<JsonObject | undefined> {
    const key = keyOf(uuid, work);
    const asked = askedNow();
    const answer = await fetchRecord(id, work, options);
    if (answer.meaning === 'not-found') {
      cache.records.evict(key.record);
      return undefined;
    }
    if (options?.known && answer.meaning === 'not-modified')
      return stillTrue(key, asked, options.known, work);
    if (answer.meaning !== 'ok') throw unexpected(mapped.backend, work);
    const record = recordIn(answer, id, work);
    if (cache.staleMs !== undefined) {
      cache.records.put(key, asked.ticket, { record, etag: answer.headers.etag, readAt: asked.at });
    }
    return record;
  }

  /** Through the cache: as it is while fresh enough, checked cheaply when it is not. */
  async function cachedRecord(uuid: string, id: CrmId, work: Work): Promise<JsonObject | undefined> {
    const key = keyOf(uuid, work);
    const cached = cache.staleMs === undefined ? undefined : cache.records.get(key);
    if (cached && performance.now() - cached.readAt < (cache.staleMs ?? 0)) {
      work.trace.cache = 'hit';
      return cached.record;
    }
    const asked = askedNow();
    if (cached && (await hasSameStamp(cached, id, work))) return stillTrue(key, asked, cached, work);
    work.trace.cache = cache.staleMs === undefined ? 'none' : 'miss';
    const known = mapped.read.revalidate?.by === 'etag' ? cached : undefined;
    return readRecord(uuid, id, work, { known });
  }

  function stillTrue(key: RecordKey, asked: Asked, cached: CachedRecord, work: Work): JsonObject {
    cache.records.put(key, asked.ticket, { ...cached, readAt: asked.at });
    work.trace.cache = 'revalidated';
    return cached.record;
  }

  async function hasSameStamp(cached: CachedRecord, id: CrmId, work: Work): Promise<boolean> {
    const { revalidate } = mapped.read;
    if (revalidate?.by !== 'stamp') return false;
    const request = await buildRequest(revalidate.request, { id }, {}, work);
    if (!request) return false;
    const answer = await ask(backendOf(mapped.backend), request, work);
    if (answer.meaning !== 'ok') return false;
    const stamp = valueAt(recordIn(answer, id, work), revalidate.field);
    return stamp !== undefined && stamp !== null && stamp === valueAt(cached.record, revalidate.field);
  }

  async function render(record: JsonObject | undefined, work: Work): Promise<Stored | undefined> {
    if (record === undefined) return undefined;
    const deviations = new Deviations();
    const stored = await fromRecord(mapped, record, deviations, work);
    deviations.report(resource.name, work);
    return stored;
  }

  /** From here on nobody may see, or join, what was read before the write. */
  function evict(uuid: string, work: Work): void {
    const { record } = keyOf(uuid, work);
    cache.records.evict(record);
    reads.forget(record);
    lists.forget('');
  }

  async function readFresh(uuid: string, work: Work, options?: FetchOptions): Promise<Stored | undefined> {
    const id = mapped.id.codec.fromUuid(uuid);
    return id === undefined ? undefined : render(await readRecord(uuid, id, work, options), work);
  }

  /** What is stored after a write: from the answer where the mapping says so, otherwise read again. */
  async function afterWrite(uuid: string, results: readonly StepResult[], work: Work): Promise<Stored> {
    const last = results.findLast(({ step }) => step.record !== undefined);
    const record = last?.step.record === undefined ? undefined : valueAt(last.answer.body, last.step.record);
    const readBack = results.findLast(({ step }) => step.readBack)?.step.readBack;
    try {
      const stored = isObject(record)
        ? await render(record, work)
        : await readFresh(uuid, work, readBack && { translation: readBack });
      if (stored?.uuid === uuid) return stored;
      throw unexpected(mapped.backend, work);
    } catch (error) {
      // The write was carried out, so whatever happens now, its outcome is not that nothing happened.
      throw error instanceof Problem ? new BackendProblem(error, 'unknown') : error;
    }
  }

  return {
    mapped,
    readFresh: (uuid, work) => readFresh(uuid, work),

    async read(uuid, work) {
      const id = mapped.id.codec.fromUuid(uuid);
      // A UUID that is none of ours is refused without asking the CRM.
      if (id === undefined) return undefined;
      const { record, caller } = keyOf(uuid, work);
      return render(await reads.run(record + caller, () => cachedRecord(uuid, id, work)), work);
    },

    list(query, work) {
      const { list } = mapped;
      if (!list) throw new Problem('NotImplemented');
      const askStretch = async (offset: number, limit: number) => {
        const request = await buildRequest(list.request, { filters: query.filters, offset, limit }, {}, work);
        if (!request) throw unexpected(mapped.backend, work);
        const answer = await ask(backendOf(mapped.backend), request, work);
        if (answer.meaning !== 'ok') throw unexpected(mapped.backend, work);
        return answer;
      };
      const key = JSON.stringify([query.page, Object.entries(query.filters), callerKey(work)]);
      return lists.run(key, () => listRecords(mapped, list, query, askStretch, work));
    },

    async create(write, work) {
      // Also after a failure: a create that went unanswered may have been carried out.
      const results = await carryOut(mapped, 'create', write, backendOf, work).finally(() => {
        lists.forget('');
      });
      const uuid = createdUuid(mapped, results);
      if (uuid === undefined) throw new BackendProblem(unexpected(mapped.backend, work), 'unknown');
      return afterWrite(uuid, results, work);
    },

    async update(write, work) {
      const { uuid } = write.stored;
      try {
        const results = await carryOut(mapped, 'update', write, backendOf, work);
        evict(uuid, work);
        return await afterWrite(uuid, results, work);
      } finally {
        evict(uuid, work);
      }
    },

    async remove(stored, work) {
      try {
        await carryOut(mapped, 'delete', { stored, change: {}, merged: {}, extra: {} }, backendOf, work);
      } finally {
        evict(stored.uuid, work);
      }
    },
  };
}

/** An answer that is no failure, and still not what the mapping says it is. */
function unexpected(backend: string, work: Work): Problem {
  work.observe({ event: 'backend-failed', backend, reason: 'unexpected-answer' });
  return new Problem('BadGateway');
}

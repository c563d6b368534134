import { isObject, type JsonObject, valueAt } from '../json.ts';
import type { Expression } from '../mapping/expression.ts';
import type { MappedResource } from '../mapping/set.ts';
import { BackendProblem, Problem } from '../problem.ts';
import { coalescer } from './coalesce.ts';
import { type ListPage, type ListQuery, listRecords } from './list.ts';
import { type BackendOf, buildRequest, carryOut, createdUuid, type StepResult, type Write } from './plan.ts';
import { Deviations, fromRecord, type Stored } from './record.ts';
import { type CacheSettings, type RecordId, recordReader } from './record-reader.ts';
import { ask, callerKey, unexpectedAnswer, type Work } from './work.ts';

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

/** Opens one resource of a mapping set on its backends. */
export function openRegister(mapped: MappedResource, backendOf: BackendOf, cache: CacheSettings): Register {
  const records = recordReader(mapped, backendOf, cache);
  const lists = coalescer<ListPage>();

  /** A UUID that is none of ours is refused here, without asking the CRM. */
  function recordId(uuid: string): RecordId | undefined {
    const id = mapped.id.codec.fromUuid(uuid);
    return id === undefined ? undefined : { uuid: mapped.id.codec.toUuid(id) ?? uuid, id };
  }

  async function render(record: JsonObject | undefined, work: Work): Promise<Stored | undefined> {
    if (record === undefined) return undefined;
    const deviations = new Deviations();
    const stored = await fromRecord(mapped, record, deviations, work);
    deviations.report(mapped.resource.name, work);
    return stored;
  }

  async function readFresh(uuid: string, work: Work, translation?: Expression): Promise<Stored | undefined> {
    const which = recordId(uuid);
    return which && render(await records.readFresh(which, work, translation), work);
  }

  function evict(uuid: string): void {
    records.evict(uuid);
    lists.forget('');
  }

  /** What is stored after a write: from the answer where the mapping says so, otherwise read again. */
  async function afterWrite(uuid: string, results: readonly StepResult[], work: Work): Promise<Stored> {
    const last = results.findLast(({ step }) => step.record !== undefined);
    const record = last?.step.record === undefined ? undefined : valueAt(last.answer.body, last.step.record);
    const readBack = results.findLast(({ step }) => step.readBack)?.step.readBack;
    try {
      const stored = isObject(record) ? await render(record, work) : await readFresh(uuid, work, readBack);
      if (stored?.uuid === uuid) return stored;
      throw unexpectedAnswer(mapped.backend, work);
    } catch (error) {
      // The write was carried out, so whatever happens now, its outcome is not that nothing happened.
      throw error instanceof Problem ? new BackendProblem(error, 'unknown') : error;
    }
  }

  return {
    mapped,
    readFresh: (uuid, work) => readFresh(uuid, work),

    async read(uuid, work) {
      const which = recordId(uuid);
      return which && render(await records.read(which, work), work);
    },

    list(query, work) {
      const { list } = mapped;
      if (!list) throw new Problem('NotImplemented');
      const askStretch = async (offset: number, limit: number) => {
        const request = await buildRequest(list.request, { filters: query.filters, offset, limit }, {}, work);
        const answer = request && (await ask(backendOf(mapped.backend), request, work));
        if (answer?.meaning !== 'ok') throw unexpectedAnswer(mapped.backend, work);
        return answer;
      };
      const key = JSON.stringify([query.page, Object.entries(query.filters), callerKey(mapped, work)]);
      return lists.run(key, () => listRecords(mapped, list, query, askStretch, work));
    },

    async create(write, work) {
      // Also after a failure: a create that went unanswered may have been carried out.
      const results = await carryOut(mapped, 'create', write, backendOf, work).finally(() => {
        lists.forget('');
      });
      const uuid = createdUuid(mapped, results);
      if (uuid === undefined) throw new BackendProblem(unexpectedAnswer(mapped.backend, work), 'unknown');
      return afterWrite(uuid, results, work);
    },

    async update(write, work) {
      const { uuid } = write.stored;
      try {
        const results = await carryOut(mapped, 'update', write, backendOf, work);
        evict(uuid);
        return await afterWrite(uuid, results, work);
      } finally {
        evict(uuid);
      }
    },

    async remove(stored, work) {
      try {
        await carryOut(mapped, 'delete', { stored, change: {}, merged: {}, extra: {} }, backendOf, work);
      } finally {
        evict(stored.uuid);
      }
    },
  };
}

import { isObject, type JsonObject } from '../json.ts';
import type { Expression } from '../mapping/expression.ts';
import type { MappedPart } from '../mapping/set.ts';
import { BackendProblem, type Complaint, Problem } from '../problem.ts';
import { tooLong } from './lengths.ts';
import { type Links, linksToCrm } from './links.ts';
import { boundPassed, searchable } from './list.ts';
import type { Searchable } from './pages.ts';
import {
  answeredRecord,
  askFor,
  type BackendOf,
  type CarriedOut,
  carryOut,
  createdUuid,
  UnfinishedWrite,
  type Write,
} from './plan.ts';
import { Deviations, fromRecord, type Stored } from './record.ts';
import { type CacheSettings, type RecordId, recordReader } from './record-reader.ts';
import { type PageAsked, readWindow, recordsIn } from './stretch.ts';
import { completeRecords } from './complete.ts';
import { translate, unexpectedAnswer, type Work } from './work.ts';

/** One way in which a resource is kept in a CRM: read and written here. Derived links are not filled in yet. */
export interface Part extends Searchable {
  readonly mapped: MappedPart;
  /** Whether a UUID can be one of this part's: told by the UUID alone. */
  owns(uuid: string): boolean;
  /** Reads one; a cached record will do. Undefined when there is none. */
  read(uuid: string, work: Work): Promise<Stored | undefined>;
  /** Reads one from the CRM itself. */
  readFresh(uuid: string, work: Work): Promise<Stored | undefined>;
  /** Whether a new record belongs in this part. */
  accepts(write: Write, work: Work): Promise<boolean>;
  /** What of a write is too long for the CRM. */
  tooLong(write: Write): readonly Complaint[];
  /** The records that a request of the mapping finds: the first of them, or all that there are. */
  found(
    translation: Expression,
    input: JsonObject,
    extent: 'first' | 'all',
    work: Work,
  ): Promise<readonly Stored[]>;
  create(write: Write, work: Work): Promise<Stored>;
  update(write: Write & { readonly stored: Stored }, work: Work): Promise<Stored>;
  remove(write: Write & { readonly stored: Stored }, work: Work): Promise<void>;
  /** From here on nobody sees what was read of a record before. */
  evict(uuid: string): void;
}

/**
 * Opens one part of a resource on its backends.
 *
 * @param newUuid makes the id of a new record, where the mapping leaves that to us
 */
export function openPart(
  mapped: MappedPart,
  backendOf: BackendOf,
  cache: CacheSettings,
  links: Links,
  newUuid: () => string,
): Part {
  const records = recordReader(mapped, backendOf, cache);
  const search = mapped.list && searchable(mapped, mapped.list, backendOf, links);
  const searching = (): Searchable => {
    if (!search) throw new Problem('NotImplemented');
    return search;
  };

  /** A UUID that is none of ours is refused here, without asking the CRM. */
  function recordId(uuid: string): RecordId | undefined {
    const id = mapped.id.codec.fromUuid(uuid);
    return id === undefined ? undefined : { uuid: mapped.id.codec.toUuid(id) ?? uuid, id };
  }

  async function render(record: JsonObject | undefined, work: Work): Promise<Stored | undefined> {
    return record && (await renderAll([record], work))[0];
  }

  /** Several at once: a supplement is asked for their keys together. */
  async function renderAll(records: readonly JsonObject[], work: Work): Promise<readonly Stored[]> {
    const deviations = new Deviations();
    const whole = await completeRecords(mapped, records, backendOf, work);
    const stored = await Promise.all(
      whole.filter(isObject).map((record) => fromRecord(mapped, record, links, deviations, work)),
    );
    deviations.report(mapped.resource.name, work);
    return stored;
  }

  async function readFresh(uuid: string, work: Work, translation?: Expression): Promise<Stored | undefined> {
    const which = recordId(uuid);
    return which && render(await records.readFresh(which, work, translation), work);
  }

  /** What is stored after a write: from the answer where the mapping says so, otherwise read again. */
  async function afterWrite(uuid: string, { results }: CarriedOut, work: Work): Promise<Stored> {
    const last = results.findLast(({ step }) => step.record !== undefined);
    const record = last && answeredRecord(last);
    const readBack = results.findLast(({ step }) => step.readBack)?.step.readBack;
    try {
      const stored = isObject(record) ? await render(record, work) : await readFresh(uuid, work, readBack);
      if (stored?.uuid === uuid) return stored;
      throw unexpectedAnswer(mapped.backend, work);
    } catch (error) {
      // The write was carried out, so whatever happens now, its outcome is not that nothing happened.
      throw error instanceof Problem ? new UnfinishedWrite(error, uuid, false) : error;
    }
  }

  /** A write as the mapping sees it: with its own ids in the place of our URLs. */
  function asCrm<Given extends Write>(write: Given): Given {
    const toCrm = (representation: JsonObject) => linksToCrm(mapped.resource, representation, links);
    const stored = write.stored && { ...write.stored, representation: toCrm(write.stored.representation) };
    return { ...write, stored, change: toCrm(write.change), merged: toCrm(write.merged) };
  }

  return {
    mapped,
    owns: (uuid) => recordId(uuid) !== undefined,
    readFresh: (uuid, work) => readFresh(uuid, work),

    async read(uuid, work) {
      const which = recordId(uuid);
      return which && render(await records.read(which, work), work);
    },

    canCut: (wanted) => searching().canCut(wanted),
    cut: (wanted, from, to, work) => searching().cut(wanted, from, to, work),
    all: (filters, work) => searching().all(filters, work),

    async accepts(write, work) {
      if (mapped.plans.create === undefined) return false;
      if (!mapped.accepts) return true;
      const { merged, host } = asCrm(write);
      const input = { ...merged, host };
      return (await translate(mapped.accepts, input, { merged, host }, work, 'outgoing')) === true;
    },

    tooLong(write) {
      const { merged, stored } = asCrm(write);
      return tooLong(mapped.lengths, merged, stored?.representation);
    },

    async found(translation, input, extent, work) {
      const { list } = mapped;
      if (!list) throw new Problem('NotImplemented');
      const backend = { name: mapped.backend, of: backendOf };
      const page = (asked: PageAsked) => askFor(translation, { ...input, ...asked }, backend, work);
      if (extent === 'first') {
        const { body } = await page({ offset: 0, limit: 1, page: 1, cursor: null });
        return renderAll(recordsIn(body, list.records).filter(isObject), work);
      }
      // A request that counts is one for the list itself.
      const searched = list.total?.by === 'request' ? { ...list, total: undefined } : list;
      const window = { from: 0, to: list.atMost, most: list.atMost };
      const { total, records: found } = await readWindow(searched, { page }, window, work);
      if (total > list.atMost) throw boundPassed(mapped, list, {}, work);
      return renderAll(found.filter(isObject), work);
    },

    async create(write, work) {
      const newId = mapped.id.given ? newUuid() : undefined;
      const carriedOut = await carryOut(mapped, 'create', { ...asCrm(write), newId }, backendOf, work);
      const uuid = createdUuid(mapped, carriedOut);
      if (uuid === undefined) throw new BackendProblem(unexpectedAnswer(mapped.backend, work), 'unknown');
      records.evict(uuid);
      return afterWrite(uuid, carriedOut, work);
    },

    async update(write, work) {
      const { uuid } = write.stored;
      try {
        const carriedOut = await carryOut(mapped, 'update', asCrm(write), backendOf, work);
        records.evict(uuid);
        return await afterWrite(uuid, carriedOut, work);
      } finally {
        records.evict(uuid);
      }
    },

    async remove(write, work) {
      try {
        await carryOut(mapped, 'delete', asCrm(write), backendOf, work);
      } finally {
        records.evict(write.stored.uuid);
      }
    },

    evict: (uuid) => {
      records.evict(uuid);
    },
  };
}

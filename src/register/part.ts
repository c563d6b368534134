import { deepFreeze, isObject, type JsonObject } from '../json.ts';
import type { Expression } from '../mapping/expression.ts';
import type { MappedPart } from '../mapping/set.ts';
import { BackendProblem, type Complaint, Problem } from '../problem.ts';
import { refuseFixed } from './fixed.ts';
import { tooLong } from './lengths.ts';
import { type Links, linksIn, linksToCrm } from './links.ts';
import { boundPassed, orTooMuch, searchable } from './list.ts';
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
import { finish, fromRecord, noticedAnything, type Rendering, rendering, type Stored } from './record.ts';
import { type CacheSettings, type RecordId, recordReader } from './record-reader.ts';
import { type PageAsked, readWindow, recordsIn } from './stretch.ts';
import { completeRecords } from './complete.ts';
import { showsUpdate, untilShown } from './shown.ts';
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
  /** Whether a new record belongs in this part; a text is why it does not. */
  accepts(write: Write, work: Work): Promise<boolean | string>;
  /** What of a write is too long for the CRM. */
  tooLong(write: Write, work: Work): Promise<readonly Complaint[]>;
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

/** A record as it is shown, and what was noticed while it was translated, if anything was. */
interface Rendered {
  readonly stored: Stored;
  readonly noticed: Rendering | undefined;
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
  const search = mapped.list && searchable(mapped, mapped.list, backendOf, links, records);
  /** What became of records that are remembered, for as long as they are: one that changes is another object. */
  const rendered = new WeakMap<JsonObject, Rendered>();
  const staysTrue = cache.staleMs !== undefined && followsFromRecord(mapped);
  const searching = (): Searchable => {
    if (!search) throw new Problem('NotImplemented');
    return search;
  };

  /** What a create made can be read back at once: its id is known to this process, though it is kept nowhere yet. */
  const noting: MappedPart = {
    ...mapped,
    id: { ...mapped.id, codec: { ...mapped.id.codec, toUuid: (id) => links.uuidIn(mapped, id) } },
  };

  /** A UUID that is none of ours is refused here, without asking the CRM. */
  async function recordId(uuid: string, work: Work): Promise<RecordId | undefined> {
    const id = await links.lookUpIn(mapped, uuid, work);
    // An id has one UUID, whichever letters it was written with.
    return id === undefined ? undefined : { uuid: uuid.toLowerCase(), id };
  }

  async function readRecord(uuid: string, work: Work): Promise<JsonObject | undefined> {
    const which = await recordId(uuid, work);
    return which && records.read(which, work);
  }

  async function render(record: JsonObject | undefined, work: Work): Promise<Stored | undefined> {
    return record && (await renderAll([record], work))[0];
  }

  /** Several at once: a supplement is asked for their keys together. */
  async function renderAll(
    records: readonly JsonObject[],
    work: Work,
    seen = rendering(),
  ): Promise<readonly Stored[]> {
    const whole = standsAlone(mapped) ? records : await completeRecords(mapped, records, backendOf, work);
    const stored = await Promise.all(
      whole.filter(isObject).map((record) => fromRecord(mapped, record, links, seen, work)),
    );
    if (noticedAnything(seen)) await finish(seen, mapped.resource.name, links, work);
    return stored;
  }

  /** A record that is remembered is translated once. */
  async function renderToKeep(record: JsonObject, work: Work): Promise<Stored | undefined> {
    const seen = rendering();
    const [stored] = await renderAll([record], work, seen);
    const noticed = noticedAnything(seen) ? seen : undefined;
    if (stored) rendered.set(record, { stored: deepFreeze(stored), noticed });
    return stored;
  }

  async function readFresh(uuid: string, work: Work, translation?: Expression): Promise<Stored | undefined> {
    const which = await recordId(uuid, work);
    return which && render(await records.readFresh(which, work, translation), work);
  }

  /** What is stored after a write: from the answer where the mapping says so, otherwise read again. */
  async function afterWrite(
    uuid: string,
    { results }: CarriedOut,
    work: Work,
    isShown: (seen: Stored | undefined) => boolean,
  ): Promise<Stored> {
    const last = results.findLast(({ step }) => step.record !== undefined);
    const record = last && answeredRecord(last);
    const readBack = results.findLast(({ step }) => step.readBack)?.step.readBack;
    try {
      const look = () => readFresh(uuid, work, readBack);
      const stored = isObject(record) ? await render(record, work) : await showing(look, isShown, work);
      if (stored?.uuid === uuid) return stored;
      throw unexpectedAnswer(mapped.backend, work);
    } catch (error) {
      // The write was carried out, so whatever happens now, its outcome is not that nothing happened.
      throw error instanceof Problem ? new UnfinishedWrite(error, uuid, false) : error;
    }
  }

  /** A look at a record, or as many as it takes where the mapping says that writes show later. */
  function showing(
    look: () => Promise<Stored | undefined>,
    isShown: (seen: Stored | undefined) => boolean,
    work: Work,
  ): Promise<Stored | undefined> {
    const { writesShow } = mapped;
    return writesShow ? untilShown(writesShow.withinMs, look, isShown, work) : look();
  }

  /** Where the mapping says that writes show later, a record may still be there when its delete was answered. */
  async function afterDelete(uuid: string, work: Work): Promise<void> {
    if (!mapped.writesShow) return;
    try {
      await showing(
        () => readFresh(uuid, work),
        (seen) => seen === undefined,
        work,
      );
    } catch (error) {
      throw error instanceof Problem ? new UnfinishedWrite(error, uuid, false) : error;
    }
  }

  /** A write as the mapping sees it: with its own ids in the place of our URLs. */
  async function asCrm<Given extends Write>(write: Given, work: Work): Promise<Given> {
    const { resource } = mapped;
    const written = [write.change, write.merged, write.stored?.representation ?? {}];
    const targets = written.flatMap((one) => linksIn(resource, one));
    const idOf = await beforeWriting(links.lookUp(targets, work));
    const toCrm = (representation: JsonObject) => linksToCrm(resource, representation, idOf);
    const stored = write.stored && { ...write.stored, representation: toCrm(write.stored.representation) };
    return { ...write, stored, change: toCrm(write.change), merged: toCrm(write.merged) };
  }

  return {
    mapped,
    owns: (uuid) => mapped.id.codec.owns(uuid),
    readFresh: (uuid, work) => readFresh(uuid, work),

    async read(uuid, work) {
      const record = records.fresh(uuid, work) ?? (await readRecord(uuid, work));
      const known = record && rendered.get(record);
      // What was noticed when it was translated is told each time.
      if (known?.noticed) await finish(known.noticed, mapped.resource.name, links, work);
      if (known) return known.stored;
      return record && staysTrue ? renderToKeep(record, work) : render(record, work);
    },

    canCut: (wanted) => searching().canCut(wanted),
    cut: (wanted, from, to, work) => searching().cut(wanted, from, to, work),
    all: (filters, work) => searching().all(filters, work),

    async accepts(write, work) {
      if (mapped.plans.create === undefined) return false;
      if (!mapped.accepts) return true;
      const { merged, host } = await asCrm(write, work);
      const input = { ...merged, host };
      const said = await translate(mapped.accepts, input, { merged, host }, work, 'outgoing');
      return typeof said === 'string' ? said : said === true;
    },

    async tooLong(write, work) {
      if (Object.keys(mapped.lengths).length === 0) return [];
      const { merged, stored } = await asCrm(write, work);
      return tooLong(mapped.lengths, merged, stored?.representation);
    },

    async found(translation, input, extent, work) {
      const { list } = mapped;
      if (!list) throw new Problem('NotImplemented');
      const backend = { name: mapped.backend, of: backendOf };
      const page = (asked: PageAsked) =>
        orTooMuch(askFor(translation, { ...input, ...asked }, backend, work), mapped, {}, work);
      if (extent === 'first') {
        const { body } = await page({ offset: 0, limit: 1, page: 1, cursor: null });
        return renderAll(recordsIn(body, list.records).filter(isObject), work);
      }
      // A request that counts is one for the list itself.
      const searched = list.total?.by === 'request' ? { ...list, total: undefined } : list;
      const window = { from: 0, to: list.maxRecords, most: list.maxRecords };
      const { total, records: found } = await readWindow(searched, { page }, window, work);
      if (total > list.maxRecords) throw boundPassed(mapped, list, {}, work);
      return renderAll(found.filter(isObject), work);
    },

    async create(write, work) {
      const newId = mapped.id.given ? newUuid() : undefined;
      const seen = await asCrm(write, work);
      const carriedOut = await carryOut(noting, 'create', { ...seen, newId }, backendOf, work);
      const uuid = createdUuid(noting, carriedOut);
      if (uuid === undefined) throw new BackendProblem(unexpectedAnswer(mapped.backend, work), 'unknown');
      records.evict(uuid);
      return afterWrite(uuid, carriedOut, work, (seen) => seen !== undefined);
    },

    async update(write, work) {
      const { uuid, representation } = write.stored;
      refuseFixed(mapped.fixed, representation, write.merged);
      try {
        const carriedOut = await carryOut(mapped, 'update', await asCrm(write, work), backendOf, work);
        records.evict(uuid);
        return await afterWrite(
          uuid,
          carriedOut,
          work,
          (now) => !now || showsUpdate(mapped.resource, write, carriedOut, now),
        );
      } finally {
        records.evict(uuid);
      }
    },

    async remove(write, work) {
      try {
        await carryOut(mapped, 'delete', await asCrm(write, work), backendOf, work);
        await afterDelete(write.stored.uuid, work);
      } finally {
        records.evict(write.stored.uuid);
      }
    },

    evict: (uuid) => {
      records.evict(uuid);
    },
  };
}

/** Whether what is shown of a record depends on nothing else: not on another backend, and not on the moment. */
function followsFromRecord(mapped: MappedPart): boolean {
  return mapped.isSteady && standsAlone(mapped);
}

/** Whether nothing belongs to a record that is not in it. */
function standsAlone({ supplements, id }: MappedPart): boolean {
  return supplements.length === 0 && id.assign === undefined;
}

/** What fails before the first request of a write leaves nothing open: nothing was written. */
async function beforeWriting<T>(lookup: Promise<T>): Promise<T> {
  try {
    return await lookup;
  } catch (error) {
    throw error instanceof BackendProblem
      ? new BackendProblem(error, 'not-sent', error.backendStatus)
      : error;
  }
}

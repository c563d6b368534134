import { LRUCache } from 'lru-cache';
import { type Json, scalarText, valueAt } from '../json.ts';
import { textUuid } from '../mapping/text-ids.ts';
import type { MappedKeptIds } from '../mapping/set.ts';
import { coalescer } from './coalesce.ts';
import { askFor, type BackendOf, buildRequest } from './plan.ts';
import { inBatches, recordsIn } from './stretch.ts';
import { ask, unexpectedAnswer, type Work } from './work.ts';

/** An id of a CRM that fits in no UUID, and the UUID that stands for it. */
export interface KeptId {
  /** What it is an id of: a resource, or a part of one (`klant`). */
  readonly resource: string;
  readonly uuid: string;
  readonly key: string;
}

/**
 * Which ids of a CRM stand behind UUIDs that do not tell it themselves. A UUID follows from its id and not the other
 * way round, so a backend keeps both; what is kept never changes, so that each process remembers it. UUIDs are in
 * lower case.
 */
export interface KeptIds {
  /** From here on this process knows what a UUID stands for. Whether it is kept is another matter. */
  note(id: KeptId): void;
  /** What stands behind a UUID, as far as this process knows. It asks nobody. */
  readonly known: (resource: string, uuid: string) => string | undefined;
  /**
   * What stands behind UUIDs; one that was never shown is not among them.
   *
   * @throws Problem 502 or 503 when the backend does not answer, or has an id that is not that of its UUID
   */
  find(resource: string, uuids: readonly string[], work: Work): Promise<ReadonlyMap<string, string>>;
  /**
   * Waits until everybody who gets these UUIDs can have them looked up again. Show none before that.
   *
   * @throws Problem 502 or 503 when that cannot be had
   */
  keep(ids: readonly KeptId[], work: Work): Promise<void>;
}

/** How many ids a process remembers; one takes about half a kilobyte. */
const mostRemembered = 20_000;

/** As many as one example, or one call of the command line, can name. */
const mostNoted = 1000;

/** How many requests are made at the same time, for one answer of ours. */
const findsAtOnce = 2;
const keepsAtOnce = 4;

interface Remembered {
  readonly resource: string;
  readonly key: string;
  readonly isKept: boolean;
}

/**
 * Opens the place where ids are kept.
 *
 * @param mapped undefined where there is no such place: then only what was noted is known, and nothing is kept
 */
export function openKeptIds(mapped: MappedKeptIds | undefined, backendOf: BackendOf): KeptIds {
  const remembered = new LRUCache<string, Remembered>({ max: mapped ? mostRemembered : mostNoted });
  const underWay = coalescer<KeptId>();
  const isKept = ({ uuid }: KeptId): boolean => remembered.get(uuid)?.isKept === true;

  const remember = ({ resource, uuid, key }: KeptId): void => {
    remembered.set(uuid, { resource, key, isKept: true });
  };

  function known(resource: string, uuid: string): string | undefined {
    const found = remembered.get(uuid);
    return found?.resource === resource ? found.key : undefined;
  }

  /** What the backend has of these, a batch of them in each request. */
  async function kept(place: MappedKeptIds, resource: string, uuids: readonly string[], work: Work) {
    const batches: string[][] = [];
    for (let start = 0; start < uuids.length; start += place.atOnce) {
      batches.push(uuids.slice(start, start + place.atOnce));
    }
    const found = await inBatches(batches, findsAtOnce, (batch) =>
      keptIn(place, resource, batch, backendOf, work),
    );
    for (const id of found.flat()) remember(id);
    return new Map(found.flat().map(({ uuid, key }) => [uuid, key]));
  }

  /** Somebody else may keep the same at the same time, and that is as good: what follows from an id is the same. */
  async function keepOne(place: MappedKeptIds, id: KeptId, work: Work): Promise<KeptId> {
    if (isKept(id)) return id;
    const request = await buildRequest(place.keep, { ...id }, {}, work, 'write');
    const answer = request && (await ask(backendOf(place.backend), request, work));
    const isThere =
      answer?.meaning === 'ok' ||
      (answer?.meaning === 'duplicate' && (await kept(place, id.resource, [id.uuid], work)).has(id.uuid));
    if (!isThere) throw unexpectedAnswer(place.backend, work);
    remember(id);
    return id;
  }

  return {
    known,
    note({ resource, uuid, key }) {
      if (!remembered.has(uuid)) remembered.set(uuid, { resource, key, isKept: false });
    },

    async find(resource, uuids, work) {
      const found = new Map<string, string>();
      for (const uuid of uuids) {
        const key = known(resource, uuid);
        if (key !== undefined) found.set(uuid, key);
      }
      const others = [...new Set(uuids)].filter((uuid) => !found.has(uuid));
      if (!mapped || others.length === 0) return found;
      return new Map([...found, ...(await kept(mapped, resource, others, work))]);
    },

    async keep(ids, work) {
      if (!mapped) return;
      const wanted = [...new Map(ids.map((id) => [id.uuid, id])).values()].filter((id) => !isKept(id));
      const resources = new Set(wanted.map(({ resource }) => resource));
      const found = new Map<string, string>();
      for (const resource of resources) {
        const uuids = wanted.filter((id) => id.resource === resource).map(({ uuid }) => uuid);
        for (const [uuid, key] of await kept(mapped, resource, uuids, work)) found.set(uuid, key);
      }
      const missing = wanted.filter(({ uuid }) => !found.has(uuid));
      await inBatches(missing, keepsAtOnce, (id) => underWay.run(id.uuid, () => keepOne(mapped, id, work)));
    },
  };
}

/** The rows of these UUIDs. Where some were kept twice the answer may have had no room for the others: they are asked for again. */
async function keptIn(
  place: MappedKeptIds,
  resource: string,
  uuids: readonly string[],
  backendOf: BackendOf,
  work: Work,
): Promise<KeptId[]> {
  const found = new Map<string, KeptId>();
  for (let asked = uuids; asked.length > 0;) {
    const backend = { name: place.backend, of: backendOf };
    const { body } = await askFor(place.find, { resource, uuids: [...asked] }, backend, work);
    const rows = recordsIn(body, place.records)
      .map((row) => keptIdIn(place, row, work))
      .filter((row) => row.resource === resource && asked.includes(row.uuid));
    for (const row of rows) found.set(row.uuid, row);
    const missing = asked.filter((uuid) => !found.has(uuid));
    const hasDoubles = rows.length > asked.length - missing.length;
    asked = hasDoubles ? missing : [];
  }
  return [...found.values()];
}

/** A UUID follows from its id: a row in which it does not would show somebody another's record. */
function keptIdIn(place: MappedKeptIds, row: Json, work: Work): KeptId {
  const resource = scalarText(valueAt(row, place.resource)) ?? '';
  const uuid = (scalarText(valueAt(row, place.uuid)) ?? '').toLowerCase();
  const key = valueAt(row, place.key);
  if (typeof key !== 'string' || textUuid(key, resource) !== uuid) {
    throw unexpectedAnswer(place.backend, work);
  }
  return { resource, uuid, key };
}

import { randomUUID } from 'node:crypto';
import { type FilterValues, passes } from '../contract/filter.ts';
import type { Operation, Resource } from '../contract/resource.ts';
import type { MappedInverse, MappedPart, MappedResource } from '../mapping/set.ts';
import { type Complaint, Problem } from '../problem.ts';
import { coalescer } from './coalesce.ts';
import { type InverseSource, withInverse } from './inverse.ts';
import type { Links } from './links.ts';
import { type ListPage, type ListQuery, pageOf, pageOfParts } from './pages.ts';
import { openPart, type Part } from './part.ts';
import { type BackendOf, UnfinishedWrite, type Write } from './plan.ts';
import type { Stored } from './record.ts';
import type { CacheSettings } from './record-reader.ts';
import { callerKey, type Work } from './work.ts';

/** One resource of the standard, kept in the CRM behind. Where the rest of Klantbrug reads and writes it. */
export interface Register {
  readonly resource: Resource;
  /** Whether the mapping can do an operation. */
  supports(operation: Operation): boolean;
  /** Whether records can be a view on the record that they are a part of: writing them then changes that one. */
  readonly isView: boolean;
  /** Whether a record is a view on the record that it is a part of, and so goes with it. */
  goesWithMain(stored: Pick<Stored, 'part'>): boolean;
  /** Reads one; a cached record will do. Undefined when there is none. */
  read(uuid: string, work: Work): Promise<Stored | undefined>;
  /** Reads one from the CRM itself: for merging, and for seeing what became of a write. */
  readFresh(uuid: string, work: Work): Promise<Stored | undefined>;
  list(query: ListQuery, work: Work): Promise<ListPage>;
  /** All records that pass the filters. Throws a Problem 501 when the CRM cannot tell them within its bound. */
  find(filters: FilterValues, work: Work): Promise<readonly Stored[]>;
  /** Values of a generated field that begin with a prefix and fit, the highest among them at least. */
  numbers(
    field: string,
    prefix: string,
    fits: (value: string) => boolean,
    work: Work,
  ): Promise<readonly string[]>;
  /** What of a create or an update is too long for the CRM; asks nobody. */
  tooLong(write: Write, work: Work): Promise<readonly Complaint[]>;
  create(write: Write, work: Work): Promise<Stored>;
  update(write: Write & { readonly stored: Stored }, work: Work): Promise<Stored>;
  remove(write: Write & { readonly stored: Stored }, work: Work): Promise<void>;
  /** A write elsewhere changed what this record looks like. */
  evict(uuid: string): void;
}

/** What a list is asked without pages or an order of its own. */
const firstPage = { ordering: [], page: 1 } as const;

/** Whether a mapping can do an operation; what it cannot is 501, and absent from the OpenAPI document. */
export function supports({ parts }: MappedResource, operation: Operation): boolean {
  const able = (can: (part: MappedPart) => boolean): boolean => parts.some(can);
  switch (operation) {
    case 'read':
      return true;
    case 'list':
      return parts.every(({ list }) => list !== undefined);
    case 'create':
    case 'delete':
      return able(({ plans }) => plans[operation] !== undefined);
    case 'update':
    case 'partial_update':
      return able(({ plans }) => plans.update !== undefined);
  }
}

/**
 * Opens one resource of a mapping set on its backends.
 *
 * @param newUuid makes the ids of new records, where the mapping leaves that to us
 */
export function openRegister(
  mapped: MappedResource,
  backendOf: BackendOf,
  cache: CacheSettings,
  links: Links,
  newUuid: () => string = randomUUID,
): Register {
  const { resource } = mapped;
  const parts = mapped.parts.map((part) => openPart(part, backendOf, cache, links, newUuid));
  const lists = coalescer<ListPage>();
  const usesCaller = cache.perCaller === true || mapped.parts.some((part) => part.usesCaller);
  const inverse = inverseOf(mapped);

  /** A UUID of our own making says which part it is of; one that is a CRM's own may be of any that has such. */
  const partsFor = (uuid: string): readonly Part[] =>
    parts.length === 1 ? parts : parts.filter((part) => part.owns(uuid));
  const partsHolding = (stored: Pick<Stored, 'part'>): readonly Part[] =>
    parts.filter(({ mapped: { name } }) => name === stored.part);

  const source: InverseSource = {
    urlOf: (uuid) => links.canonicalOf(resource.name, uuid),
    async pointingAt(field, targets, how, work) {
      if (how.by !== 'searchMany') {
        const [target] = targets;
        const filters = { [field]: source.urlOf(target?.uuid ?? '') };
        return (await Promise.all(parts.map((part) => part.all(filters, work)))).flat();
      }
      const ids = targets.map(({ id }) => id);
      return (await Promise.all(parts.map((part) => part.found(how.request, { ids }, 'all', work)))).flat();
    },
  };
  const whole = (items: readonly Stored[], work: Work) =>
    inverse.length === 0 ? items : withInverse(items, inverse, source, work);

  /** The write was carried out: when the record cannot be shown whole now, its outcome is not that nothing happened. */
  async function wholeAfterWrite(written: Stored, work: Work): Promise<Stored> {
    try {
      return (await whole([written], work))[0] ?? written;
    } catch (error) {
      throw error instanceof Problem ? new UnfinishedWrite(error, written.uuid, false) : error;
    }
  }

  async function first(
    uuid: string,
    read: (part: Part) => Promise<Stored | undefined>,
    work: Work,
  ): Promise<Stored | undefined> {
    for (const part of partsFor(uuid)) {
      const stored = await read(part);
      if (stored) return inverse.length === 0 ? stored : (await whole([stored], work))[0];
    }
    return undefined;
  }

  /** A filter on a derived link is answered by the record at the other end: it names the only one that can pass. */
  async function pageByInverse(name: string, query: ListQuery, work: Work): Promise<ListPage> {
    const { [name]: wanted = '', ...others } = query.filters;
    const by = resource.fields[name]?.inverseOf ?? '';
    const pointing = await register.read(links.uuidOf(resource.name, wanted) ?? '', work);
    const target = pointing?.representation[by];
    const uuid = typeof target === 'string' ? links.uuidOf(resource.name, target) : undefined;
    const stored = uuid === undefined ? undefined : await register.read(uuid, work);
    const passing = stored && passes(resource.filters, others, stored.representation) ? [stored] : [];
    return pageOf(passing, query.page);
  }

  async function page(query: ListQuery, work: Work): Promise<ListPage> {
    const derived = Object.keys(query.filters).find(
      (name) => resource.fields[resource.filters[name]?.on ?? '']?.inverseOf !== undefined,
    );
    if (derived !== undefined) return pageByInverse(derived, query, work);
    const found = await pageOfParts(resource, parts, query, work);
    return { ...found, items: await whole(found.items, work) };
  }

  /** The first part that a new record belongs in; where there is none, why not, as far as the mapping tells. */
  async function accepting(write: Write, work: Work): Promise<{ part?: Part; why?: string }> {
    const reasons: string[] = [];
    for (const part of parts) {
      const accepts = await part.accepts(write, work);
      if (accepts === true) return { part };
      if (accepts !== false) reasons.push(accepts);
    }
    return reasons.length === 0 ? {} : { why: reasons.join(' ') };
  }

  function changed(uuid: string): void {
    for (const part of partsFor(uuid)) part.evict(uuid);
    lists.forget('');
  }

  const register: Register = {
    resource,
    supports: (operation) => supports(mapped, operation),
    isView: mapped.parts.some(({ view }) => view),
    goesWithMain: (stored) => partsHolding(stored).some((part) => part.mapped.view),
    read: (uuid, work) => first(uuid, (part) => part.read(uuid, work), work),
    readFresh: (uuid, work) => first(uuid, (part) => part.readFresh(uuid, work), work),

    list(query, work) {
      const { filters, ordering, page: wanted } = query;
      const key = JSON.stringify([
        wanted,
        ordering,
        Object.entries(filters),
        callerKey({ usesCaller }, work),
      ]);
      return lists.run(key, () => page(query, work));
    },

    async find(filters, work) {
      const found: Stored[] = [];
      for (let wanted = 1; ; wanted++) {
        const { items, count } = await register.list({ ...firstPage, filters, page: wanted }, work);
        found.push(...items);
        if (found.length >= count || items.length === 0) return found;
      }
    },

    async numbers(field, prefix, fits, work) {
      const fitting = (found: readonly Stored[]): string[] =>
        found
          .map(({ representation }) => representation[field])
          .filter((value) => typeof value === 'string')
          .filter((value) => value.startsWith(prefix) && fits(value));
      const found = await Promise.all(
        parts.map(async (part) => {
          const request = part.mapped.numbers[field];
          if (!request) return fitting(await part.all({}, work));
          const first = await part.found(request, { prefix }, 'first', work);
          const values = fitting(first);
          if (first.length === 0 || values.length > 0) return values;
          // Somebody's own text that begins the same is sorted after every number: these are below it.
          return fitting(await part.found(request, { prefix }, 'all', work));
        }),
      );
      return found.flat();
    },

    async tooLong(write, work) {
      if (mapped.parts.every(({ lengths }) => Object.keys(lengths).length === 0)) return [];
      const part = write.stored
        ? writable(partsHolding(write.stored), 'update')
        : (await accepting(write, work)).part;
      return (await part?.tooLong(write, work)) ?? [];
    },

    async create(write, work) {
      const { part, why = 'Het achterliggende systeem heeft hier geen plaats (meer) voor.' } =
        await accepting(write, work);
      if (!part) throw new Problem('NotImplemented', { detail: why });
      try {
        return await wholeAfterWrite(await part.create(write, work), work);
      } finally {
        // Also after a failure: a create that went unanswered may have been carried out.
        lists.forget('');
      }
    },

    async update(write, work) {
      const part = writable(partsHolding(write.stored), 'update');
      try {
        return await wholeAfterWrite(await part.update(write, work), work);
      } finally {
        changed(write.stored.uuid);
      }
    },

    async remove(write, work) {
      const part = writable(partsHolding(write.stored), 'delete');
      try {
        await part.remove(write, work);
      } finally {
        changed(write.stored.uuid);
      }
    },

    evict: changed,
  };
  return register;
}

function writable(parts: readonly Part[], operation: 'update' | 'delete'): Part {
  const part = parts.find(({ mapped }) => mapped.plans[operation] !== undefined);
  if (!part) throw new Problem('NotImplemented');
  return part;
}

/** The derived links of a resource, with the way in which the mapping finds them; a part that has none says `field`. */
function inverseOf({ resource, parts }: MappedResource) {
  return Object.entries(resource.fields).flatMap(([name, { inverseOf: by }]) => {
    const how: MappedInverse = parts[0]?.inverse[name] ?? { by: 'field' };
    return by === undefined ? [] : [{ name, by, how }];
  });
}

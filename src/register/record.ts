import { Unrenderable, render } from '../contract/render.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { MappedPart } from '../mapping/set.ts';
import type { CrmId } from '../mapping/ids.ts';
import { Problem } from '../problem.ts';
import type { KeptId } from './kept-ids.ts';
import { type Links, linksFromCrm } from './links.ts';
import { idIn } from './rows.ts';
import { translate, translationProblem, type Work } from './work.ts';

/** One record of the CRM as the standard shows it, still without URLs. */
export interface Stored {
  /** The UUID in its URL. */
  readonly uuid: string;
  /** The name of the part that holds it; blank when the resource has only one. UUIDs of a CRM's own do not tell. */
  readonly part: string;
  /** The id in the CRM, as mappings see it. */
  readonly id: CrmId;
  /** Links are canonical URLs. */
  readonly representation: JsonObject;
  /** Properties beside those of the standard, which some clients want to see; nothing compares or checks them. */
  readonly added: JsonObject;
  readonly record: JsonObject;
}

/** How often each field deviated, over all records of one answer: one event a field, however long the list. */
export class Deviations {
  readonly #counts = new Map<string, { field: string; code: string; policy: string; records: number }>();

  add(field: string, code: string, policy: string): void {
    const key = `${field} ${code}`;
    const counted = this.#counts.get(key) ?? { field, code, policy, records: 0 };
    this.#counts.set(key, { ...counted, records: counted.records + 1 });
  }

  get size(): number {
    return this.#counts.size;
  }

  report(resource: string, work: Work): void {
    for (const counted of this.#counts.values()) work.observe({ event: 'afwijking', resource, ...counted });
  }
}

/** What is noticed while the records of one answer are translated. */
export interface Rendering {
  readonly deviations: Deviations;
  /** Ids that are looked up, of the records and of what they link to. */
  readonly shown: KeptId[];
}

/** Whether there is anything to be told or kept before the answer is shown. */
export function noticedAnything({ deviations, shown }: Rendering): boolean {
  return deviations.size > 0 || shown.length > 0;
}

/** Begins an answer. */
export function rendering(): Rendering {
  return { deviations: new Deviations(), shown: [] };
}

/**
 * Ends an answer, before anybody sees it: tells of its deviations, and keeps the ids behind its UUIDs.
 *
 * @throws Problem 502 or 503 when these cannot be kept: nobody could find the record again
 */
export async function finish(
  { deviations, shown }: Rendering,
  resource: string,
  links: Links,
  work: Work,
): Promise<void> {
  deviations.report(resource, work);
  await links.keep(shown, work);
}

/**
 * Translates one record and holds it against the contract.
 *
 * @throws Problem 502 when the record has no usable id, the translation fails, or the contract cannot be met:
 *   such a record is never silently left out
 */
export async function fromRecord(
  mapped: MappedPart,
  raw: JsonObject,
  links: Links,
  { deviations, shown }: Rendering,
  work: Work,
): Promise<Stored> {
  const { resource } = mapped;
  const held = idIn(mapped.id, raw);
  const [uuid, id] = [links.uuidIn(mapped, held, shown), mapped.id.codec.read(held)];
  if (uuid === undefined || id === undefined) {
    work.observe({
      event: 'record-unrenderable',
      resource: resource.name,
      id: 'none',
      field: mapped.id.fields.join('+'),
      code: 'id',
    });
    throw new Problem('BadGateway');
  }
  const result = await translate(mapped.from, raw, {}, work, 'incoming');
  try {
    const linked = isObject(result) ? linksFromCrm(resource, result, links, shown) : result;
    const rendered = render(resource, linked, mapped.policies);
    for (const { field, code, policy } of rendered.deviations) deviations.add(field, code, policy);
    return {
      uuid,
      part: mapped.name,
      id,
      representation: rendered.representation,
      added: addedIn(mapped, linked),
      record: raw,
    };
  } catch (error) {
    if (!(error instanceof Unrenderable)) throw error;
    work.observe({
      event: 'record-unrenderable',
      resource: resource.name,
      id: uuid,
      field: error.field,
      code: error.code,
    });
    throw translationProblem('incoming', error);
  }
}

/** What the mapping adds to the standard; a property with nothing in it is left out. */
function addedIn({ adds }: MappedPart, shown: unknown): JsonObject {
  if (!isObject(shown)) return {};
  return Object.fromEntries(
    adds.flatMap((name): [string, Json][] => {
      const value = Object.hasOwn(shown, name) ? shown[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

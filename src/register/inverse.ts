import type { Json } from '../json.ts';
import type { MappedInverse } from '../mapping/set.ts';
import type { Stored } from './record.ts';
import { inBatches } from './stretch.ts';
import type { Work } from './work.ts';

/** How many records are looked for at the same time, where each needs a search of its own. */
const searchesAtOnce = 4;

/** What finding the other ends needs of a register. */
export interface InverseSource {
  /** The records that point at one of these with `field`: one search for each, or one for all. */
  pointingAt(
    field: string,
    targets: readonly Stored[],
    how: MappedInverse,
    work: Work,
  ): Promise<readonly Stored[]>;
  urlOf(uuid: string): string;
}

/**
 * Fills in the derived links of records: which record points at each of them. Of several, which only a CRM without
 * our rules can hold, the first is shown.
 *
 * @param inverse the derived fields, with the field that points and how the mapping says it is found
 */
export async function withInverse(
  items: readonly Stored[],
  inverse: readonly { readonly name: string; readonly by: string; readonly how: MappedInverse }[],
  source: InverseSource,
  work: Work,
): Promise<readonly Stored[]> {
  let filled = items;
  for (const { name, by, how } of inverse) {
    if (how.by === 'field' || filled.length === 0) continue;
    const found = await search(by, filled, how, source, work);
    const pointing = new Map<Json | undefined, string>();
    for (const { uuid, representation } of found) {
      const target = representation[by];
      if (!pointing.has(target)) pointing.set(target, source.urlOf(uuid));
    }
    filled = filled.map((stored) => ({
      ...stored,
      representation: { ...stored.representation, [name]: pointing.get(source.urlOf(stored.uuid)) ?? null },
    }));
  }
  return filled;
}

async function search(
  by: string,
  targets: readonly Stored[],
  how: MappedInverse,
  source: InverseSource,
  work: Work,
): Promise<readonly Stored[]> {
  if (how.by === 'searchMany') return source.pointingAt(by, targets, how, work);
  const found = await inBatches(targets, searchesAtOnce, (target) =>
    source.pointingAt(by, [target], how, work),
  );
  return found.flat();
}

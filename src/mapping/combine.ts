import { mainOf } from '../contract/resource.ts';
import { Mistakes } from '../files/mistakes.ts';
import { type LoadOptions, loadMappingSet } from './load.ts';
import type { MappingSet } from './set.ts';

/** The folder of a mapping set, and those of the sets that add what it does not have. */
export type Folders = readonly [string, ...string[]];

/**
 * Loads several sets as one: a resource comes from the first set that has it, and so does what is said of a backend,
 * and of where ids are kept.
 * Title, folder and settings are those of the first one. What an addition has of relations with a resource that no set
 * has is left out: nobody could make one.
 *
 * @throws Mistakes with everything that is wrong in all of them
 */
export async function loadMappingSets(folders: Folders, options: LoadOptions): Promise<MappingSet> {
  const [first, ...others] = await allOrMistakes(folders.map((folder) => loadMappingSet(folder, options)));
  if (!first) throw new Error('There was no folder to load.');
  const set = others.reduce(combined, first);
  const kept = [...set.resources].filter(([name, { resource }]) => {
    const main = mainOf(resource);
    return first.resources.has(name) || main === undefined || set.resources.has(main);
  });
  return { ...set, resources: new Map(kept) };
}

function combined(set: MappingSet, addition: MappingSet): MappingSet {
  const added = [...addition.resources].filter(([name]) => !set.resources.has(name));
  return {
    ...set,
    files: [...set.files, ...addition.files],
    resources: new Map([...set.resources, ...added]),
    errors: { ...addition.errors, ...set.errors },
    encodings: { ...addition.encodings, ...set.encodings },
    interpreted: () => [...set.interpreted(), ...addition.interpreted()],
    keptIds: set.keptIds ?? addition.keptIds,
  };
}

/** Waits for all, so that mistakes in one set do not hide those in another. */
async function allOrMistakes(loads: readonly Promise<MappingSet>[]): Promise<MappingSet[]> {
  const settled = await Promise.allSettled(loads);
  const failures = settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const mistakes = failures.flatMap((failure) => {
    if (failure instanceof Mistakes) return failure.mistakes;
    throw failure;
  });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

import { rm } from 'node:fs/promises';
import { loadMappingSet, type LoadOptions } from '../../src/mapping/load.ts';
import { type Mistake, Mistakes } from '../../src/mistakes.ts';
import { resources } from '../../src/resources/index.ts';
import { copyMapping, type Edit } from '../kit/mapping-copy.ts';

const options: LoadOptions = {
  resources,
  settings: {},
  backends: ['crm'],
  clock: { now: () => 0 },
  random: () => 0,
};

/** Everything that is reported about the demonstration's set with these changes; files without their folder. */
export async function mistakesWith(edits: Readonly<Record<string, Edit>>): Promise<readonly Mistake[]> {
  const folder = await copyMapping(edits);
  try {
    await loadMappingSet(folder, options);
    return [];
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error;
    return error.mistakes.map((mistake) => ({ ...mistake, file: mistake.file.replace(`${folder}/`, '') }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

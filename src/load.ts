import path from 'node:path';
import { type Config, loadConfig } from './config/index.ts';
import { isObject, valueAt } from './json.ts';
import type { Clock, Random } from './mapping/functions.ts';
import { loadMappingSet } from './mapping/load.ts';
import type { MappingSet } from './mapping/set.ts';
import { type Mistake, Mistakes } from './files/mistakes.ts';
import { mappedResources as resources } from './resources/index.ts';
import { readYaml } from './files/yaml-file.ts';

/** What mappings get from outside. */
export interface MappingPorts {
  readonly clock: Clock;
  readonly random: Random;
}

/** A configuration and the mapping set that it names, both checked, also against each other. */
export interface Loaded {
  readonly config: Config;
  readonly mapping: MappingSet;
}

/**
 * Loads everything that a deployment is made of.
 *
 * @throws Mistakes of the configuration and the mapping set together
 */
export async function loadAll(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
  ports: MappingPorts,
): Promise<Loaded> {
  try {
    const config = await loadConfig(file, environment);
    return { config, mapping: await loadMapping(config, ports) };
  } catch (error) {
    if (!(error instanceof Mistakes) || error.mistakes.some(({ file: other }) => other !== file)) throw error;
    throw new Mistakes([...error.mistakes, ...(await mistakesOfMapping(file, ports))]);
  }
}

/**
 * Loads the mapping set of a configuration.
 *
 * @throws Mistakes when the set is wrong, or calls a backend that is not configured
 */
export async function loadMapping(config: Config, { clock, random }: MappingPorts): Promise<MappingSet> {
  const { folder, settings } = config.mapping;
  const backends = Object.keys(config.backends);
  return loadMappingSet(folder, { resources, settings, backends, clock, random });
}

/** A wrong configuration does not hide what is wrong in the set that it names. */
async function mistakesOfMapping(file: string, ports: MappingPorts): Promise<readonly Mistake[]> {
  const { value } = await readYaml(file);
  const folder = valueAt(value, 'mapping.folder');
  const settings = valueAt(value, 'mapping.settings');
  const backends = valueAt(value, 'backends');
  if (typeof folder !== 'string') return [];
  try {
    await loadMappingSet(path.resolve(path.dirname(file), folder), {
      resources,
      settings: isObject(settings) ? settings : {},
      backends: isObject(backends) ? Object.keys(backends) : undefined,
      ...ports,
    });
    return [];
  } catch (error) {
    if (error instanceof Mistakes) return error.mistakes;
    throw error;
  }
}

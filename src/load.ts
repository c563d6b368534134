import path from 'node:path';
import { type Config, loadConfig } from './config/index.ts';
import { isObject, valueAt } from './json.ts';
import type { Clock, Random } from './mapping/functions.ts';
import { loadMappingSet } from './mapping/load.ts';
import type { MappingSet } from './mapping/set.ts';
import { type Mistake, Mistakes, throwMistakes } from './files/mistakes.ts';
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

/**
 * Finds the folder of the mapping set that a configuration names. Nothing else of the configuration has to be right.
 *
 * @throws Mistakes when it is no YAML or names none
 */
export async function mappingFolderOf(file: string): Promise<string> {
  const yaml = await readYaml(file);
  throwMistakes(yaml.mistakes);
  const folder = valueAt(yaml.value, 'mapping.folder');
  if (typeof folder === 'string') return path.resolve(path.dirname(file), folder);
  const place = yaml.at(['mapping', 'folder']);
  throw new Mistakes([{ file, ...place, path: 'mapping.folder', expected: 'the folder of a mapping set' }]);
}

/**
 * Loads the mapping set that a configuration names as its examples want it: with its own settings. The rest of the
 * configuration is only asked for the names of the backends, so its secrets need not be there.
 *
 * @throws Mistakes of the mapping set, or when the configuration names none
 */
export async function loadMappingAlone(file: string, ports: MappingPorts): Promise<MappingSet> {
  const folder = await mappingFolderOf(file);
  const { value } = await readYaml(file);
  return loadMappingSet(folder, { resources, settings: {}, backends: backendsIn(value), ...ports });
}

function backendsIn(config: unknown): string[] | undefined {
  const backends = valueAt(config, 'backends');
  return isObject(backends) ? Object.keys(backends) : undefined;
}

/** A wrong configuration does not hide what is wrong in the set that it names. */
async function mistakesOfMapping(file: string, ports: MappingPorts): Promise<readonly Mistake[]> {
  const { value } = await readYaml(file);
  const folder = valueAt(value, 'mapping.folder');
  const settings = valueAt(value, 'mapping.settings');
  if (typeof folder !== 'string') return [];
  try {
    await loadMappingSet(path.resolve(path.dirname(file), folder), {
      resources,
      settings: isObject(settings) ? settings : {},
      backends: backendsIn(value),
      ...ports,
    });
    return [];
  } catch (error) {
    if (error instanceof Mistakes) return error.mistakes;
    throw error;
  }
}

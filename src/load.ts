import path from 'node:path';
import { type Config, loadConfig } from './config/index.ts';
import { isObject, valueAt } from './json.ts';
import type { Evaluating } from './mapping/expression.ts';
import type { Clock, Random } from './mapping/functions.ts';
import { checkKeptIds } from './mapping/check-kept-ids.ts';
import { checkWsSecurity } from './mapping/check-ws-security.ts';
import { type Folders, loadMappingSets } from './mapping/combine.ts';
import type { LoadOptions } from './mapping/load.ts';
import type { MappingSet } from './mapping/set.ts';
import { type Mistake, Mistakes, throwMistakes } from './files/mistakes.ts';
import { mappedResources as resources } from './resources/index.ts';
import { readYaml } from './files/yaml-file.ts';

/** What mappings get from outside. */
export interface MappingPorts extends Evaluating {
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
 * @throws Mistakes when the set is wrong, calls a backend that is not configured, or cannot show its credentials
 */
export async function loadMapping(config: Config, ports: MappingPorts): Promise<MappingSet> {
  const { folder, with: others, settings } = config.mapping;
  const backends = Object.keys(config.backends);
  const folders: Folders = [folder, ...others];
  const set = await loadMappingSets(folders, { resources, settings, backends, ...ports });
  throwMistakes(checkKeptIds(set.files));
  const withWsSecurity = backends.filter((name) => config.backends[name]?.credentials.kind === 'wsSecurity');
  throwMistakes(checkWsSecurity(set, withWsSecurity));
  return set;
}

/**
 * Finds the folders of the mapping sets that a configuration names: the set itself first, and then those that add to
 * it. Nothing else of the configuration has to be right.
 *
 * @throws Mistakes when it is no YAML or names none
 */
export async function mappingFoldersOf(file: string): Promise<Folders> {
  const yaml = await readYaml(file);
  throwMistakes(yaml.mistakes);
  const folders = foldersIn(file, yaml.value);
  if (folders) return folders;
  const place = yaml.at(['mapping', 'folder']);
  throw new Mistakes([{ file, ...place, path: 'mapping.folder', expected: 'the folder of a mapping set' }]);
}

/** A mapping set as its examples want it: with its own settings, and what it needs around it. */
export interface ExampleSet {
  /** Whose examples are meant. */
  readonly folder: string;
  readonly set: MappingSet;
}

/**
 * Loads the mapping sets that a configuration names, each to play its own examples on: the set itself with those that
 * add to it, and each of those on the set that its examples are written for. The rest of the configuration is only
 * asked for the names of the backends, so its secrets need not be there.
 *
 * @throws Mistakes of the mapping sets, or when the configuration names none
 */
export async function loadMappingsAlone(file: string, ports: MappingPorts): Promise<ExampleSet[]> {
  const [folder, ...others] = await mappingFoldersOf(file);
  const { value } = await readYaml(file);
  const set = await loadMappingSets([folder, ...others], { ...alone(ports), backends: backendsIn(value) });
  throwMistakes(checkKeptIds(set.files));
  const additions = others.map(async (other) => ({
    folder: other,
    set: await loadForExamples(other, ports),
  }));
  return [{ folder, set }, ...(await Promise.all(additions))];
}

/**
 * Loads one mapping set for its examples; what it does not have comes from the set that it names under `examplesOn`.
 *
 * @throws Mistakes of both sets
 */
export async function loadForExamples(folder: string, ports: MappingPorts): Promise<MappingSet> {
  const yaml = await readYaml(path.join(folder, 'mapping.yaml'));
  const around = valueAt(yaml.value, 'examplesOn');
  const others = typeof around === 'string' ? [path.resolve(folder, around)] : [];
  return loadMappingSets([folder, ...others], alone(ports));
}

/** A set by itself: with its own settings, whatever backends there are. */
function alone(ports: MappingPorts): LoadOptions {
  return { resources, settings: {}, backends: undefined, ...ports };
}

function foldersIn(file: string, config: unknown): Folders | undefined {
  const folder = valueAt(config, 'mapping.folder');
  const others = valueAt(config, 'mapping.with') ?? [];
  if (typeof folder !== 'string') return undefined;
  const further = Array.isArray(others) ? others.filter((other) => typeof other === 'string') : [];
  const whole = (one: string): string => path.resolve(path.dirname(file), one);
  return [whole(folder), ...further.map(whole)];
}

function backendsIn(config: unknown): string[] | undefined {
  const backends = valueAt(config, 'backends');
  return isObject(backends) ? Object.keys(backends) : undefined;
}

/** A wrong configuration does not hide what is wrong in the sets that it names. */
async function mistakesOfMapping(file: string, ports: MappingPorts): Promise<readonly Mistake[]> {
  const { value } = await readYaml(file);
  const folders = foldersIn(file, value);
  const settings = valueAt(value, 'mapping.settings');
  if (!folders) return [];
  try {
    const { files } = await loadMappingSets(folders, {
      resources,
      settings: isObject(settings) ? settings : {},
      backends: backendsIn(value),
      ...ports,
    });
    return checkKeptIds(files);
  } catch (error) {
    if (error instanceof Mistakes) return error.mistakes;
    throw error;
  }
}

import type { Kept } from '../../examples/depersonalise.ts';
import { idsIn, type Live } from '../../examples/from-live.ts';
import { knownWords } from '../../examples/known-words.ts';
import type { Loaded } from '../../load.ts';
import type { MappingSet } from '../../mapping/set.ts';

/**
 * What of a round trip is nobody's. Examples are played with the settings of the set itself, so those of the
 * configuration are replaced by them.
 *
 * @param own the set with its own settings
 */
export async function keptOf({ config, mapping }: Loaded, own: MappingSet, live: Live): Promise<Kept> {
  const { folder, with: others } = config.mapping;
  const settings = Object.entries(mapping.settings).flatMap(([name, value]): [string, string][] => {
    const instead = own.settings[name];
    return isText(value) && isText(instead) && value !== instead ? [[String(value), String(instead)]] : [];
  });
  return {
    known: await knownWords([folder, ...others], own),
    ids: idsIn(own, live),
    settings: new Map(settings),
  };
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

import path from 'node:path';
import type { Kept } from '../../examples/depersonalise.ts';
import { idsIn, type Live } from '../../examples/from-live.ts';
import { knownWords } from '../../examples/known-words.ts';
import { exampleUuid } from '../../examples/run.ts';
import { timesIn } from '../../examples/times.ts';
import { readYaml } from '../../files/yaml-file.ts';
import { scalarText, valueAt } from '../../json.ts';
import type { Loaded } from '../../load.ts';
import type { MappingSet } from '../../mapping/set.ts';

const usualZone = 'Europe/Amsterdam';

/**
 * What of a round trip is nobody's. Examples are played with the settings of the set itself and make one UUID only, so
 * those take the place of what it was.
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
    times: timesIn(
      [live.call.input, live.call.filters, 'result' in live.outcome ? live.outcome.result : undefined],
      ['utc', ...(await zonesOf([folder, ...others]))],
    ),
    instead: new Map([...settings, ...live.newUuids.map((uuid): [string, string] => [uuid, exampleUuid])]),
  };
}

/** The zones of the sets, as `mapping.yaml` says them; and that of the Netherlands, in which most CRMs write. */
async function zonesOf(folders: readonly string[]): Promise<string[]> {
  const files = await Promise.all(folders.map((folder) => readYaml(path.join(folder, 'mapping.yaml'))));
  const zones = files.flatMap(({ value }) => scalarText(valueAt(value, 'zone')) ?? []);
  return [...new Set([...zones, usualZone])];
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

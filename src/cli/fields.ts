import { readFile, writeFile } from 'node:fs/promises';
import { putBetweenMarks } from '../files/markdown.ts';
import { formatMistakes, Mistakes } from '../files/mistakes.ts';
import { mappingFoldersOf } from '../load.ts';
import { loadMappingSet } from '../mapping/load.ts';
import { mappedResources as resources } from '../resources/index.ts';
import { type Command, exit } from './command.ts';
import { fieldTables } from './field-tables.ts';

/** What stands around the tables in a README. */
export const fieldsMarker = 'fields';

/** `klantbrug fields`: where each field of the standard is in the CRM, as tables for the README of the set. */
export const fields: Command = {
  name: 'fields',
  summary: 'show where each field is in the CRM, as Markdown for the README of the mapping set',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    into: {
      required: false,
      meaning: `a file to write it into, between <!-- ${fieldsMarker} --> and <!-- /${fieldsMarker} -->`,
    },
  },

  async run({ config = '', into }, { out, error }) {
    try {
      const tables = await fieldTablesIn((await mappingFoldersOf(config))[0]);
      if (into === undefined) {
        out(tables);
        return exit.done;
      }
      const changed = putBetweenMarks(await readFile(into, 'utf8'), fieldsMarker, tables);
      if (changed === undefined) {
        error(`${into} has no lines <!-- ${fieldsMarker} --> and <!-- /${fieldsMarker} -->`);
        return exit.wrong;
      }
      await writeFile(into, changed);
      return exit.done;
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      error(formatMistakes(caught.mistakes));
      return exit.wrong;
    }
  },
};

/**
 * The tables of one mapping set, without those that it is used with. Nothing of the configuration is needed.
 *
 * @throws Mistakes when the set is wrong
 */
export async function fieldTablesIn(folder: string): Promise<string> {
  return fieldTables(
    await loadMappingSet(folder, { resources, settings: {}, clock: Date, random: Math.random }),
  );
}

import { loadAll } from '../load.ts';
import { audittrail } from '../resources/audittrail.ts';
import { formatMistakes, Mistakes } from '../files/mistakes.ts';
import { type Command, exit } from './command.ts';
import { coverageInWords, coverageOfSet } from './coverage.ts';

/** `klantbrug check`: everything that can be wrong before the start, all at once; and what the set does and costs. */
export const check: Command = {
  name: 'check',
  summary: 'check the configuration and its mapping set; all mistakes at once, exit code 1',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    json: { required: false, flag: true, meaning: 'as JSON instead of lines and tables' },
  },

  async run({ config: file = '', json }, { environment, out, error }) {
    try {
      const { config, mapping } = await loadAll(file, environment, { clock: Date, random: Math.random });
      const coverage = coverageOfSet(mapping);
      const backends = Object.keys(config.backends);
      const { title, folder } = mapping;
      const interpreted = mapping.interpreted();
      if (json !== undefined) {
        out(
          JSON.stringify({ mistakes: [], title, folder, backends, interpreted, ...coverage }, undefined, 2),
        );
        return exit.done;
      }
      out(`${file}: no mistakes`);
      out(`${folder}: no mistakes (${title})`);
      for (const line of coverageInWords(coverage)) out(line);
      if (coverage.leftOut.includes(audittrail.name)) {
        out(`${audittrail.name}: none, so no write is kept in an audit trail and nobody can read one`);
      }
      for (const { file: slow, line, column, construct, instead } of interpreted) {
        out(`${slow}:${line}:${column}: not compiled, so many times slower: ${construct}; write ${instead}`);
      }
      out(`backends: ${backends.join(', ')}`);
      return exit.done;
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      const mistakes = caught.mistakes.map((mistake) => formatMistakes([mistake]));
      if (json !== undefined) {
        out(JSON.stringify({ mistakes }, undefined, 2));
        return exit.wrong;
      }
      error(mistakes.join('\n'));
      error(mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`);
      return exit.wrong;
    }
  },
};

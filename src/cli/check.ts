import { operations } from '../contract/resource.ts';
import { loadAll } from '../load.ts';
import { audittrail } from '../resources/audittrail.ts';
import { Mistakes, formatMistakes } from '../files/mistakes.ts';
import type { MappedPart } from '../mapping/set.ts';
import { supports } from '../register/index.ts';
import { type Command, exit } from './command.ts';

/** `klantbrug check`: everything that can be wrong before the start, all at once. */
export const check: Command = {
  name: 'check',
  summary: 'check the configuration and its mapping set; all mistakes at once, exit code 1',
  options: { config: { required: true, meaning: 'the configuration file' } },

  async run({ config: file = '' }, { environment, out, error }) {
    try {
      const { config, mapping } = await loadAll(file, environment, { clock: Date, random: Math.random });
      out(`${file}: no mistakes`);
      out(`${mapping.folder}: no mistakes (${mapping.title})`);
      for (const mapped of mapping.resources.values()) {
        const offered = operations.filter((operation) => supports(mapped, operation));
        out(`  ${mapped.resource.name}: ${offered.join(', ')}`);
        mapped.parts.forEach((part) => {
          for (const line of filterLines(part)) out(line);
        });
      }
      if (!mapping.resources.has(audittrail.name)) {
        out(`  ${audittrail.name}: none, so no write is kept in an audit trail and nobody can read one`);
      }
      out(`  backends: ${Object.keys(config.backends).join(', ')}`);
      return exit.done;
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      error(formatMistakes(caught.mistakes));
      error(caught.mistakes.length === 1 ? '1 mistake' : `${caught.mistakes.length} mistakes`);
      return exit.wrong;
    }
  },
};

/** Who does each filter of a part, the CRM or the gateway. */
function filterLines({ resource, name, list }: MappedPart): string[] {
  if (!list) return [];
  const filters = Object.keys(resource.filters).map(
    (filter) => `${filter} ${list.filters[filter] ?? 'by the gateway'}`,
  );
  return [`    filters${name === '' ? '' : ` of ${name}`}: ${filters.join(', ')}`];
}

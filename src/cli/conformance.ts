import { type RulingStatement, type Statement, statementOf } from '../conformance/statement.ts';
import { formatMistakes, Mistakes, mistakesAsJson } from '../files/mistakes.ts';
import { loadAll } from '../load.ts';
import { offersOf } from '../kic/offers.ts';
import { type Command, exit } from './command.ts';

/** `klantbrug conformance`: what a deployment keeps of the standard, by its own configuration. It calls nobody. */
export const conformance: Command = {
  name: 'conformance',
  summary:
    'state what this deployment keeps of the standard: its APIs, rules, deviations; exit code 0 unless --strict',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    json: { required: false, flag: true, meaning: 'as JSON instead of a table' },
    strict: {
      required: false,
      flag: true,
      meaning: 'exit code 1 when an operation is missing or anything deviates',
    },
  },

  async run({ config: file = '', json, strict }, { environment, out, error }) {
    try {
      const { config, mapping } = await loadAll(file, environment, { clock: Date, random: Math.random });
      const statement = statementOf(config, mapping, offersOf(mapping));
      out(json === undefined ? inWords(file, statement) : JSON.stringify(statement, undefined, 2));
      return strict === undefined || statement.complete ? exit.done : exit.wrong;
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      if (json === undefined) error(formatMistakes(caught.mistakes));
      else out(mistakesAsJson(caught.mistakes));
      return exit.wrong;
    }
  },
};

function inWords(file: string, statement: Statement): string {
  const { apis, notServed, rules, deviations, rulings, notes } = statement;
  return [
    `${file}: ${verdict(statement)}`,
    ...section('APIs', [
      ...apis.map(({ api, version, operations, missing, url }) => {
        const offered = operations - missing.length;
        return [
          api,
          version,
          missing.length === 0 ? `all ${operations}` : `${offered} of ${operations}`,
          url,
        ];
      }),
      ...notServed.map((api) => [api, '-', 'not served']),
    ]),
    ...section(
      'Missing operations',
      apis.flatMap(({ api, missing }) => missing.map((id) => [api, id])),
    ),
    ...section(
      'Deviations',
      deviations.map(({ key, text }) => [key, text]),
    ),
    ...section(
      'Rules',
      rules.map(({ id, state, title }) => [id, state, title]),
    ),
    ...section(
      'Rulings',
      rulings.map(({ id, state, topic }) => [id, stateWords[state], topic]),
    ),
    ...section(
      'Notes',
      notes.map(({ key, text }) => [key, text]),
    ),
  ].join('\n');
}

const stateWords: Readonly<Record<RulingStatement['state'], string>> = {
  holds: 'holds',
  changed: 'changed',
  idle: 'not in play',
};

function verdict({ complete, apis, deviations }: Statement): string {
  if (complete) return 'complete';
  const missing = apis.reduce((sum, api) => sum + api.missing.length, 0);
  return [count(missing, 'missing operation'), count(deviations.length, 'deviation')]
    .filter(Boolean)
    .join(', ');
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A title and its rows, in columns that are as wide as what is in them; nothing without rows. */
function section(title: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(width(column))).join('  '));
  return ['', title, ...lines.map((line) => `  ${line.trimEnd()}`)];
}

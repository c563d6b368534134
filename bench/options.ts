import { parseArgs } from 'node:util';

/** What the benchmark is asked for. */
export interface Options {
  /** The file that everything is written to. */
  readonly json: string | undefined;
  /** Whether docs/BENCHMARKS.md is written. */
  readonly writeDocs: boolean;
  readonly rounds: number;
  /** Only the parts with this in their name, in lower case. */
  readonly only: string;
  /** Contenders to leave out: node-red, nginx. */
  readonly without: readonly string[];
}

/** Of fewer rounds a median says little. */
const fewestForDocs = 9;

const optional: readonly string[] = ['node-red', 'nginx'];

/** @throws TypeError when there is an option that it does not know, or two that do not go together */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'string' },
      'write-docs': { type: 'boolean', default: false },
      rounds: { type: 'string', default: '11' },
      only: { type: 'string', default: '' },
      without: { type: 'string', multiple: true, default: [] },
    },
  });
  const { json, without } = values;
  const only = values.only.toLowerCase();
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new TypeError('--rounds takes a number.');
  if (rounds < fewestForDocs && values['write-docs'])
    throw new TypeError(`The page has medians of ${fewestForDocs} rounds at least.`);
  const stranger = without.find((name) => !optional.includes(name));
  if (stranger !== undefined) throw new TypeError(`--without ${stranger}: only ${optional.join(' and ')}.`);
  if (only && values['write-docs'])
    throw new TypeError('The page has all parts: --write-docs cannot be with --only.');
  return { json, writeDocs: values['write-docs'], rounds, only, without };
}

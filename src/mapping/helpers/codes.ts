import { EvaluationError } from '../limits.ts';
import { type CodeTables, type Helper, type HelperSettings, isNothing } from './helper.ts';

/** Code tables, both ways. */
export const codeHelpers = {
  decode: {
    call: '("table", code, otherwise)',
    is:
      "the standard's word. A code that is not in the table becomes `otherwise`; without that it comes back as it is, " +
      'and is a [deviation](#deviations), or stops the reading, see [Unknown codes](#unknown-codes)',
    make: (settings) => (table: string, code: unknown, otherwise: unknown) =>
      decode(settings, table, code, otherwise),
  },
  encode: {
    call: '("table", word, otherwise)',
    is:
      "the CRM's code. A word that is not in the table becomes `otherwise`; without that it stops the write, " +
      'or is passed on, see [Unknown codes](#unknown-codes)',
    make: (settings) => (table: string, word: unknown, otherwise: unknown) =>
      encode(settings, table, word, otherwise),
  },
} as const satisfies Readonly<Record<string, Helper>>;

/**
 * The standard's word for a code of the CRM. A code that the table lacks is passed on as it is: the contract then
 * finds it wrong, and the field's policy decides what is shown.
 */
function decode({ codes, unknownCodes }: HelperSettings, table: string, code: unknown, otherwise: unknown) {
  if (isNothing(code)) return undefined;
  const known = tableOf(codes, table);
  const key = keyOf(code);
  if (Object.hasOwn(known, key)) return known[key];
  if (otherwise === undefined && unknownCodes[table] === 'refuse') throw new EvaluationError('K0001');
  return otherwise === undefined ? code : otherwise;
}

/**
 * The CRM's code for a word of the standard. For a word that the table lacks, what the author says; without that it
 * cannot be stored, and the write stops.
 */
function encode({ codes, unknownCodes }: HelperSettings, table: string, word: unknown, otherwise: unknown) {
  if (isNothing(word)) return undefined;
  const found = Object.entries(tableOf(codes, table)).find(([, candidate]) => candidate === word);
  if (found) return found[0];
  if (otherwise === undefined && unknownCodes[table] !== 'pass') throw new EvaluationError('K0001');
  return otherwise === undefined ? word : otherwise;
}

function tableOf(codes: CodeTables, table: string): Readonly<Record<string, string>> {
  const found = Object.hasOwn(codes, table) ? codes[table] : undefined;
  if (!found) throw new EvaluationError('K0001');
  return found;
}

function keyOf(code: unknown): string {
  return typeof code === 'string' || typeof code === 'number' || typeof code === 'boolean'
    ? String(code)
    : '';
}

import { markdownTable } from '../files/markdown.ts';
import { type BuiltIn, builtIns } from './built-ins.ts';
import type { Helper } from './helpers/helper.ts';
import { helpers } from './helpers/index.ts';
import { failureCodes } from './limits.ts';

/** The functions of JSONata that a mapping may use, as a table for mappings/README.md. */
export function functionTable(): string {
  const rows = Object.entries<BuiltIn>(builtIns).map(([name, { call, is }]) => [`\`$${name}${call}\``, is]);
  return markdownTable(['function', 'is'], rows);
}

/** Our own functions, with an example of each that has one, as a table for mappings/README.md. */
export function helperTable(): string {
  const rows = Object.entries(helpers).map(([name, { call, is, example }]) => [
    `\`$${name}${call}\``,
    is,
    example ? exampleOf(example) : '',
  ]);
  return markdownTable(['name', 'is', 'example'], rows);
}

function exampleOf({ of, yields }: NonNullable<Helper['example']>): string {
  const result = typeof yields === 'string' ? yields : JSON.stringify(yields);
  return `\`${of}\` is \`${result}\``;
}

/** Our own codes of a translation that failed, as a table for mappings/README.md. */
export function codeTable(): string {
  return markdownTable(
    ['code', 'means'],
    Object.entries(failureCodes).map(([code, means]) => [`\`${code}\``, means]),
  );
}

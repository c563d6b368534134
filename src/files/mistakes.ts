/** Where in a file's tree of keys and items: `['clients', 0, 'id']`. */
export type Path = readonly (string | number)[];

/** One thing that is wrong in a file that a person wrote, told so that it can be put right. */
export interface Mistake {
  /** The file, as it was asked for. */
  readonly file: string;
  /** Counted from 1; absent when the file as a whole is meant. */
  readonly line?: number;
  readonly column?: number;
  /** Keys with dots, items with brackets: `clients[0].id`; empty for the file as a whole. */
  readonly path: string;
  /** What went wrong, where that says more than what was expected: `unknown key 'clinets'`. */
  readonly problem?: string;
  /** What belongs here. */
  readonly expected: string;
  /** What is there now; never the value of a secret. */
  readonly found?: string;
  readonly example?: string;
}

/** Everything that is wrong with what was configured, thrown in one go. */
export class Mistakes extends Error {
  override readonly name = 'Mistakes';
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(formatMistakes(mistakes));
    this.mistakes = mistakes;
  }
}

/** Throws all mistakes together, if there are any. */
export function throwMistakes(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0) throw new Mistakes(mistakes);
}

/** The same for a machine: one JSON document with a line for each mistake. */
export function mistakesAsJson(mistakes: readonly Mistake[]): string {
  return JSON.stringify({ mistakes: mistakes.map((mistake) => formatMistakes([mistake])) }, undefined, 2);
}

/** One line per mistake, which editors and terminals can click: `file:line:column path: expected …, found …, e.g. …`. */
export function formatMistakes(mistakes: readonly Mistake[]): string {
  return mistakes.map(formatMistake).join('\n');
}

function formatMistake({ file, line, column, path, problem, expected, found, example }: Mistake): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return [
    path === '' ? `${place}:` : `${place} ${path}:`,
    problem === undefined ? '' : ` ${problem.replace(/[^?]$/, '$&;')}`,
    ` expected ${expected}`,
    found === undefined ? '' : `, found ${found}`,
    example === undefined ? '' : `, e.g. ${example}`,
  ].join('');
}

/** A path as people write it: `backends.crm.limits.connectMs`, `clients[0].id`. */
export function pathText(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

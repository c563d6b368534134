import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Exit codes: done; what was asked for is wrong; the command line itself is wrong. */
export const exit = { done: 0, wrong: 1, usage: 2 } as const;

/** What a command may touch of the world. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Resolves with the name of the first signal that asks the process to stop. */
  readonly stopRequested: () => Promise<string>;
}

/** An option of a command. */
export interface Option {
  readonly required: boolean;
  /** It takes no text: it is there or it is not. `run` then gets `true` as its text, or nothing. */
  readonly flag?: true;
  readonly meaning: string;
}

/** One command of `klantbrug`. */
export interface Command {
  readonly name: string;
  /** One line, for `--help`. */
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** @returns the exit code */
  run(options: Readonly<Record<string, string>>, terminal: Terminal): Promise<number>;
}

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the options of a command.
 *
 * @throws UsageError naming what is unknown or missing
 */
export function readOptions(command: Command, args: readonly string[]): Record<string, string> {
  const options: ParseArgsConfig['options'] = Object.fromEntries(
    Object.entries(command.options).map(([name, { flag }]) => [
      name,
      { type: flag ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const values = parse(args, options);
  const missing = Object.entries(command.options).find(
    ([name, { required }]) => required && !(name in values),
  );
  if (missing) throw new UsageError(`${command.name} needs --${missing[0]}: ${missing[1].meaning}`);
  return values;
}

function parse(args: readonly string[], options: ParseArgsConfig['options'] = {}): Record<string, string> {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'this command line cannot be read');
  }
}

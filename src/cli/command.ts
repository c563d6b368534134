import { parseArgs, type ParseArgsConfig } from 'node:util';
import { meant } from '../mapping/meant.ts';
import type { LogDestination } from '../observe/log.ts';

/** Exit codes: done; what was asked for is wrong; the command line itself is wrong. */
export const exit = { done: 0, wrong: 1, usage: 2 } as const;

/** What a command may touch of the world. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Opens the log. What it holds is written when the process ends, also by an exception; not when it is killed. */
  readonly log: () => LogDestination;
  /** Whether a person reads along: colours, and word of how far it is. */
  readonly interactive: boolean;
  /** Lets so many milliseconds pass. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
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
  /** The words that it takes besides, any number of them; absent: none. */
  readonly words?: { readonly name: string; readonly meaning: string };
  /** @returns the exit code */
  run(
    options: Readonly<Record<string, string>>,
    terminal: Terminal,
    words: readonly string[],
  ): Promise<number>;
}

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** By its name: a command that is loaded when it is asked for may bring a copy of this file along. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}

/** What was said after the name of a command. */
interface Said {
  readonly options: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/**
 * Reads the options of a command, and the words that it takes.
 *
 * @throws UsageError naming what is unknown or missing, and what was probably meant
 */
export function readArguments(command: Command, args: readonly string[]): Said {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    Object.entries(command.options).map(([name, { flag }]) => [
      name,
      { type: flag ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const said = parse(args, options, command.words !== undefined);
  const missing = Object.entries(command.options).find(
    ([name, { required }]) => required && !(name in said.options),
  );
  if (missing) throw new UsageError(`${command.name} needs --${missing[0]}: ${missing[1].meaning}`);
  return said;
}

function parse(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
  allowPositionals: boolean,
): Said {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals });
    const texts = Object.entries(values).map(([name, value]) => [name, String(value)] as const);
    return { options: Object.fromEntries(texts), words: positionals };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'this command line cannot be read';
    const [, unknown] = /^Unknown option '--([^']+)'/.exec(message) ?? [];
    if (unknown === undefined) throw new UsageError(message);
    throw new UsageError(`there is no option --${unknown}${meant(unknown, Object.keys(options), '--')}`);
  }
}

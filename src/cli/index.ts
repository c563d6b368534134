import { check } from './check.ts';
import { type Command, exit, readArguments, type Terminal, UsageError } from './command.ts';
import { conformance } from './conformance.ts';
import { fields } from './fields.ts';
import { init } from './init.ts';
import { meant } from '../mapping/meant.ts';
import { reconcile } from './reconcile.ts';
import { record } from './record.ts';
import { registerChannels } from './register-channels.ts';
import { serve } from './serve.ts';
import { test } from './test.ts';
import { token } from './token.ts';
import { tryOut } from './try.ts';

/** Every command, in the order of `--help`. */
const commands: readonly Command[] = [
  serve,
  init,
  check,
  fields,
  test,
  tryOut,
  record,
  conformance,
  token,
  registerChannels,
  reconcile,
];

/**
 * Runs a command line.
 *
 * @param args what comes after the program's own name
 * @returns the exit code
 */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<number> {
  const [name = '--help', ...rest] = args;
  if (name === '--version') {
    terminal.out(version);
    return exit.done;
  }
  if (name === '--help' || rest.includes('--help')) {
    terminal.out(help(commands.find((command) => command.name === name)));
    return exit.done;
  }
  try {
    const command = commands.find((candidate) => candidate.name === name);
    if (!command)
      throw new UsageError(
        `there is no command '${name}'${meant(
          name,
          commands.map((one) => one.name),
        )}`,
      );
    const { options, words } = readArguments(command, rest);
    return await command.run(options, terminal, words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const command = commands.find((candidate) => candidate.name === name);
    terminal.error(`klantbrug: ${error.message}\nSee klantbrug ${command ? `${name} ` : ''}--help`);
    return exit.usage;
  }
}

function help(only: Command | undefined): string {
  const shown = only ? [only] : commands;
  const lines = shown.flatMap((command) => [
    `  klantbrug ${command.name} ${usage(command)}`,
    `      ${command.summary}`,
    ...(only?.words ? [`      ${only.words.name}  ${only.words.meaning}`] : []),
    ...(only ? Object.entries(only.options).map(([name, { meaning }]) => `      --${name}  ${meaning}`) : []),
  ]);
  return [
    'Klantbrug: the Klanten, Contactmomenten and Verzoeken APIs on the CRM that you have.',
    '',
    ...lines,
    '  klantbrug --help | --version',
    '',
    'Exit codes: 0 done, 1 something is wrong with what was asked for, 2 the command line is wrong.',
  ].join('\n');
}

function usage({ options, words }: Command): string {
  const said = Object.entries(options).map(([name, { required, flag }]) => {
    const text = flag ? `--${name}` : `--${name} ${name.toUpperCase()}`;
    return required ? text : `[${text}]`;
  });
  return [...said, ...(words ? [`[${words.name} …]`] : [])].join(' ');
}

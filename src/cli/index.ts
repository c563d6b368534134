import { meant } from '../mapping/meant.ts';
import { type Command, exit, isUsageError, readArguments, type Terminal, UsageError } from './command.ts';

/** Every command, in the order of `--help`. Each is loaded when it is asked for: a gateway has no use for the others. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  init: async () => (await import('./init.ts')).init,
  check: async () => (await import('./check.ts')).check,
  fields: async () => (await import('./fields.ts')).fields,
  test: async () => (await import('./test.ts')).test,
  try: async () => (await import('./try.ts')).tryOut,
  record: async () => (await import('./record.ts')).record,
  conformance: async () => (await import('./conformance.ts')).conformance,
  token: async () => (await import('./token.ts')).token,
  'register-channels': async () => (await import('./register-channels.ts')).registerChannels,
  reconcile: async () => (await import('./reconcile.ts')).reconcile,
};

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
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === '--help' || rest.includes('--help')) {
    terminal.out(
      help(load ? [await load()] : await Promise.all(Object.values(commands).map((each) => each()))),
    );
    return exit.done;
  }
  try {
    if (!load) throw new UsageError(`there is no command '${name}'${meant(name, Object.keys(commands))}`);
    const command = await load();
    const { options, words } = readArguments(command, rest);
    return await command.run(options, terminal, words);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    terminal.error(`klantbrug: ${error.message}\nSee klantbrug ${load ? `${name} ` : ''}--help`);
    return exit.usage;
  }
}

function help(shown: readonly Command[]): string {
  const [only] = shown.length === 1 ? shown : [];
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

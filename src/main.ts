#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { runCommandLine } from './cli/index.ts';
import type { Terminal } from './cli/command.ts';
import { unexpectedError } from './observe/events.ts';
import { standardOutput } from './observe/log.ts';

/** The program `klantbrug`: the only file that touches the process. */
const terminal: Terminal = {
  environment: process.env,
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
  log: () => {
    const log = standardOutput();
    process.on('exit', () => log.flush?.());
    return log;
  },
  interactive: process.stdout.isTTY && process.stderr.isTTY && !process.env.NO_COLOR,
  wait,
  stopRequested: () =>
    new Promise((resolve) => {
      // `on`, not `once`: a second Ctrl-C must not cut off the requests that the first one lets finish.
      process.on('SIGTERM', resolve).on('SIGINT', resolve);
    }),
};

// Node would print the message of an exception, which may quote what it stumbled on.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${JSON.stringify(unexpectedError(error))}\n`);
  process.exit(1);
});

const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const code = await runCommandLine(process.argv.slice(2), terminal, manifest.version);
// Once everything is written, also through a pipe: a call to a backend that still hangs must not keep us.
process.stdout.write('', () => process.exit(code));

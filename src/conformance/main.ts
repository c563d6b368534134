import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CannotRun, checksMatching, conform } from './run/conform.ts';
import { help, readCommandLine, UsageError } from './run/options.ts';
import { junitOf } from './run/report/junit.ts';
import { lineOf, tableOf } from './run/report/table.ts';

/** `npm run conformance`: tries an implementation of these APIs from outside. `--help` says everything else. */

/** Nothing failed; something failed; it could not run. */
const exit = { passed: 0, failed: 1, couldNotRun: 2 } as const;

/** The first Ctrl-C leaves the rest of the checks; what was made is still removed. */
let aborted = false;
process.on('SIGINT', stop).on('SIGTERM', stop);

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const command = readCommandLine(process.argv.slice(2), process.env);
    if (command.kind === 'help') return said(help);
    if (command.kind === 'list')
      return said(
        checksMatching(command.only)
          .map(({ id, title }) => `${id}: ${title}`)
          .join('\n'),
      );
    const { options, junit } = command;
    const found = await conform(
      options,
      (tried) => said(lineOf(tried)),
      () => aborted,
    );
    said(tableOf(found));
    if (junit !== undefined) await written(junit, junitOf(found));
    const isStopped = aborted ? exit.couldNotRun : exit.passed;
    return found.tried.some(({ outcome }) => outcome.kind === 'failed') ? exit.failed : isStopped;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof CannotRun)) throw error;
    process.stderr.write(
      `${error.message}\n${error instanceof UsageError ? '\n--help says how to use it.\n' : ''}`,
    );
    return exit.couldNotRun;
  }
}

/** The report is told already when this fails. */
async function written(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new CannotRun(`The JUnit file ${file} cannot be written.`, { cause: error });
  }
}

function said(text: string): number {
  process.stdout.write(`${text}\n`);
  return exit.passed;
}

function stop(): void {
  if (!aborted) process.stderr.write('Stopping: what was made is removed first.\n');
  aborted = true;
}

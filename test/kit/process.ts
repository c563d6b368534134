import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { allLogLines } from './log.ts';
import { until } from './until.ts';

/** The top of the checkout. */
export const root = path.resolve(import.meta.dirname, '../..');

/** What each process may take on a machine that is busy: it has to start Node and compile TypeScript. */
export const processLimit = 120_000;

/** How long a program that a failed spec left behind may take to end. */
const patience = 5000;

/** A program of ours that runs, or ran. */
export interface RunningProgram {
  /** What it wrote to standard output and to standard error so far. */
  readonly out: string;
  readonly error: string;
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Waits until it wrote a text. */
  writes(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** What a program is started with. */
interface ProgramOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Its output is for a person, and shows invented particulars on purpose: it is no log. */
  readonly forPeople?: boolean;
}

/** Starts programs for the specs of the surrounding `describe`, and ends those that are left. */
export function programs() {
  const started = new Set<ChildProcess>();

  // Politely first: the demonstration has programs of its own to end.
  after(async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      for (const child of running()) child.kill(signal);
      await until('every program ended', () => running().length === 0, patience).catch(() => undefined);
    }
  });

  function running(): ChildProcess[] {
    return [...started].filter((child) => child.exitCode === null && child.signalCode === null);
  }

  function start(file: string, args: readonly string[], options: ProgramOptions = {}): RunningProgram {
    const child = spawn(process.execPath, [...programOf(file), ...args], {
      cwd: root,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.add(child);
    const written = { out: '', error: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (written.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (written.error += text));
    const ended = once(child, 'close').then(([code]) => {
      if (options.forPeople !== true) allLogLines.push(...`${written.out}\n${written.error}`.split('\n'));
      return code as number | null;
    });
    return {
      get out() {
        return written.out;
      },
      get error() {
        return written.error;
      },
      ended,
      writes: (text) =>
        until(
          `"${text}" was written`,
          () => {
            if (written.out.includes(text) || written.error.includes(text)) return true;
            if (child.exitCode === null && child.signalCode === null) return false;
            throw new Error(`The program ended: ${written.error}`);
          },
          processLimit,
        ),
      kill: (signal) => child.kill(signal),
    };
  }

  return {
    start,
    /** `klantbrug …`, still running. */
    klantbrug: (args: readonly string[], options?: ProgramOptions) => start('src/main.ts', args, options),
    /** `klantbrug …`, to its end. */
    result: async (args: readonly string[], options?: ProgramOptions) => {
      const program = start('src/main.ts', args, options);
      const code = await program.ended;
      return { code, out: program.out, error: program.error };
    },
  };
}

/** How Node starts a program: what `npm ci` built of it, which starts ten times as fast, unless it is older than `src`. */
function programOf(file: string): string[] {
  const built = path.join(root, file.replace(/^src\b/, 'dist').replace(/\.ts$/, '.js'));
  isBuilt ??= existsSync(built) && statSync(path.join(root, 'dist/main.js')).mtimeMs > newestSource();
  return isBuilt && existsSync(built) ? [built] : ['--import', 'tsx', path.join(root, file)];
}

let isBuilt: boolean | undefined;

function newestSource(): number {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => statSync(path.join(root, 'src', file)).mtimeMs));
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

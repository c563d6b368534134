import { runCommandLine } from '../../src/cli/index.ts';
import type { Terminal } from '../../src/cli/command.ts';
import { until } from '../kit/until.ts';

/** The version that the command line is told, when it runs inside a spec. */
export const version = '1.2.3';

/** What a command wrote so far. */
interface Written {
  out: string;
  error: string;
}

/** Runs a command line inside this process, where a process of its own would show nothing more. */
export async function inside(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  options: Partial<Terminal> = {},
): Promise<{ code: number; out: string; error: string }> {
  const written = { out: '', error: '' };
  const code = await runCommandLine(args, { ...terminalOf(written), environment, ...options }, version);
  return { code, ...written };
}

/** Runs a command line that does not end by itself; `written` grows meanwhile. */
export function insideUntilStopped(args: readonly string[], limitMs: number) {
  const written = { out: '', error: '' };
  let stop = (): void => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = () => {
      resolve('a spec');
    };
  });
  const terminal = { ...terminalOf(written), stopRequested: () => stopped };
  const code = runCommandLine(args, terminal, version);
  return {
    /** Waits until it wrote a text. Gives all that it wrote since it was last waited for. */
    async writes(text: string): Promise<string> {
      await until(`"${text}" was written`, () => written.out.includes(text), limitMs);
      const all = written.error + written.out;
      Object.assign(written, { out: '', error: '' });
      return all;
    },
    stop: () => {
      stop();
      return code;
    },
  };
}

function terminalOf(written: Written): Terminal {
  return {
    environment: {},
    out: (text) => (written.out += `${text}\n`),
    error: (text) => (written.error += `${text}\n`),
    log: () => ({ write: (line) => (written.out += line) }),
    interactive: false,
    // Time costs nothing here.
    wait: () => Promise.resolve(),
    stopRequested: () => Promise.resolve('a spec'),
  };
}

import { runCommandLine } from '../../src/cli/index.ts';

/** The version that the command line is told, when it runs inside a spec. */
export const version = '1.2.3';

/** Runs a command line inside this process, where a process of its own would show nothing more. */
export async function inside(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; error: string }> {
  const written = { out: '', error: '' };
  const code = await runCommandLine(
    args,
    {
      environment,
      out: (text) => (written.out += `${text}\n`),
      error: (text) => (written.error += `${text}\n`),
      stopRequested: () => Promise.resolve('a spec'),
    },
    version,
  );
  return { code, ...written };
}

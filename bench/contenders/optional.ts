import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A contender that cannot be had on this machine, and why. */
export interface LeftOut {
  readonly leftOut: string;
}

const run = promisify(execFile);

/** What a program prints; undefined when it is not there, or fails. */
export async function outputOf(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(program, args);
    return stdout + stderr;
  } catch {
    return undefined;
  }
}

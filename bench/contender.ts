import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A process under measurement. */
export interface Contender {
  readonly url: string;
  /** Microseconds of processor time so far. */
  cpu(): Promise<number>;
  stop(): void;
}

/** Starts one of `bench/processes` and waits until it tells where it listens. */
export async function start(
  name: string,
  args: readonly string[],
  environment: object = {},
): Promise<Contender> {
  const file = path.join(import.meta.dirname, 'processes', `${name}.ts`);
  const child: ChildProcess = fork(file, args, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  });
  const [started] = (await once(child, 'message')) as [{ url: string }];
  return {
    url: started.url,
    async cpu() {
      child.send('cpu');
      const [answer] = (await once(child, 'message')) as [{ cpu: number }];
      return answer.cpu;
    },
    stop: () => child.kill(),
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** What a process has used so far. */
export interface Usage {
  /** Microseconds of processor time. */
  readonly cpu: number;
  /** Bytes of memory that it has now. */
  readonly memory: number;
  /** Requests that it answered, where it counts them. */
  readonly answered: number;
}

/** How to ask for it. */
export interface UsageQuestion {
  /** All that is resident, or what is kept when garbage is collected; the first when it is left out. */
  readonly memory?: 'all' | 'kept';
}

/** A process that answers requests, and tells what that costs it. */
export interface Contender {
  readonly url: string;
  usage(question?: UsageQuestion): Promise<Usage>;
}

/** A process of the benchmark that is asked things over its channel. */
export interface Helper {
  /** What it said when it was ready. */
  readonly ready: unknown;
  ask(question: object): Promise<unknown>;
  stop(): void;
}

/** What a process is started with, besides its arguments. */
export interface Surroundings {
  /** Variables that it finds in its environment. */
  readonly environment?: object;
  /** Options of Node. */
  readonly options?: readonly string[];
}

/** Starts one of `bench/processes`, and waits until it is ready. */
export async function startHelper(
  name: string,
  args: readonly string[] = [],
  { environment = {}, options = [] }: Surroundings = {},
): Promise<Helper> {
  const child = fork(path.join(import.meta.dirname, 'processes', `${name}.js`), args, {
    execArgv: [...process.execArgv, ...options],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    // What it logs is written, and read by nobody.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    ready: await answerOf(child, name),
    ask(question) {
      const answer = answerOf(child, name);
      child.send(question);
      return answer;
    },
    stop: () => child.kill(),
  };
}

/** A helper that answers requests. */
export function contenderOf(helper: Helper): Contender {
  const { url } = helper.ready as { url: string };
  return { url, usage: async (question = {}) => (await helper.ask(question)) as Usage };
}

/** The next thing that a process says; one that ends says nothing more. */
function answerOf(child: ChildProcess, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      reject(new Error(`The process ${name} of the benchmark ended.`));
    };
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer);
    });
  });
}

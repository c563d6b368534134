import { startHelper } from '../process.ts';
import type { Measured, Stretch, Work } from './work.ts';

/** The load generator. */
export interface Generator {
  /** Opens the connections of some work, and closes those of the work before. */
  prepare(work: Work): Promise<void>;
  /** Does the prepared work for a while. `cpu`: the microseconds of processor time that this took the generator. */
  run(stretch: Stretch): Promise<Measured & { readonly cpu: number }>;
  stop(): void;
}

/** Starts it in a process of its own. */
export async function startGenerator(): Promise<Generator> {
  const helper = await startHelper('load');
  const ask = async (question: object): Promise<unknown> => {
    const answer = (await helper.ask(question)) as { error?: string };
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
  return {
    async prepare(work) {
      await ask({ prepare: work });
    },
    run: async (stretch) => (await ask({ run: stretch })) as Measured & { cpu: number },
    stop: () => {
      helper.stop();
    },
  };
}

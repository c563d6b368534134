import { type Prepared, prepare } from '../load/run.ts';
import type { Stretch, Work } from '../load/work.ts';
import { endWithBenchmark } from './answer-usage.ts';

/** The load generator, in a process of its own: so its processor time is known, and nobody else's. */
let prepared: Prepared | undefined;

process.on('message', (question: { prepare: Work } | { run: Stretch }) => {
  answer(question).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
endWithBenchmark();
process.send?.({});

async function answer(question: { prepare: Work } | { run: Stretch }): Promise<object> {
  if ('prepare' in question) {
    prepared?.close();
    prepared = await prepare(question.prepare);
    return {};
  }
  if (!prepared) throw new Error('There is no work.');
  const before = process.cpuUsage();
  const measured = await prepared.run(question.run);
  const { user, system } = process.cpuUsage(before);
  return { ...measured, cpu: user + system };
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Usage, UsageQuestion } from '../process.ts';

/**
 * Tells the benchmark where this process listens, and then, as often as it asks, what it has used. Throughput alone
 * says little on a machine that also runs the load and the backend.
 */
export function answerUsage(url: string, answered: () => number = () => 0): void {
  process.on('message', ({ memory }: UsageQuestion) => {
    const { user, system } = process.cpuUsage();
    const usage: Usage = {
      cpu: user + system,
      memory: memory === 'kept' ? keptMemory() : process.memoryUsage.rss(),
      answered: answered(),
    };
    process.send?.(usage);
  });
  endWithBenchmark();
  process.send?.({ url });
}

/** What is in use when garbage is collected. V8 holds on to more than that, for as long as nobody else needs it. */
function keptMemory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A benchmark that is broken off leaves no processes behind. */
export function endWithBenchmark(): void {
  process.on('disconnect', () => {
    process.exit();
  });
}

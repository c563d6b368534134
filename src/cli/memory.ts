import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from taking what requests are made of for something that lives long. After one burst of a hundred requests at the same
 * time it does, for good: from then on it makes such objects among the old ones, which are collected seldom and at a high
 * price. It costs a fifth to a third of the processor time of every later request.
 */
export function keepRequestsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

/**
 * Gives back the memory that a start took and no longer needs, some 20 MB. V8 would keep it until it is busy, and a gateway that
 * is hardly asked anything never is. It holds everything up once, for some tens of milliseconds.
 */
export async function giveBackMemory(): Promise<void> {
  try {
    const { Session } = await import('node:inspector');
    const session = new Session();
    session.connect();
    session.post('HeapProfiler.collectGarbage', () => {
      // Not here: a session that ends while it answers never does, and neither does the process.
      setImmediate(() => {
        session.disconnect();
      });
    });
  } catch {
    // A Node without an inspector, or one that may not use it, keeps the memory.
  }
}

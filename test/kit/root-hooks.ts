import { allLogLines } from './log.ts';
import { personalDataInLog } from './personal-data.ts';

/**
 * Runs after every other spec: what all gateways of this run logged, and what our programs wrote, must give nobody
 * away. It names the kind of data and the event, never the value.
 */
export const mochaHooks = {
  afterAll(this: Mocha.Context): void {
    this.timeout(120_000);
    const found = personalDataInLog(allLogLines);
    if (found.length > 0) throw new Error(`The logs of this run hold personal data: ${found.join('; ')}.`);
  },
};

import { noteTest, writeEvidence } from './evidence.ts';
import { allLogLines } from './log.ts';
import { personalDataInLog } from './personal-data.ts';

/**
 * Around every spec: what each test that passed proves. After all of them: what all gateways of this run logged, and
 * what our programs wrote, must give nobody away. It names the kind of data and the event, never the value.
 */
export const mochaHooks = {
  afterEach(this: Mocha.Context): void {
    noteTest(this.currentTest);
  },

  afterAll(this: Mocha.Context): void {
    this.timeout(120_000);
    writeEvidence();
    const found = personalDataInLog(allLogLines);
    if (found.length > 0) throw new Error(`The logs of this run hold personal data: ${found.join('; ')}.`);
  },
};

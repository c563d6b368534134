import { expect } from 'chai';
import { patience } from '../../src/backend/patience.ts';
import { standStill } from '../kit/stand-still.ts';

describe('§8 Each stage of a call has its own limit', () => {
  it('which begins with the stage: what the one before took does not count', async () => {
    const began = await new Promise<number>((lost) => {
      let renewed = 0;
      const waiting = patience(() => {
        lost(renewed);
      });
      waiting.renew(10_000);
      standStill(80);
      renewed = performance.now();
      waiting.renew(100);
    });
    // A timer may end a millisecond early by another clock.
    expect(performance.now() - began).to.be.at.least(99);
  });
});

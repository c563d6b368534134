import { expect } from 'chai';
import fc from 'fast-check';
import { expressions, inputs } from './expressions.ts';
import { compiledOutcome, interpretedOutcome, parses } from './outcome.ts';

/** Thousands here; as many as one wants with `KLANTBRUG_RUNS=1000000 npx mocha … test/jsonata/differential.spec.ts`. */
const runs = Number(process.env.KLANTBRUG_RUNS ?? 4000);

describe('a compiled expression', function () {
  this.timeout(0);

  it('comes to what JSONata comes to, or leaves it to JSONata', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(expressions.filter(parses), inputs, async (source, input) => {
        const compiled = await compiledOutcome(source, structuredClone(input));
        if (typeof compiled === 'string') return;
        answered += 1;
        const interpreted = await interpretedOutcome(source, structuredClone(input));
        // JSONata stumbles on some mistakes once more: on a function in the message about them.
        if ('code' in interpreted && interpreted.code === 'none') expect(compiled).to.have.property('code');
        else expect(compiled).to.deep.equal(interpreted);
      }),
      { numRuns: runs },
    );
    expect(answered).to.be.greaterThan(runs / 2);
  });
});

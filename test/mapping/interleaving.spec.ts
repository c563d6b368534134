import { expect } from 'chai';
import fc from 'fast-check';
import { parseExpression } from '../../src/mapping/expression.ts';
import { runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';

/** Keeps things from before a pause until after it, in every way that JSONata has. */
const source = `(
  $mine := number;
  $pause(1);
  $again := function($left) { $left > 0 ? ($pause($left); $again($left - 1)) : $mine };
  {
    "input": [$pause(number), $$.number, $.number],
    "variable": $mine,
    "binding": [$own, $pause(2) ? $own],
    "closure": $again(2),
    "mapped": items.($pause($) + $mine),
    "reduced": $reduce(items, function($sum, $item) { $pause($sum) + $item }, number)
  }
)`;

function resultFor(number: number) {
  return {
    input: [number, number, number],
    variable: number,
    binding: [number, number],
    closure: number,
    mapped: [number + 1, 2 * number + 1],
    reduced: 2 * number + 2,
  };
}

describe('an expression that is evaluated several times at once', () => {
  it('never mixes its inputs, whichever evaluation goes on first', async () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 10, max: 99 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), numbers, async (scheduler, inputs) => {
        const pause = (value: unknown) => scheduler.schedule(Promise.resolve(value));
        const run = parseExpression('a', source).compile(
          { pause },
          { timeMs: 60_000, depth: 2000, items: 1000, text: 10_000 },
        );
        const evaluations = Promise.all(
          inputs.map((number) => run({ number, items: [1, number + 1] }, { own: number })),
        );
        await scheduler.waitFor(evaluations);
        expect(await evaluations).to.deep.equal(inputs.map(resultFor));
      }),
      { numRuns: 30 },
    );
  });

  it('goes on after one of them failed', async () => {
    const run = parseExpression('a', 'number > 5 ? $error("x") : number').compile(
      {},
      { timeMs: 60_000, depth: 100, items: 100, text: 10_000 },
    );
    const results = await Promise.allSettled([1, 9, 2, 8, 3].map((number) => run({ number }, {})));
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).to.deep.equal([
      1,
      'failed',
      2,
      'failed',
      3,
    ]);
  });
});

describe('a gateway that is asked for many klanten at once', () => {
  const gateway = runningGateway();

  it('gives each client its own klant', async () => {
    const places = Array.from({ length: 40 }, (_, index) => klantPath(100_001 + index));
    const together = await Promise.all(places.map((place) => gateway.get(place)));
    for (const [index, place] of places.entries()) {
      expect(together[index]?.status, place).to.equal(200);
      expect(together[index]?.text).to.equal((await gateway.get(place)).text);
    }
    expect(new Set(together.map(({ text }) => text))).to.have.property('size', places.length);
  });
});

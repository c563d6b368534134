import { expect } from 'chai';
import fc from 'fast-check';
import { parseExpression } from '../../src/mapping/expression.ts';
import { fixedBindings } from '../../src/mapping/functions.ts';
import { pairCodec } from '../../src/mapping/ids.ts';

const fixed = fixedBindings({ settings: {}, codes: {}, clock: Date, random: () => 0 });
const expression = parseExpression('a', '$fingerprint(value)').compile(fixed, {
  timeMs: 5000,
  depth: 500,
  items: 500,
  text: 10_000,
});
const fingerprint = (value: unknown) => expression({ value }, {});

describe('$fingerprint', () => {
  // Computed outside this code: the first 48 bits of the SHA-256 of the text in UTF-8. Parts of URLs, so for ever.
  const golden: readonly [string, number][] = [
    ['', 250348346448124],
    ['a', 222752054364699],
    ['https://documenten.example/1', 75463450814721],
    ['é😀', 19262155917333],
  ];
  for (const [text, number] of golden) {
    it(`of ${JSON.stringify(text)} is ${number}`, async () => {
      expect(await fingerprint(text)).to.equal(number);
    });
  }

  it('fits in half of an id', async () => {
    const codec = pairCodec(['integer', 'integer'], 'verzoekinformatieobject');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const number = await fingerprint(text);
        expect(codec.fromUuid(codec.toUuid([900007, number]) ?? '')).to.deep.equal([900007, number]);
      }),
    );
  });

  it('is nothing of what is no text', async () => {
    for (const value of [undefined, null, 7, true, {}, ['a', 'b']]) {
      expect(await fingerprint(value), JSON.stringify(value)).to.equal(undefined);
    }
  });
});

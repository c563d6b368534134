import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, failureOf } from './evaluate.ts';

describe('$pieces', () => {
  it('cuts a text into pieces that fit, of whole characters and lines, and that are the text together', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '😀', '\r\n', '\n', '\r', ' '), { minLength: 1, maxLength: 30 })
      .map((signs) => signs.join(''));
    const lengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(text, lengths, async (given, sizes) => {
        const call = `$pieces(given, ${sizes.join(', ')})`;
        // Each piece but the last may be one short.
        const fits = given.length <= sizes.reduce((sum, size) => sum + size, 0) - sizes.length;
        if ((await failureOf(call, { given })) !== undefined) {
          expect(fits).to.equal(false);
          return;
        }
        const pieces = await evaluate(`[${call}]`, { given });
        if (!Array.isArray(pieces)) throw new Error('no list');
        expect(pieces.join('')).to.equal(given);
        for (const [index, piece] of pieces.map(String).entries()) {
          expect(piece.length).to.be.at.most(sizes[index] ?? 0);
          expect(piece.isWellFormed()).to.equal(true);
          if (piece.endsWith('\r')) expect(String(pieces[index + 1] ?? '')).to.not.match(/^\n/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('leaves out what is not needed', async () => {
    expect(await evaluate('[$pieces("abc", 5, 5)]')).to.deep.equal(['abc']);
    expect(await evaluate('$exists($pieces("abc", 5, 5)[1])')).to.equal(false);
    expect(await evaluate('$exists($pieces("", 5))')).to.equal(false);
    expect(await evaluate('$exists($pieces(null, 5))')).to.equal(false);
  });

  for (const [what, call] of [
    ['a text that is too long for all of them', '$pieces("abcdef", 2, 3)'],
    ['a piece without a length', '$pieces("abcdef", 0, 9)'],
    ['a length that is no whole number', '$pieces("abcdef", 1.5, 9)'],
    ['no lengths', '$pieces("abc")'],
    ['a character that does not fit in a piece', '$pieces("😀", 1)'],
    ['what is no text', '$pieces(["a"], 9)'],
  ] as const) {
    it(`fails for ${what}`, async () => {
      expect(await failureOf(call)).to.equal('K0010');
    });
  }
});

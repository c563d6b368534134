import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, failureOf } from './evaluate.ts';

const runs = { numRuns: 100 };

const halves = fc.oneof(
  fc.nat(),
  fc.nat().map(String),
  fc.constantFrom(
    'a',
    'a__b',
    '_',
    'a|b',
    'a,b',
    '"',
    '%5F',
    '%',
    '1 "2',
    'é😀',
    'https://zaken.example/1_2',
  ),
  fc.string({ unit: 'grapheme', minLength: 1 }),
);
const links = fc.oneof(halves, fc.tuple(halves, halves));

describe('$linkKey', () => {
  it('is the same for the same link only', async () => {
    await fc.assert(
      fc.asyncProperty(links, links, async (one, other) => {
        const keys = await Promise.all([one, other].map((link) => evaluate('$linkKey(link)', { link })));
        expect(keys[0] === keys[1]).to.equal(JSON.stringify(one) === JSON.stringify(other));
      }),
      runs,
    );
  });

  it('tells a number from its digits, and two halves from one text', async () => {
    const given = [7, '7', [7, 8], '7 8', ['7', '8'], '7" "8'];
    const keys = await Promise.all(given.map((link) => evaluate('$linkKey(link)', { link })));
    expect(new Set(keys)).to.have.property('size', given.length);
  });

  it('has nothing that a condition cannot hold', async () => {
    await fc.assert(
      fc.asyncProperty(links, async (link) => {
        const key = String(await evaluate('$linkKey(link)', { link }));
        expect(await evaluate('$dataAttr("x", "in", key)', { key })).to.equal(`x__in__${key}`);
      }),
      runs,
    );
  });

  it('makes nothing of nothing, and fails for what is no link', async () => {
    expect(await evaluate('[$linkKey(missing), $linkKey(null), $linkKey("")]')).to.deep.equal([]);
    expect(await failureOf('$linkKey({ "a": 1 })')).to.equal('K0008');
    expect(await failureOf('$linkKey(half)', { half: '\ud83d' })).to.equal('K0008');
  });
});

describe('$dataAttr', () => {
  it('is a condition of a text, a number or a list', async () => {
    expect(await evaluate('$dataAttr("naam", "icontains", "O\'Brien, a|b & co")')).to.equal(
      "naam__icontains__O'Brien, a|b & co",
    );
    expect(await evaluate('$dataAttr("adres__nr", "gte", 0)')).to.equal('adres__nr__gte__0');
    expect(await evaluate('$dataAttr("nr", "in", ["7", "8"])')).to.equal('nr__in__7|8');
  });

  it('is nothing without a value, so that the condition is left out', async () => {
    expect(await evaluate('[$dataAttr("a", "exact", missing), $dataAttr("a", "exact", "")]')).to.deep.equal(
      [],
    );
  });

  for (const [what, source] of Object.entries({
    'a value that looks like a condition': '$dataAttr("a", "exact", "x__in__y")',
    'a value that moves the underscores': '$dataAttr("a", "exact", "_x")',
    'an item of a list with the sign between items': '$dataAttr("a", "in", ["x|y"])',
    'a list for another operator': '$dataAttr("a", "exact", ["x", "y"])',
    'a field with other signs': '$dataAttr("a,b", "exact", "x")',
    'an object': '$dataAttr("a", "exact", { "b": 1 })',
    'a control character': '$dataAttr("a", "exact", "x\\u0000")',
  })) {
    it(`fails for ${what}`, async () => {
      expect(await failureOf(source)).to.equal('K0008');
    });
  }
});

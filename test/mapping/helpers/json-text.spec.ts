import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, failureOf } from './evaluate.ts';

describe('$json', () => {
  it('gives back what was written as JSON', async () => {
    const written = fc.json().filter((text) => !/__proto__|_jsonata_/.test(text) && text !== '""');
    await fc.assert(
      fc.asyncProperty(written, async (text) => {
        expect(await evaluate('$json(text)', { text })).to.deep.equal(JSON.parse(text));
      }),
      { numRuns: 100 },
    );
  });

  it('reads what $string writes of an object', async () => {
    const given = { vak: [{ naam: "O'Brien 🌷", leeg: null, aan: true, aantal: 12.5 }], tekst: 'a"b\\c\n' };
    expect(await evaluate('$json($string(given))', { given })).to.deep.equal(given);
  });

  it('makes nothing of nothing, and a value of each kind', async () => {
    for (const nothing of ['""', 'null', 'absent']) {
      expect(await evaluate(`$exists($json(${nothing}))`)).to.equal(false);
      expect(await evaluate(`$exists($json(${nothing}, 1))`)).to.equal(false);
    }
    expect(await evaluate('$json("null")')).to.equal(null);
    expect(await evaluate('$json("[]")')).to.deep.equal([]);
    expect(await evaluate('$json(" 7 ")')).to.equal(7);
    expect(await evaluate('$type($json("[1]"))')).to.equal('array');
    expect(await evaluate('["[1]", "{}"] ~> $map($json) ~> $map($type)')).to.deep.equal(['array', 'object']);
  });

  const wrong: readonly [string, unknown][] = [
    ['no JSON', 'Jansen'],
    ['half of it', '{"a": [1, 2'],
    ['two of them', '{} {}'],
    ['what is no text', { a: 1 }],
    ['blanks only', '  '],
    ['lists in one another without end', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['a name that JSONata gives to functions', '{"a": {"_jsonata_lambda": true}}'],
    ['a name that JavaScript gives to what is behind an object', '{"__proto__" : {"a": 1}}'],
  ];
  for (const [what, text] of wrong) {
    it(`refuses ${what}, unless it is told what to do`, async () => {
      expect(await failureOf('$json(text)', { text })).to.equal('K0011');
      expect(await evaluate('$json(text, "anders")', { text })).to.equal('anders');
      expect(await evaluate('$json(text, null)', { text })).to.equal(null);
    });
  }

  it('is within the bounds of every evaluation', async () => {
    const text = JSON.stringify(Array.from({ length: 150 }, () => 1));
    expect(await failureOf('$count($json(text))', { text }, { limits: { items: 15 } })).to.equal('K0004');
    expect(await failureOf('$count($json(text))', { text }, { limits: { items: 16 } })).to.equal(undefined);
    expect(await failureOf('$count($json(text))', { text }, { limits: { text: text.length - 1 } })).to.equal(
      'K0003',
    );
  });
});

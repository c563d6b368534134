import { expect } from 'chai';
import { mistakesIn } from './files.ts';

describe('YAML mistakes', () => {
  const texts: readonly [string, string, [number, number], string][] = [
    ['a duplicate key', 'listen: {}\nlisten: {}', [2, 1], 'each key once'],
    ['a number and its text as keys', 'a:\n  1: x\n  "1": y', [3, 3], 'each key once'],
    ['a tab', 'listen:\n\tport: 1', [2, 1], 'spaces for indentation'],
    ['an unquoted variable in braces', 'a: { b: ${X} }', [1, 10], 'quotes around ${NAME}'],
    ['an anchor', 'a: &a 1', [1, 7], 'anchors'],
    ['an alias', 'a: *b', [1, 4], 'aliases'],
    ['a tag', 'a: !!js/function x', [1, 4], 'no tags'],
    ['a key that is a list', '? [a]\n: b', [1, 3], 'plain text'],
    ['a second document', 'a: 1\n---\nb: 2', [2, 1], 'one document'],
    ['text with a colon', 'a: b: c', [1, 4], 'quotes'],
    ['an open bracket', 'a: [1', [1, 6], 'closed brackets'],
    ['an open quote', 'a: "b', [1, 6], 'a closing quote'],
    ['endless nesting', `a:\n  ${'['.repeat(100_000)}`, [2, 102], 'nesting'],
    ['endless nesting of another kind', '- '.repeat(100_000), [1, 201], 'nesting'],
  ];
  for (const [what, text, [line, column], says] of texts) {
    it(`points at ${what}`, async () => {
      const [first] = await mistakesIn(text);
      expect([first?.line, first?.column]).to.deep.equal([line, column]);
      expect(first?.expected).to.contain(says);
    });
  }

  it('does not expand a bomb', async () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index},*a${index}]`,
    );
    const mistakes = await mistakesIn(`a0: &a0 x\n${lines.join('\n')}`);
    expect(mistakes).to.have.length(31);
  });
});

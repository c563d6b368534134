import { expect } from 'chai';
import { parseExpression } from '../../src/mapping/expression.ts';

describe('Translations for many at once', () => {
  it('take turns, so that the time of the others counts towards the time limit of none', async () => {
    const marks: string[] = [];
    const mark = (text: unknown) => {
      marks.push(String(text));
      return text;
    };
    const limits = { timeMs: 10_000, depth: 100, items: 100, text: 10_000 };
    const source = '($mark(name & " begins"); $map([1..20], function($n) { $n }); $mark(name & " ends"))';
    const translate = parseExpression('a.jsonata', source).compile({ mark }, limits);
    const names = ['a', 'b', 'c'];
    await Promise.all(names.map((name) => translate({ name }, {})));
    expect(marks).to.deep.equal(names.flatMap((name) => [`${name} begins`, `${name} ends`]));
  });
});

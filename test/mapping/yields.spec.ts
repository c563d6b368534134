import { expect } from 'chai';
import { parseExpression } from '../../src/mapping/expression.ts';
import { originOf } from '../../src/mapping/origins.ts';
import { type Yields, yieldsOf } from '../../src/mapping/yields.ts';

/** As words: `record`, `fixed`, `open` and the keys, so that a test reads like what it is about. */
function words({ record, fixed, open, keys }: Yields): unknown {
  const flags = Object.entries({ record, fixed, open }).flatMap(([name, is]) => (is ? [name] : []));
  if (keys.size === 0) return flags.join(' ');
  const inside = Object.fromEntries([...keys].map(([name, value]) => [name, words(value)]));
  return flags.length === 0 ? inside : [flags.join(' '), inside];
}

describe('what an expression can give', () => {
  for (const [source, expected] of [
    ['{ "a": A }', { a: 'record open' }],
    ['{ "a": "x", "b": 1, "c": $settings.c }', { a: 'fixed', b: 'fixed', c: 'fixed open' }],
    ['{ "a": null, "b": "" }', { a: '', b: '' }],
    ['{ "a": A ?: "x", "b": B ?? $settings.b }', { a: 'record fixed open', b: 'record fixed open' }],
    ['{ "a": $decode("table", A), "b": "https://" & B }', { a: 'record', b: 'record' }],
    ['{ "a": A = "P" ? "person" : "other" }', { a: 'record' }],
    ['{ "a": [A, "x"], "b": -1 }', { a: 'record open', b: 'fixed' }],
    ['{ "a": { "b": B } }', { a: { b: 'record open' } }],
    ['( $v := { "b": B }; { "a": $v } )', { a: { b: 'record open' } }],
    [
      '( $f := function($x) { { "b": $x } }; { "a": $f(A), "c": $f("x") } )',
      { a: { b: 'record open' }, c: { b: 'fixed' } },
    ],
    ['K = 1 ? { "a": A } : { "b": B }', { a: 'record open', b: 'record open' }],
    ['$merge([{ "a": A }, { "b": "x" }])', { a: 'record open', b: 'fixed' }],
    ['$merge([{ "a": A }, REST])', ['record open', { a: 'record open' }]],
    ['{ "a": A, $string(K): B }', ['open', { a: 'record open' }]],
    ['A.{ "b": B }', { b: 'record open' }],
    ['$', 'record open'],
    ['$ ~> |$|{ "a": 1 }|', 'record open'],
    ['( $f := function($x) { $f($x) }; { "a": $f(A) } )', { a: 'record open' }],
  ] as const) {
    it(source, () => {
      expect(words(yieldsOf(originOf(parseExpression('x.jsonata', source))))).to.deep.equal(expected);
    });
  }
});

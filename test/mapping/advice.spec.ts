import { expect } from 'chai';
import { mistakesIn, soundSet } from './set.ts';

/** What somebody writes who knows another language, and words of what they are told. */
const slips: readonly (readonly [written: string, advice: string])[] = [
  ['{ "path": NR == 1 ? ["a"] : ["b"] }', 'one = compares'],
  ['{ "path": NR === 1 ? ["a"] : ["b"] }', 'one = compares'],
  ['{ "x": A && B }', 'write a and b'],
  ['{ "x": A || B }', 'write a or b'],
  ['{ "x": !A }', 'write $not(a)'],
  ['{ "x": A <> B }', 'write a != b'],
  ['{ "x": A?.B }', 'write a.b, which is nothing when there is no a'],
  ['$map(A, x => x)', 'function($x) { … }'],
  ['$map(A, x -> x)', 'function($x) { … }'],
  ['// a remark\n{ "x": A }', 'a remark is between /* and */'],
  ['let x = 1', 'write ($x := 1; …)'],
  ['if (A) B', 'write condition ? one : other'],
  ['return A', 'leave out return'],
  ['$x := 1; { "x": $x }', 'need brackets around all of them'],
  ['{ "x": A; "y": B }', 'is a comma'],
  ['{ "x" = A }', 'between a key and its value is a colon'],
  ['{ "x": A "y": B }', 'a comma is missing before it'],
  ['{ "x": A, }', 'a comma is too much'],
  ['{ "x": A } }', 'closes a bracket that was not opened'],
  ['{ "x": A ', 'a bracket is not closed'],
  ['{ "x": "A }', 'what begins here is not closed'],
  ['/* a remark', 'what begins here is not closed'],
  ['A ? B : ', 'a value is missing at the end'],
  ['{ "x": $i++ }', 'a name is given its value once'],
];

describe('what is no JSONata', () => {
  for (const [written, advice] of slips) {
    it(`is told with what to write instead: ${written}`, async () => {
      const mistakes = await mistakesIn({ ...soundSet, 'read.jsonata': written });
      const told = mistakes.find(({ file }) => file === 'read.jsonata');
      expect(told?.expected).to.contain('a JSONata expression: ').and.contain(advice);
      expect(told?.line).to.be.a('number');
    });
  }

  it('is told without advice where there is none that helps', async () => {
    const mistakes = await mistakesIn({ ...soundSet, 'read.jsonata': 'function(x) { x }' });
    expect(mistakes.find(({ file }) => file === 'read.jsonata')?.expected).to.equal('a JSONata expression');
  });
});

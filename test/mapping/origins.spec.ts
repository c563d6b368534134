import { expect } from 'chai';
import fc from 'fast-check';
import { type Bindings, parseExpression } from '../../src/mapping/expression.ts';
import { defaultLimits } from '../../src/mapping/limits.ts';
import type { Origin, Place, Places } from '../../src/mapping/origin.ts';
import { originOf } from '../../src/mapping/origins.ts';
import type { JsonObject } from '../../src/json.ts';

/** What is told of the only key of a result, as words: `is A; of D.X`. */
function told(source: string): string {
  const origin = originOf(parseExpression('x.jsonata', `( ${source} )`));
  const paths = (places: Places): string => [...places.values()].map(pathOf).sort().join(' ');
  const { is, of, by, picked, pickedWords, texts, choices, tables, constant, unknown } = origin;
  const words = {
    is: paths(is),
    of: paths(of),
    by: paths(by),
    picked: [paths(picked), ...pickedWords].filter((word) => word !== '').join(' '),
    text: [...texts].join(' '),
    choice: [...choices].join(' '),
    table: [...tables].join(' '),
    constant: constant ? 'yes' : '',
    unknown: unknown ? 'yes' : '',
  };
  return Object.entries(words)
    .flatMap(([name, word]) => (word === '' ? [] : [`${name} ${word}`]))
    .join('; ');
}

function pathOf({ root, names }: Place): string {
  return [...(root === '' ? [] : [root]), ...names].join('/');
}

describe('what a value is made of', () => {
  for (const [what, source, expected] of [
    ['a field', 'A.B', 'is A/B'],
    ['a field with an odd name', '`a.b`.`@c`', 'is a.b/@c'],
    ['one of two', 'A ?: B', 'is A B; by A'],
    ['a setting where there is nothing', 'A ? A : $settings.a', 'is $settings/a A; by A'],
    ['a constant where there is nothing', 'A ?: "none"', 'is A; text none'],
    ['nothing', 'A ? "" : null', 'by A'],
    ['a constant that a field chooses', 'A = "P" ? "person" : "other"', 'of A; choice person other'],
    ['a function', '$date(A, "yyyyMMdd")', 'of A'],
    ['a text of several', '"https://" & A & B', 'of A B'],
    ['a code table', '$decode("kind", A)', 'of A; table kind'],
    ['a variable', '$x := A.B; $y := $x; $y.C', 'is A/B/C'],
    ['a variable that is an object', '$x := { "a": A, "b": B }; $x.b', 'is B'],
    ['a function of its own', '$f := function($x) { $x.C }; $f(A)', 'is A/C'],
    ['a function that knows names around it', '$x := B; $f := function() { $x }; $f()', 'is B'],
    ['a function that calls itself', '$f := function($x) { $f($x) }; $f(A)', 'of A; unknown yes'],
    ['a piece of a pattern', '$match(A, /x(.)/)[0].groups[0]', 'of A'],
    ['an item that is picked', 'L[kind = "mail"][0].value', 'is L/value; picked L/kind mail'],
    [
      'an item that a function picks',
      '$filter(L, function($one) { $one.kind in ["a", "b"] }).value',
      'is L/value; picked L/kind a b',
    ],
    ['an item by a word in a name', '$merge(L.{ kind: value }).mail', 'is L/value; picked L/kind mail'],
    ['a key by its name', '$lookup(A, "B")', 'is A/B'],
    ['a key by the name that a function gets', '$f := function($n) { $lookup(A, $n) }; $f("B")', 'is A/B'],
    ['a key of a table that is written out', '$lookup({ "1": "one" }, A)', 'of A; choice one'],
    ['objects that are merged', '$merge([A, { "x": B }]).x', 'is A/x B'],
    ['keys that are left out', '$sift({ "x": A, "y": B }, function($v, $k) { $k in ["y"] }).x', ''],
    ['keys that are left in', '$sift({ "x": A, "y": B }, function($v, $k) { $k in ["y"] }).y', 'is B'],
    ['what is around a path', 'A.{ "x": %.B }.x', 'is B'],
    ['the input, from within a path', 'A.{ "x": $$.B }.x', 'is B'],
    ['a name for an item', 'A@$a.B.{ "x": $a.C }.x', 'is A/C'],
    ['a list that is mapped', '$map(L, function($one) { { "x": $one.V, "y": A } }).y', 'is A'],
    ['a function behind an arrow', 'A ~> $uppercase()', 'of A'],
    ['an object as a text', '$string({ "x": A, "y": { "z": B } })', 'of A B'],
    ['any key', 'A.*', 'is A/*'],
    ['what the tree does not tell', '$ ~> |A|{ "x": B }|', 'unknown yes'],
    ['the clock', '$now()', 'is $now'],
  ] as const) {
    it(`${what}: ${source}`, () => {
      expect(told(source)).to.equal(expected);
    });
  }

  it('looks at no more of an expression than can be looked at in time', () => {
    const twice = Array.from(
      { length: 40 },
      (_, index) => `$f${index + 1} := function($x) { [$f${index}($x), $f${index}($x)] };`,
    );
    expect(told(`$f0 := function($x) { $x }; ${twice.join(' ')} $f40(A)`)).to.include('unknown yes');
  });
});

/** Fields that the expressions below read, each with a text. */
const leaves = ['A', 'B', 'D.X', 'D.Y', 'L.K', 'L.V'] as const;

type Values = Readonly<Record<(typeof leaves)[number], string>>;

function recordOf(values: Values): JsonObject {
  return {
    A: values.A,
    B: values.B,
    D: { X: values['D.X'], Y: values['D.Y'] },
    L: [
      { K: values['L.K'], V: values['L.V'] },
      { K: 'X', V: 'second' },
    ],
  };
}

const text = fc.constantFrom('', 'X', 'Y', 'a');

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const part = tie('expression');
  const of = (make: (one: string, other: string, third: string) => string) =>
    fc.tuple(part, part, part).map(([one, other, third]) => make(one, other, third));
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('A', 'B', 'D.X', 'D.Y', '"X"', '$v', '$f(A)', '$f("X")', 'D.*', '$$.B', '""'),
      of((one, other, third) => `(${one} ? ${other} : ${third})`),
      of((one, other) => `(${one} ?: ${other})`),
      of((one, other) => `(${one} & ${other})`),
      of((one, other) => `(${one} = ${other})`),
      of((one, other) => `[${one}, ${other}]`),
      of((one, other) => `{ "k": ${one}, "m": ${other} }.m`),
      of((one, other) => `$merge([{ "k": ${one} }, { "k": ${other} }]).k`),
      of((one) => `$string(${one})`),
      of((one) => `$string({ "k": ${one} })`),
      of((one) => `$lookup(D, $string(${one}))`),
      of((one) => `$lookup({ "X": "x", "Y": B }, $string(${one}))`),
      of((one) => `L[K = ${one}].V`),
      of((one) => `$filter(L, function($o) { $o.K = ${one} }).V`),
      of((one) => `$merge(L.{ $string(K): V & ${one} }).X`),
      of((one, other) => `$sift({ "X": ${one}, "Y": ${other} }, function($w, $n) { $n = "X" }).X`),
      of((one) => `$map(L, function($o) { $o.V & ${one} })`),
      of((one) => `$f(${one})`),
      of((one) => `L.{ "k": K & $$.D.Y & ${one} }.k`),
      of((one, other) => `($w := ${one}; $g := function($x) { [$x, $w] }; $g(${other}))`),
    ),
  };
});

/** Whether what is told names a field, or something around it. */
function names(origin: Origin, leaf: string): boolean {
  const wanted = leaf.split('.');
  const isIt = ({ root, names: path }: Place): boolean =>
    root === '' && wanted.every((name, index) => [name, '*', undefined].includes(path[index]));
  const { is, of, by, picked, keys, anyKey } = origin;
  const inside = [...keys.values(), ...(anyKey ? [anyKey] : [])];
  return (
    [is, of, by, picked].some((places) => [...places.values()].some(isIt)) ||
    inside.some((one) => names(one, leaf))
  );
}

/** Undefined where it fails, also in what the result does not use. */
async function resultOf(source: string, values: Values): Promise<unknown> {
  const bindings: Bindings = {};
  const run = parseExpression('x.jsonata', source).compile(bindings, defaultLimits);
  try {
    return await run(recordOf(values), bindings);
  } catch {
    return undefined;
  }
}

describe('a field that is not told of', function () {
  this.timeout(60_000);

  it('never changes the result, whatever the expression', async () => {
    const values = fc.record<Values>({
      A: text,
      B: text,
      'D.X': text,
      'D.Y': text,
      'L.K': text,
      'L.V': text,
    });
    await fc.assert(
      fc.asyncProperty(expression, expression, values, values, async (result, variable, one, other) => {
        const source = `( $v := ${variable.replaceAll('$v', 'A').replaceAll('$f(', '$string(')}; $f := function($p) { [$p, D.Y] }; { "r": ${result} } )`;
        const origin = originOf(parseExpression('x.jsonata', source));
        if (origin.unknown || origin.keys.get('r')?.unknown) return;
        // Only what is not told of is another value.
        const changed = Object.fromEntries(
          leaves.map((leaf) => [leaf, names(origin, leaf) ? one[leaf] : other[leaf]]),
        ) as Values;
        const [before, after] = [await resultOf(source, one), await resultOf(source, changed)];
        if (before !== undefined && after !== undefined) expect(after, source).to.deep.equal(before);
      }),
      { numRuns: 150 },
    );
  });
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { compile, Failure, HandBack, notCompiled, type Watch } from '../../src/jsonata/index.ts';
import { compiledOutcome, globals, interpretedOutcome } from './outcome.ts';

const run = promisify(execFile);

function treeOf(source: string): object {
  return jsonata(source).ast();
}

/** The code with which an evaluation ends. */
function codeOf(evaluate: () => unknown): unknown {
  try {
    evaluate();
    return undefined;
  } catch (error) {
    return error instanceof Failure ? error.code : error;
  }
}

describe('a compiled expression: what it leaves to the interpreter', () => {
  for (const [source, construct] of [
    ['$eval("1")', '$eval'],
    ['[$x := 1, $x]', 'a variable that is bound in one part'],
    ['a@$v.($w := 1; b)[$w]', undefined],
    ['a@$v.[$w := 1]', 'a variable that is bound within a join'],
    ['a@$v^(b)[0]', 'an order in a join'],
    ['$contains(a, /x/) ?: "no"', 'a regular expression before'],
  ] as const)
    it(`${source}: ${construct ?? 'nothing'}`, () => {
      const found = notCompiled(treeOf(source));
      if (construct === undefined) expect(found).to.equal(undefined);
      else expect(found?.construct).to.include(construct);
      if (found) expect(found.instead).not.to.equal('');
    });

  it('is an error in one of several parts, of which JSONata tells one', async () => {
    expect(await compiledOutcome('[$number("x"), 1 + "a"]', null)).to.equal('handed back');
    expect(await compiledOutcome('[$number("x")]', null)).to.deep.equal({ code: 'D3030' });
  });

  it('is a function that answers later', () => {
    const evaluate = compile(treeOf('$later(1)'));
    expect(() => evaluate(null, { later: () => Promise.resolve(1) })).to.throw(HandBack);
  });
});

describe('a compiled expression: comes to what JSONata comes to', () => {
  for (const [source, input] of [
    // A variable keeps to its own place, wherever it is bound.
    ['(function($p){ $append($x := 9, $p) })(1)'],
    ['$map([1,2], function($v){ $append($t := $v * 10, $v) })'],
    ['(function($p){ ($q := 1; $append($x := 2, $q)) })(5)'],
    ['($a := 1; (b){ "k": $x := 5 }; [$a, $x])', { b: 2 }],
    ['($f := function($a){1}; [$f := function($a){2}] ~> $f())'],
    // A list of one in a list of one.
    ['($map([{"a":1}], $keys))'],
    ['true ? $map([{"a":1}], $keys)'],
    ['$x := $map([{"a":1}], $keys)'],
    ['($each({"a":{"b":1}}, $keys))'],
    ['$map([{}], (function($x){$x}) ~> $keys)'],
    // A regular expression in the place of a function gets the place of an item.
    ['$filter(a, /^N/)', { a: ['N1', 'N2', 'N3'] }],
    ['$map(["abc","abc"], /a/).match'],
    ['($r := /a/; $single(["b","abc"], $r))'],
    ['($r := /a/; $replace("aXaXa", $r, function($m){ ($contains("bba", $r); "b") }, 2))'],
    // What is before `~>`, and what a function of two gets.
    ['(1+"a") ~> sum()'],
    ['($v := $trim ~> $substringBefore; a.$v("b"))', { a: 'abc' }],
    ['(0/0) in [0/0]'],
    ['["["[[0,0]]]'],
    ['$spread([$sum][0])'],
    ['$sort(["a", 1/0])'],
  ] as const satisfies readonly (readonly [string, unknown?])[])
    it(source, async () => {
      const compiled = await compiledOutcome(source, input ?? null);
      expect(compiled).to.deep.equal(await interpretedOutcome(source, input ?? null));
    });

  for (const [source, input] of [
    ['a#$i{ "x": $, "y": $ }', { a: [1] }],
    ['a#$j[[0,0]]#$i.{"i":$i}', { a: [1, 2] }],
    ['($ ~> |$|{"__proto__": {"polluted": true}}|).polluted', { a: 1 }],
    ['$ ~> |$|$sum|', { a: 1 }],
    ['($g := $map(?, function($x){$x & "!"}); $g("abc"))'],
    ['($f := function($x,$x){$x}; $g := $f(?, 1); $g(5))'],
    ['($f := function($a,$b){[$a,$b]}; $g := $f($, ?); $g(1,2))', { type: 'operator', value: '?' }],
    ['(function($f){ {"toJSON": $f} & "" })(function(){ 1 })'],
    ['(function(){ $nope(1) })()'],
    ['($x := null; $x(1))'],
    ['(function(){ $map([1,2], $append(?, 3)) })()'],
  ] as const satisfies readonly (readonly [string, unknown?])[])
    it(`${source}: by leaving it to JSONata`, async () => {
      expect(await compiledOutcome(source, input ?? null)).to.be.oneOf(['not compiled', 'handed back']);
    });
});

describe('a compiled expression: its limits', () => {
  const evaluating = async (
    source: string,
    limits: { depth?: number; items?: number },
    watch?: () => Watch,
  ) => {
    const options = { globals: await globals(), limits: { depth: 500, items: 10_000, ...limits } };
    return compile(treeOf(source), watch ? { ...options, watch } : options);
  };

  for (const [source, limits, code] of [
    ['($f := function($n){ 1 + $f($n + 1) }; $f(0))', {}, 'D1011'],
    ['($f := function($n){ 1 + $f($n + 1) }; $f(0))', { depth: 10_000_000 }, 'D1011'],
    ['[1..11]', { items: 10 }, 'D2015'],
    ['[1..10].([1, 2])', { items: 19 }, 'D2015'],
    ['$map([1..6], function($v){ [$v, $v] }).$', { items: 11 }, 'D2015'],
    ['**', { items: 2 }, 'D2015'],
    ['{ "a": 1, "b": 2, "c": 3 }.*', { items: 2 }, 'D2015'],
    ['[1..10000001]', {}, 'D2014'],
  ] as const)
    it(`${source} within ${JSON.stringify(limits)} ends with ${code}`, async () => {
      const evaluate = await evaluating(source, limits);
      expect(codeOf(() => evaluate({ a: { b: { c: 1 } } }))).to.equal(code);
    });

  it('end a join as soon as it has too many items', async () => {
    const evaluate = await evaluating('a@$x.$found()', { items: 10 });
    let asked = 0;
    const found = () => {
      asked += 1;
      return [1, 2, 3, 4];
    };
    expect(codeOf(() => evaluate({ a: [1, 2, 3, 4, 5, 6, 7, 8] }, { found }))).to.equal('D2015');
    expect(asked).to.equal(3);
  });

  it('are not reached by a call at the end of a function, however often', async () => {
    const evaluate = await evaluating('($f := function($n){ $n = 0 ? "done" : $f($n - 1) }; $f(5000))', {});
    expect(evaluate(null)).to.equal('done');
  });

  it('are looked after by a watch, which can end what would not end', async () => {
    let ticks = 0;
    const watch = (): Watch => ({
      checkTime: () => {
        ticks += 1;
        if (ticks === 100) throw new Failure('D1012');
      },
      checkText: () => undefined,
      measure: () => undefined,
      checkOwn: () => undefined,
      hasEnded: () => true,
    });
    const evaluate = await evaluating('($f := function(){ $f() }; $f())', {}, watch);
    expect(codeOf(() => evaluate(null))).to.equal('D1012');
  });
});

describe('a compiled expression: its safety', () => {
  for (const name of [
    'constructor',
    '__proto__',
    'toString',
    'a`b',
    "'); process.exit(1); ('",
    '"]; process.exit(1); //',
    '\\"]; process.exit(1); //',
    'line\nend\r',
    '${1}',
    '\u2028',
    '\uD800',
    '',
  ])
    it(`reads a field called ${JSON.stringify(name)} as a field and nothing else`, async () => {
      const source = `{ "own": \`${name.replaceAll('`', '')}\`, "text": ${JSON.stringify(name)} }`;
      const input = Object.fromEntries([[name.replaceAll('`', ''), 'mine']]);
      expect(await compiledOutcome(source, input)).to.deep.equal(await interpretedOutcome(source, input));
      expect(await compiledOutcome(source, {})).to.deep.equal(await interpretedOutcome(source, {}));
    });

  it('takes any text for the name of a field, and nothing else', () => {
    const name = fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !text.includes('`'));
    fc.assert(
      fc.property(name, name, fc.jsonValue(), (from, to, value) => {
        fc.pre(to !== '__proto__');
        const evaluate = compile(treeOf(`{ ${JSON.stringify(to)}: \`${from}\`, "last": 1 }`));
        const made = evaluate(Object.fromEntries([[from, [[value]]]])) as object;
        expect(Object.keys(made)).to.have.members([...new Set([to, 'last'])]);
      }),
    );
  });

  for (const key of ['__proto__', 'constructor', 'prototype'])
    it(`makes an object with the key ${key} without touching what others have`, async () => {
      await compiledOutcome(`{ "${key}": { "polluted": true } }`, null);
      await compiledOutcome(`$ ~> |$|{ "${key}": { "polluted": true } }|`, { a: 1 });
      await compiledOutcome(`{ $string("${key}"): { "polluted": true } }`, null);
      expect(Reflect.get({}, 'polluted')).to.equal(undefined);
    });

  it('works where code from strings is forbidden', async () => {
    const script = `
      const { default: jsonata } = await import('jsonata');
      const { compile } = await import('./src/jsonata/index.ts');
      const source = '{ "b": a[0] & "x", "one": one, "none": none, "many": { "c": a, "d": a.b } }';
      console.log(JSON.stringify(compile(jsonata(source).ast())({ a: [1, 2], one: "y" })));`;
    const flags = [
      '--disallow-code-generation-from-strings',
      '--import=tsx',
      '--input-type=module',
      '-e',
      script,
    ];
    expect((await run(process.execPath, flags)).stdout.trim()).to.equal(
      '{"b":"1x","one":"y","many":{"c":[1,2]}}',
    );
  });

  it('shares nothing with another evaluation of the same', async () => {
    const evaluate = compile(treeOf('($x := a; $f := function(){ $x }; [$f(), b])'), {
      globals: await globals(),
    });
    const first = evaluate({ a: 1, b: 2 });
    expect(evaluate({ a: 3 })).to.deep.equal([3]);
    expect(evaluate({})).to.deep.equal([]);
    expect(first).to.deep.equal([1, 2]);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { type Bindings, parseExpression, TranslationError } from '../../src/mapping/expression.ts';
import { fixedBindings } from '../../src/mapping/functions.ts';
import { type ExpressionLimits, structureFactor } from '../../src/mapping/limits.ts';
import { deepFreeze } from '../../src/json.ts';
import { standStill, workFor } from '../kit/stand-still.ts';

const limits: ExpressionLimits = { timeMs: 500, depth: 2000, items: 10_000, text: 1_000_000 };

/** What a test holds still. */
const clock = { now: () => Date.UTC(2024, 1, 29, 12, 30, 15, 7) };

function fixed(random: () => number = () => 0.25): Bindings {
  return fixedBindings({ settings: { town: 'Utrecht' }, codes: {}, clock, random });
}

async function evaluate(source: string, input: unknown = {}, bindings: Bindings = {}): Promise<unknown> {
  return await parseExpression('a.jsonata', source).compile(fixed(), limits)(input, bindings);
}

async function failureOf(source: string, input: unknown = {}, own = limits): Promise<TranslationError> {
  try {
    await parseExpression('a.jsonata', source).compile(fixed(), own)(input, {});
  } catch (error) {
    if (error instanceof TranslationError) return error;
    throw error;
  }
  throw new Error('The evaluation succeeded.');
}

describe('an expression: its limits', () => {
  /** What comes of an expression that is held up, so many times. */
  async function heldUp(times: number, hold: (milliseconds: number) => void): Promise<unknown> {
    const source = `($map([1..${times}], function() { $hold(${limits.timeMs / 10}) }); 1)`;
    const expression = parseExpression('a.jsonata', source).compile({ ...fixed(), hold }, limits);
    try {
      return await expression({}, {});
    } catch (error) {
      return error instanceof TranslationError ? error.code : error;
    }
  }

  it('count the time that it works', async () => {
    expect(await heldUp(3, workFor)).to.equal(1);
    expect(await heldUp(40, workFor)).to.equal('D1012');
  });

  it('do not count the time that the machine does not let it work', async () => {
    expect(await heldUp(20, standStill)).to.equal(1);
  });

  it('do not count what holds up a step that is no call, as a garbage collection does', async () => {
    const held = {
      get up() {
        workFor(1.1 * limits.timeMs);
        return 1;
      },
    };
    expect(await evaluate('[1, 2, 3].($$.up)', held)).to.deep.equal([1, 1, 1]);
  });

  it('do not count what holds it up before a helper of ours', async () => {
    const held = {
      get up() {
        workFor(1.1 * limits.timeMs);
        return 1;
      },
    };
    const same = (value: unknown) => value;
    const source = '[1, 2, 3].($up := $$.up; $same($up))';
    const expression = parseExpression('a.jsonata', source).compile({ ...fixed(), same }, limits);
    expect(await expression(held, {})).to.deep.equal([1, 1, 1]);
  });

  const runaways = {
    'a recursion without end': '($again := function($n) { 1 + $again($n + 1) }; $again(0))',
    'a recursion without end that needs no stack': '($again := function($n) { $again($n + 1) }; $again(0))',
    'two functions that call each other':
      '($a := function() { 1 + $b() }; $b := function() { 1 + $a() }; $a())',
    'a range of a billion': '[1..1000000000]',
    'a range beyond the limit': '[1..10001]',
    'a sequence that is the product of two': '[1..9000].[1..9000]',
    'a result that is nested too deeply': '$reduce([1..9000], function($all) { { "deeper": $all } })',
    'a list that is nested too deeply': '$reduce([1..9000], function($all) { [[$all]] })',
  };
  for (const [what, source] of Object.entries(runaways)) {
    it(`end ${what} with an error, and the next evaluation succeeds`, async () => {
      const error = await failureOf(source);
      expect(error.file).to.equal('a.jsonata');
      expect(error.code).to.match(/^[A-Z][0-9]{4}$/);
      expect(await evaluate('1 + 1')).to.equal(2);
    });
  }

  it('end a search through data that is nested too deeply', async () => {
    const input = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`) as unknown;
    expect((await failureOf('$count(**)', input)).code).to.match(/^[A-Z][0-9]{4}$/);
  });

  it('let a plain record of 300 columns pass', async () => {
    const columns = Array.from({ length: 300 }, (_, index) => `"C${index}": a.b ? $string(a.b) : ""`);
    const result = await evaluate(`{ ${columns.join(', ')} }`, { a: { b: 1 } });
    expect(Object.keys(result as object)).to.have.lengthOf(300);
  });

  for (const [name, own, source] of [
    ['items', { ...limits, items: 10 }, '[1..11]'],
    ['depth', { ...limits, depth: 20 }, '($f := function($n) { $n > 0 ? 1 + $f($n - 1) : 0 }; $f(50))'],
    ['timeMs', { ...limits, timeMs: 1 }, '($again := function() { $again() }; $again())'],
  ] as const) {
    it(`are the set's own: ${name}`, async () => {
      expect((await failureOf(source, {}, own)).code).to.match(/^D101[12]|D2015$/);
    });
  }
});

describe('an expression: its failure', () => {
  const person = { bsn: '999990019', name: 'Kloosterman' };
  const failures = {
    'a text that is no number': '$number(bsn & name)',
    'an error of its own': '$error(bsn)',
    'an assertion of its own': '$assert(false, name)',
    'a function that gets the wrong kind': '$uppercase($)',
    'something called that is no function': 'bsn()',
    'a word that no code table has': '$encode("none", name)',
  };
  for (const [what, source] of Object.entries(failures)) {
    it(`names file and code, and never the value: ${what}`, async () => {
      const error = await failureOf(source, person);
      expect(error.code).to.match(/^[A-Z][0-9]{4}$/);
      expect(`${error.message} ${JSON.stringify(error)} ${String(error.stack)}`).to.not.match(
        /999990019|Kloosterman/,
      );
      expect(error.cause).to.equal(undefined);
    });
  }

  it('tells line and column where JSONata knows them', async () => {
    const { position } = await failureOf('{\n  "a": 1,\n  "b": $error("x")\n}');
    expect(position?.line).to.equal(3);
    expect(position?.column).to.be.within(8, 15);
  });

  it('tells no place where JSONata knows none', async () => {
    expect((await failureOf('{ "a": function() { 1 } }')).position).to.equal(undefined);
  });
});

describe('an expression: its result', () => {
  const noJson = {
    'a function of its own': 'function($x) { $x }',
    'a function of JSONata, in a list': '[1, $sum]',
    'a helper, in an object': '{ "a": { "b": $decode } }',
    'a regular expression': '{ "a": /x/ }',
    infinity: '{ "a": 1 / 0 }',
  };
  for (const [what, source] of Object.entries(noJson)) {
    it(`cannot be ${what}`, async () => {
      expect((await failureOf(source)).code).to.equal('K0002');
    });
  }

  it('is plain data: lists carry nothing along, objects are ordinary', async () => {
    const result = (await evaluate('{ "list": items.name, "one": { "a": 1 } }', {
      items: [{ name: 'x' }, { name: 'y' }],
    })) as { list: unknown[]; one: object };
    expect(Object.getOwnPropertyNames(result.list)).to.deep.equal(['0', '1', 'length']);
    expect(Object.getPrototypeOf(result.one)).to.equal(Object.prototype);
  });

  for (const [source, result] of [
    ['$replace(x, /^(.)(.)$/, "$2$1") ?? ""', 'ba'],
    ['$match(none, /a/).match ?? "none"', 'none'],
    ['$contains(x, /^b/) ?: "no"', 'no'],
    ['($contains(none, /a/) ?? $contains(x, /b/)) ?? $contains(x, /c/)', true],
  ] as const) {
    it(`may come of a pattern before ?? or ?: ${source}`, async () => {
      expect(await evaluate(source, { x: 'ab' })).to.equal(result);
    });
  }

  it('keeps null apart from what is absent', async () => {
    expect(await evaluate('{ "null": a, "absent": b }', { a: null })).to.deep.equal({ null: null });
  });

  it('has no part twice: changing one changes no other', async () => {
    const given = { person: { name: 'one' }, list: [1] };
    const source = '($x := { "name": "one", "of": person, "list": list }; { "a": $x, "b": $x, "c": [$x] })';
    const result = (await evaluate(source, given)) as Record<'a' | 'b', Record<string, unknown>>;
    Object.assign(result.a, { name: 'changed' });
    Object.assign(result.a.of as object, { name: 'changed' });
    (result.a.list as unknown[]).push(2);
    const unchanged = { name: 'one', of: { name: 'one' }, list: [1] };
    expect(result.b).to.deep.equal(unchanged);
    expect(result).to.have.property('c').that.deep.equals([unchanged]);
    expect(given).to.deep.equal({ person: { name: 'one' }, list: [1] });
  });

  it('is no larger than it may be, also as an object that is written out', async () => {
    const fields = Array.from({ length: structureFactor + 1 }, (_, place) => `"field${place}": $x`);
    const source = `($x := $pad("", ${limits.text}, "x"); { ${fields.join(', ')} })`;
    expect(await failureOf(source)).to.have.property('code', 'K0004');
    expect(
      await evaluate(source.replace('"field0": $x, ', '"field0": 1, ').replace(', "field1": $x', '')),
    ).to.have.property('field0', 1);
  });

  it('is nothing when the expression yields nothing', async () => {
    expect(await evaluate('nothing')).to.equal(undefined);
  });

  it('pollutes nothing with `__proto__`, `constructor` or `toString`', async () => {
    const source = `[
      { "__proto__": { "polluted": "a" }, "constructor": { "prototype": { "polluted": "b" } }, "toString": 1 },
      $merge([{ "x": 1 }, { "__proto__": { "polluted": "c" } }]),
      $ ~> |$|{ "__proto__": { "polluted": "d" } }|
    ]`;
    const [first, second] = (await evaluate(
      source,
      JSON.parse('{"__proto__": {"polluted": "e"}}'),
    )) as object[];
    expect(first).to.be.an('object').and.not.have.property('polluted');
    expect(second).to.be.an('object').and.not.have.property('polluted');
    expect(Object.hasOwn(first ?? {}, '__proto__')).to.equal(false);
    expect({}).to.not.have.property('polluted');
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });

  it('reaches nothing of JavaScript through names', async () => {
    for (const name of [
      'constructor',
      '`__proto__`',
      'toString',
      'a.constructor',
      '$lookup($, "constructor")',
    ]) {
      expect(await evaluate(name, { a: 'text' }), name).to.equal(undefined);
    }
  });
});

describe('an expression: its input', () => {
  const functions = {
    $sort: '$sort(list)',
    $reverse: '$reverse(list)',
    $append: '$append(list, 4)',
    $shuffle: '$shuffle(list)',
    $distinct: '$distinct(list)',
    $merge: '$merge([person, { "name": "other" }])',
    $spread: '$spread(person)',
    'a transformation': '$ ~> |person|{ "name": "other" }, "age"|',
    'an ordering': 'list^(>$)',
    'a grouping': 'items{ kind: $sum(amount) }',
    everything: '$',
  };
  const input = () => ({
    list: [3, 1, 2, 3],
    person: { name: 'one', age: 4 },
    items: [
      { kind: 'a', amount: 1 },
      { kind: 'b', amount: 2 },
      { kind: 'a', amount: 3 },
    ],
  });
  for (const [what, source] of Object.entries(functions)) {
    it(`is not changed by ${what}, frozen or not`, async () => {
      const frozen = deepFreeze(input());
      const open = input();
      const results = [await evaluate(source, frozen), await evaluate(source, open)];
      expect(results[0]).to.deep.equal(results[1]);
      expect(results[0]).to.not.equal(undefined);
      expect(open).to.deep.equal(input());
    });
  }

  it('is no part of the result: changing that changes nothing', async () => {
    const given = input();
    const result = (await evaluate('$', given)) as ReturnType<typeof input>;
    result.list.push(5);
    result.person.name = 'changed';
    expect(given).to.deep.equal(input());
  });
});

describe('an expression: what is injected', () => {
  it('has the time of our clock', async () => {
    expect(await evaluate('[$now(), $millis()]')).to.deep.equal(['2024-02-29T12:30:15.007Z', clock.now()]);
  });

  it('writes the time as an author wants it', async () => {
    expect(await evaluate('$now("[Y0001]-[M01]-[D01]")')).to.equal('2024-02-29');
    expect(await evaluate('$now("[H01]:[m01]", "+0100")')).to.equal('13:30');
    expect((await failureOf('$now("[Q]")')).code).to.equal('D3132');
  });

  it('has our randomness', async () => {
    const numbers = [0.1, 0.2, 0.3];
    const expression = parseExpression('a', '[$random(), $random(), $random()]');
    const run = expression.compile(
      fixed(() => numbers.shift() ?? 0),
      limits,
    );
    expect(await run({}, {})).to.deep.equal([0.1, 0.2, 0.3]);
  });

  it('shuffles with our randomness, losing and adding nothing', async () => {
    const shuffle = parseExpression('a', '$shuffle($)');
    const shuffled = (list: readonly number[], random: () => number) =>
      shuffle.compile(fixed(random), limits)(list, {});
    expect(await shuffled([1, 2, 3, 4], () => 0)).to.deep.equal([1, 2, 3, 4]);
    expect(await shuffled([1, 2, 3, 4], () => 0.999)).to.deep.equal([4, 3, 2, 1]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { minLength: 2 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        async (list, stream) => {
          const result = await shuffled(list, () => Number(stream.next().value));
          expect(result).to.have.members(list).and.to.have.lengthOf(list.length);
        },
      ),
      { numRuns: 50 },
    );
    expect(await evaluate('$shuffle("one")')).to.deep.equal(['one']);
    expect(await evaluate('$shuffle(nothing)')).to.equal(undefined);
  });

  it('has no $eval at run time either', async () => {
    expect((await failureOf('$eval("1 + 1")')).code).to.equal('T1006');
    expect((await failureOf('($run := $eval; $run("1 + 1"))')).code).to.equal('T1006');
    expect(await evaluate('$exists($eval)')).to.equal(false);
  });

  it('has the settings of the set', async () => {
    expect(await evaluate('$settings.town')).to.equal('Utrecht');
  });

  it('gives each evaluation its own bindings, and forgets them', async () => {
    expect(await evaluate('$id', {}, { id: 7 })).to.equal(7);
    const twice = parseExpression('a', '$id').compile(fixed(), limits);
    expect([await twice({}, { id: 7 }), await twice({}, {})]).to.deep.equal([7, undefined]);
  });
});

describe('an expression: who evaluates it', () => {
  const told: string[] = [];
  const compile = (source: string) =>
    parseExpression('a.jsonata', source).compile(fixed(), limits, {
      handedBack: (file, why) => told.push(`${file}: ${why}`),
    });

  beforeEach(() => told.splice(0));

  it('is compiled code, which has the result at once', async () => {
    const evaluate = compile('{ "b": a & $string(1) }');
    await evaluate({ a: 'x' }, {});
    expect(evaluate({ a: 'x' }, {})).to.deep.equal({ b: 'x1' });
    expect(told).to.deep.equal([]);
  });

  it('is the interpreter, of an expression that is not compiled', async () => {
    const evaluate = compile('[($x := a; $x), $y := 2]');
    await evaluate({ a: 1 }, {});
    const result = evaluate({ a: 1 }, {});
    expect(result).to.be.a('promise');
    expect(await result).to.deep.equal([1, 2]);
    expect(told).to.deep.equal([]);
  });

  it('is the interpreter, of one evaluation of data that the code was not made for', async () => {
    const evaluate = compile('a{ $string(b): b }');
    await evaluate({ a: { b: 1 } }, {});
    expect(evaluate({ a: [{ b: 1 }, { b: 2 }] }, {})).to.deep.equal({ 1: 1, 2: 2 });
    expect(await evaluate({ a: [] }, {})).to.deep.equal({});
    expect(told).to.deep.equal(['a.jsonata: a group of an empty list']);
  });

  it('is the interpreter, of what fails in one of several parts: the error is the one that JSONata tells', async () => {
    expect((await failureOf('{ "a": 1 + "x", "b": $number("y") }')).code).to.equal('T2002');
  });
});

import { expect } from 'chai';
import { builtInNames } from '../../src/mapping/built-ins.ts';
import { parseExpression, TranslationError } from '../../src/mapping/expression.ts';
import { fixedBindings } from '../../src/mapping/functions.ts';
import { defaultLimits, type ExpressionLimits } from '../../src/mapping/limits.ts';

/** What succeeds has all the time that a slow machine needs. */
const patient: ExpressionLimits = { ...defaultLimits, timeMs: 15_000 };

const fixed = fixedBindings({
  settings: { town: 'Utrecht' },
  codes: {},
  clock: { now: () => 0 },
  random: () => 0,
});

async function evaluate(source: string, input: unknown = {}, limits = patient): Promise<unknown> {
  return await parseExpression('a.jsonata', source).compile(fixed, limits)(input, {});
}

async function codeOf(source: string, input: unknown = {}, limits = patient): Promise<string> {
  try {
    await evaluate(source, input, limits);
  } catch (error) {
    if (error instanceof TranslationError) return error.code;
    throw error;
  }
  throw new Error('The evaluation succeeded.');
}

const million = '$pad("", 1000000, "a")';

/** Doubles something forty times. */
const doubled = (body: string, first: string): string =>
  `$reduce([1..40], function($a, $i) { ${body} }, ${first})`;

describe('an expression that makes much of little', () => {
  const endless = {
    'a text that grows by &': [doubled('$a & $a', '"x"'), 'K0003'],
    'a text that grows by a long chain of &': [doubled('"<" & $a & "|" & $a & ">"', '"x"'), 'K0003'],
    'a text that grows by $join': [doubled('$join([$a, $a])', '"x"'), 'K0003'],
    'a text that grows by $replace': [doubled('$replace($a, "x", "xxxxxxxx")', '"x"'), 'K0003'],
    '$replace of a pattern, with its match many times': [
      '$replace($pad("", 50000, "a"), /^a+$/, $pad("", 40000, "$0"))',
      'K0003',
    ],
    '$replace of a short pattern by a long text': [
      `$replace($pad("", 1000, "a"), /a/, $pad("", 10000, "b"))`,
      'K0003',
    ],
    'a $pad of a billion': ['$pad("x", 1000000000)', 'K0003'],
    'a $pad of a billion in front': ['$pad("x", -1000000000)', 'K0003'],
    'a $pad with a long sign': [`$pad("x", 100000, $pad("", 100000, "a"))`, 'K0003'],
    'a $join with a long text between': ['$join([1..9999].("x"), $pad("", 10000, "a"))', 'K0003'],
    'a $split into characters': [`$split(${million}, "")`, 'D2015'],
    'a $string of a long list': ['$string([1..9000].$pad("", 200, "a"))', 'K0003'],
    'a $string of objects that share parts': [`$string(${doubled('{ "l": $a, "r": $a }', '1')})`, 'K0004'],
    'a & of objects that share parts': [`"" & ${doubled('{ "l": $a, "r": $a }', '1')}`, 'K0004'],
    'a comparison of objects that share parts': [
      `${doubled('{ "l": $a, "r": $a }', '1')} = ${doubled('{ "l": $a, "r": $a }', '1')}`,
      'K0004',
    ],
    'a result of objects that share parts': [doubled('{ "l": $a, "r": $a }', '1'), 'K0004'],
    'lists that share parts, as a condition': [`${doubled('[[$a], [$a]]', '[]')} ? 1 : 2`, 'K0004'],
    'lists that share parts, by $map': [
      `${doubled('$map([1, 2], function($x) { [$a] })', '[]')}.name`,
      'K0004',
    ],
    'lists that share parts, by $zip': [`${doubled('$zip($a, $a)', '[1]')}.name`, 'K0004'],
    'lists that share parts, by the steps of a path': [`${doubled('[1, 2].[$a]', '[]')}.*`, 'K0004'],
    'objects that share parts, by $merge': [
      `$keys(${doubled('$merge([{ "l": $a }, { "r": $a }])', '1')})`,
      'K0004',
    ],
    'a copy that holds itself': ['{ "a": 1 } ~> |$|{ "self": $ }|', 'K0004'],
    'a list that grows by $append': [doubled('$append($a, $a)', '[1]'), 'D2015'],
    'a $shuffle of a long list of the CRM': ['$shuffle(list)', 'D2015'],
    'a $sort of a long list of the CRM': ['$sort(list)', 'D2015'],
  } as const;
  for (const [what, [source, code]] of Object.entries(endless)) {
    it(`ends with a code of its own: ${what}`, async () => {
      const input = { list: Array.from({ length: 10_001 }, (_, index) => index) };
      expect(await codeOf(source, input)).to.equal(code);
    });
  }

  it('keeps to the limit of the set', async () => {
    const small = { ...patient, text: 100 };
    expect(await codeOf('$pad("", 101)', {}, small)).to.equal('K0003');
    expect(await evaluate('$length($pad("", 100))', {}, small)).to.equal(100);
    expect(await codeOf('a & a', { a: 'x'.repeat(51) }, small)).to.equal('K0003');
    expect(await evaluate('$length(a & a)', { a: 'x'.repeat(50) }, small)).to.equal(100);
    expect(await codeOf('$length(a)', { a: 'x'.repeat(101) }, small)).to.equal('K0003');
  });

  it('tells the place of the &', async () => {
    const failure = await evaluate(`(\n  $a := ${million};\n  $a & $a\n)`).catch((error: unknown) => error);
    expect(failure).to.have.nested.property('position.line', 3);
  });

  it('lets a text of the CRM pass that is longer, as long as nothing is made of it', async () => {
    const text = 'x'.repeat(1_500_000);
    expect(await evaluate('{ "tekst": TEXT ? TEXT }', { TEXT: text })).to.deep.equal({ tekst: text });
  });
});

describe('an expression that asks for work that cannot be stopped', () => {
  const works = {
    'a text in a text': [`$contains(${million}, "b" & $pad("", 500000, "a"))`, 'K0005'],
    'a pattern in a long text': [`$contains(${million}, /(a|aa)+$/)`, 'K0005'],
    'a number with an empty sign between thousands': [
      '$formatNumber(1, "#,##0", { "grouping-separator": "" })',
      'K0006',
    ],
    'a number without signs at all': [
      '$formatNumber(0, "#", { "zero-digit": "", "decimal-separator": "" })',
      'K0006',
    ],
    'a number with a long picture': ['$formatNumber(1, $pad("", 10000, "#,"))', 'K0006'],
    'a whole number with a long picture': ['$formatInteger(1, $pad("", 10000, "0"))', 'K0006'],
    'a time with a year of a billion digits': ['$fromMillis(0, "[Y,999999999]")', 'K0006'],
    'the time with a year of a billion digits': ['$now("[Y,*-999999999]")', 'K0006'],
    'a time that is read in too many ways': [
      '$toMillis($pad("", 60, "1"), "[f][f][f][f][f][f][f]")',
      'K0006',
    ],
    'a time that is read in too many ways, in letters': [
      '$toMillis($pad("", 60, "a"), "[Ya][Ma][Da][Ha][ma]")',
      'K0006',
    ],
  } as const;
  for (const [what, [source, code]] of Object.entries(works)) {
    it(`is refused: ${what}`, async () => {
      expect(await codeOf(source)).to.equal(code);
    });
  }

  const runaways = {
    'a recursion that needs no stack': '($again := function() { $again() }; $again())',
    'a loop in a loop': '$map([1..10000], function($x) { $map([1..10000], function($y) { $y }) })',
    'a loop over functions of JSONata only':
      '$map([1..10000], function($x) { [$filter([1..10000], $exists)] })',
    'a search that begins anew at each sign': '$match($pad("", 50000, "a"), /a*b|a/)',
  };
  for (const [what, source] of Object.entries(runaways)) {
    it(`ends when its time is up: ${what}`, async () => {
      expect(await codeOf(source, {}, defaultLimits)).to.equal('D1012');
    });
  }

  it('does not compare every item of $distinct with all others', async () => {
    expect(await evaluate('$count($distinct([1..10000]))')).to.equal(10_000);
    expect(
      await evaluate('$count($distinct(list))', { list: Array.from({ length: 9000 }, (_, a) => ({ a })) }),
    ).to.equal(9000);
  });
});

describe("functions of JSONata, within bounds, do what JSONata's own do", () => {
  const results: Readonly<Record<string, unknown>> = {
    '$distinct([1, "1", 1, true, null, null])': [1, '1', true, null],
    '$distinct([{ "a": 1, "b": [2] }, { "b": [2], "a": 1 }, { "a": 1 }, [["a", 1]], { "entries": 1 }])': [
      { a: 1, b: [2] },
      { a: 1 },
      [['a', 1]],
      { entries: 1 },
    ],
    '$distinct("one")': 'one',
    '$distinct(items.n)': [1, 2],
    '$distinct(items[n = 1].n)': 1,
    '$sort([3, 1, 2])': [1, 2, 3],
    '$sort(["b", "B", "a"])': ['B', 'a', 'b'],
    '$sort(items, function($l, $r) { $l.n < $r.n }).n': [2, 1, 1],
    '$sort(5)': [5],
    '$spread({ "a": 1, "b": 2 })': [{ a: 1 }, { b: 2 }],
    '$spread($sum).implementation': undefined,
    '$map(["a", "b"], $uppercase)': ['A', 'B'],
    '["a", "b"] ~> $map($pad(?, 3, "-"))': ['a--', 'b--'],
    '($trimmed := $trim ~> $uppercase; $trimmed(" a "))': 'A',
    'items.n.$string()': ['1', '2', '1'],
    'n & nothing & "-" & 1.5 & true & null & { "a": [1] }': '1-1.5truenull{"a":[1]}',
    '("a" & "b") & ("c" & ("d" & "e"))': 'abcde',
    '"a" & $sum': 'a',
    '[[1], [[2]], items.n, nothing]': [[1], [[2]], 1, 2, 1],
    '[items.[n]]': [[1], [2], [1]],
    'items.n = [1, 2, 1]': true,
    '{ "a": [1] } = { "a": [1] }': true,
    '$string({ "a": 1 }, true)': '{\n  "a": 1\n}',
    '$replace("John Smith", /(\\w+)\\s(\\w+)/, "$2, $1")': 'Smith, John',
    '$replace("aaa", /^a/, "b")': 'baa',
    '$replace("abc", /b/, function($m) { $m.match & $m.start })': 'ab1c',
    '$replace("a.b.c", ".", "$")': 'a$b$c',
    '$split("a, b;c", /[,;]\\s*/)': ['a', 'b', 'c'],
    '$split("a, b;c", /[,;]\\s*/, 2)': ['a', 'b'],
    '$match("abcab", /(b)(x)?/).[match, index, $count(groups)]': [
      ['b', 1, 2],
      ['b', 4, 2],
    ],
    '$match("aXbx", /x/i).index': [1, 3],
    '$contains("a\\nb", /^b$/m)': true,
    '$contains("a\\nb", /^b$/)': false,
    '$contains("caf\\u00e9 😀", /\\u00e9 .$/)': true,
    '$fromMillis(0, "[D01]-[M01]-[Y0001] [H01]:[m01]", "+0100")': '01-01-1970 01:00',
    '$toMillis("20240131", "[Y0001][M01][D01]")': Date.UTC(2024, 0, 31),
    '$toMillis("Wed, 31 January 2024", "[FNn,3-3], [D] [MNn] [Y]")': Date.UTC(2024, 0, 31),
    '$formatNumber(1234.5, "#.##0,00", { "decimal-separator": ",", "grouping-separator": "." })': '1.234,50',
    '($ ~> |items[n = 1]|{ "n": 3 }, "x"|).items.n': [3, 2, 3],
  };
  for (const [source, expected] of Object.entries(results)) {
    it(source, async () => {
      const input = { n: 1, items: [{ n: 1, x: 1 }, { n: 2 }, { n: 1 }] };
      expect(await evaluate(source, input)).to.deep.equal(expected);
    });
  }

  for (const name of builtInNames) {
    it(`$${name} is there`, async () => {
      expect(await evaluate(`$type($${name})`)).to.equal('function');
    });
  }
});

describe('a mapping, whatever it does,', () => {
  for (const [what, source] of Object.entries({
    'the input': '$ ~> |$$|{ "x": 1 }|',
    'a part of the input': '$ ~> |$$.items|{ "x": 1 }|',
    'the settings': '$ ~> |$settings|{ "town": "x" }|',
  })) {
    it(`does not change what others have as well: ${what}`, async () => {
      const input = { items: [{ n: 1 }] };
      expect(await codeOf(source, input)).to.equal('K0007');
      expect(input).to.deep.equal({ items: [{ n: 1 }] });
      expect(await evaluate('$settings.town')).to.equal('Utrecht');
    });
  }

  for (const source of [
    '$ ~> |$sum|{ "implementation": 1, "signature": 1 }|',
    '$ ~> |[$sum]|{ "implementation": 1, "signature": 1 }|',
    '$ ~> |$|{ "f": $sum }| ~> |f|{ "implementation": 1 }, "signature"|',
    '($sum := 1; $sum)',
    '$ ~> |$decode|{ "signature": 1 }|',
  ]) {
    it(`does not change a function for the next evaluation: ${source}`, async () => {
      const shared = parseExpression('a', `$exists(go) ? (${source}) : $sum([1, 2])`).compile(fixed, patient);
      await Promise.resolve(shared({ go: 1 }, {})).catch(() => undefined);
      expect(await shared({}, {})).to.equal(3);
      expect(await evaluate('$sum([1, 2])')).to.equal(3);
    });
  }

  it('has a result without a key that could change a prototype, however deep', async () => {
    const data = JSON.parse('{ "a": [{ "__proto__": { "polluted": true }, "b": 1 }] }') as unknown;
    const result = await evaluate('{ "x": $, "__proto__": 1 }', data);
    expect(JSON.stringify(result)).to.equal('{"x":{"a":[{"b":1}]}}');
  });
});

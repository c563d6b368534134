import fc from 'fast-check';

/** The names that generated expressions look for, and generated inputs have. */
const fields = ['a', 'b', 'c', 'd'] as const;

const texts = fc.constantFrom('', 'x', 'xy', 'a b', 'Ä', '😀x', '10', 'true', "O'Brien");
const numbers = fc.constantFrom(0, 1, 2, 3, -1, 0.1, 1.5, 1e21, Number('12345678901234567890'));
const dates = fc.constantFrom('2026-03-29T02:30:00Z', '2024-02-29');

/** Data: nulls, lists in lists, missing fields, half characters, large numbers. */
export const inputs: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    numbers,
    texts,
    dates,
    fc.constant('\ud800'),
    tie('object'),
    tie('list'),
  ),
  object: fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 3 }),
  list: fc.array(tie('value'), { maxLength: 3 }),
})).value;

const scalar = fc.oneof(
  numbers.map(String),
  texts.map((text) => JSON.stringify(text)),
  fc.constantFrom('true', 'false', 'null', '[]', '{}'),
);

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...fields) },
  { weight: 1, arbitrary: fc.constantFrom('$', '$$', '*', '**', '$v', '`constructor`', '$i', '$w') },
);

const unaryFunctions = fc.constantFrom(
  ...'count sum max min average string length uppercase lowercase trim number abs floor ceil round boolean not exists keys'.split(
    ' ',
  ),
  ...'spread merge reverse distinct sort type single zip sqrt toMillis formatBase encodeUrlComponent base64encode clone'.split(
    ' ',
  ),
);

const binaryFunctions = fc.constantFrom(
  ...'append lookup join split contains substring substringBefore substringAfter pad power round formatBase zip'.split(
    ' ',
  ),
);

const patterns = fc.constantFrom(
  '/x/',
  '/x|y/i',
  '/(.)(x)?/',
  '/[0-9]+/',
  '/^/',
  '/$/',
  '/()()()()()()()()()(.)/',
);

const replacements = fc.constantFrom(
  '"$1"',
  '"<$0>"',
  '"$$"',
  '"$2-$1$"',
  '"$10$9$11"',
  '"$01$x$5"',
  'function($m){ $m.match & "!" }',
);

/** Of how many matches something is done. */
const matchLimits = fc.constantFrom('', '', ', 0', ', 1', ', 2', ', 1.5');

const higherOrder = fc.constantFrom('map', 'filter', 'single', 'each', 'sift', 'reduce', 'sort');

/** Functions that are given to others, beside those that are written out there. */
const named = fc.constantFrom('$keys', '$string', '$spread', '/x/', '$keys ~> $string', '$exists');

const parameters = fc.constantFrom('$v', '$v, $i', '$v, $i, $w', '');

const signatures = fc.constantFrom('', '', '', '<s:s>', '<n-n:n>', '<a<n>:n>', '<x?:x>');

const operators = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '%',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&',
  'and',
  'or',
  'in',
  '..',
  '??',
  '?:',
);

/** Expressions in JSONata's whole language, as text. */
export const expressions: fc.Arbitrary<string> = fc.letrec<{ whole: string; part: string }>((tie) => {
  const part = tie('part');
  const lambda = fc.tuple(parameters, signatures, part).map(([names, signature, body]) => {
    const isFitting = signature === '' || names.split(',').length === 1;
    return `function(${names})${isFitting && names !== '' ? signature : ''}{ ${body} }`;
  });
  return {
    whole: part,
    part: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      { weight: 3, arbitrary: scalar },
      { weight: 8, arbitrary: name },
      { weight: 8, arbitrary: fc.tuple(part, part).map(([of, step]) => `${of}.${step}`) },
      { weight: 4, arbitrary: fc.tuple(part, part).map(([of, only]) => `${of}[${only}]`) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(part, fc.constantFrom('0', '1', '-1', '[0..1]', '[0, 0]', ''))
          .map(([of, at]) => `${of}[${at}]`),
      },
      {
        weight: 6,
        arbitrary: fc
          .tuple(part, operators, part)
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      },
      { weight: 1, arbitrary: part.map((one) => `(-${one})`) },
      {
        weight: 3,
        arbitrary: fc.tuple(part, part, part).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
      },
      { weight: 1, arbitrary: fc.tuple(part, part).map(([test, yes]) => `(${test} ? ${yes})`) },
      { weight: 3, arbitrary: fc.array(part, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`) },
      { weight: 3, arbitrary: fc.tuple(part, part).map(([one, other]) => `{ "a": ${one}, "b": ${other} }`) },
      { weight: 1, arbitrary: fc.tuple(part, part).map(([key, value]) => `{ $string(${key}): ${value} }`) },
      {
        weight: 2,
        arbitrary: fc.tuple(part, part, part).map(([of, key, value]) => `${of}{ $string(${key}): ${value} }`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(part, fc.constantFrom('a', '<a', '>b', 'a, >b', '$'))
          .map(([of, by]) => `${of}^(${by})`),
      },
      { weight: 2, arbitrary: fc.tuple(part, part).map(([value, body]) => `($v := ${value}; ${body})`) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(part, part, part)
          .map(([one, other, last]) => `(${one}; $i := ${other}; ${last})`),
      },
      { weight: 1, arbitrary: fc.tuple(part, part).map(([of, step]) => `${of}@$v.${step}`) },
      { weight: 1, arbitrary: fc.tuple(part, part).map(([of, step]) => `${of}#$i.${step}`) },
      {
        weight: 1,
        arbitrary: fc.tuple(name, name).map(([of, step]) => `${of}.${step}.{ "a": %.b, "b": $ }`),
      },
      { weight: 4, arbitrary: fc.tuple(unaryFunctions, part).map(([called, of]) => `$${called}(${of})`) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(binaryFunctions, part, part)
          .map(([called, one, other]) => `$${called}(${one}, ${other})`),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(higherOrder, part, fc.oneof(lambda, named))
          .map(([called, of, by]) => `$${called}(${of}, ${by})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(higherOrder, lambda, part)
          .map(([called, by, of]) => `($v := $${called}(?, ${by}); $v(${of}))`),
      },
      // A variable that is bound in the midst of something.
      {
        weight: 1,
        arbitrary: fc.tuple(part, part).map(([one, other]) => `$append($w := ${one}, ${other})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(part, part, part)
          .map(([of, one, other]) => `${of}{ "a": ${one}, "b": ${other} }`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(part, part).map(([of, other]) => `(${of} ~> $append(${other}))`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('match', 'split'), part, patterns, matchLimits)
          .map(([called, of, by, limit]) => `$${called}(${of}, ${by}${limit})`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(part, patterns).map((all) => `$contains(${all.join(', ')})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(part, patterns, replacements, matchLimits)
          .map(([of, by, instead, limit]) => `$replace(${of}, ${by}, ${instead}${limit})`),
      },
      { weight: 2, arbitrary: fc.tuple(part, unaryFunctions).map(([of, called]) => `(${of} ~> $${called})`) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(unaryFunctions, unaryFunctions, part)
          .map(([one, other, of]) => `($v := $${one} ~> $${other}; $v(${of}))`),
      },
      { weight: 2, arbitrary: fc.tuple(lambda, part).map(([called, given]) => `${called}(${given})`) },
      {
        weight: 1,
        arbitrary: fc.tuple(part, part).map(([one, other]) => `($v := $append(?, ${one}); $v(${other}))`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(part, part, part)
          .map(([of, at, change]) => `(${of} ~> |${at}|{ "a": ${change} }, ["b"]|)`),
      },
    ),
  };
}).whole;

import { expect } from 'chai';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { UnwritableRequest } from '../../../src/backend/encoding/encoding.ts';
import { readXml } from '../../../src/backend/encoding/xml-read.ts';
import { writeXml } from '../../../src/backend/encoding/xml-write.ts';
import { type Json, type JsonObject, scalarText } from '../../../src/json.ts';

const namespaces = { bg: 'urn:bg', stuf: 'urn:stuf' };

/** The document as a parser sees it: the names with their namespaces, attributes and texts, in order. */
function eventsIn(text: string): unknown[] {
  const events: unknown[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const data = Object.values(attributes).filter((one) => one.prefix !== 'xmlns');
    events.push(['open', uri, local, ...data.map((one) => [one.uri, one.local, one.value])]);
  });
  parser.on('text', (piece) => events.push(['text', piece]));
  parser.on('closetag', ({ local }) => events.push(['close', local]));
  parser.write(text).close();
  return events;
}

/** What an element of a skeleton comes to, by the rules of the reference and not by the code. */
function eventsOf(key: string, value: Json): unknown[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => eventsOf(key, item));
  const content = typeof value === 'object' ? Object.entries(value) : [['#text', value] as const];
  const attributes = content
    .filter(([name, inner]) => name.startsWith('@') && inner !== null)
    .map(([name, inner]) => [...nameOf(name.slice(1)), scalarText(inner)]);
  const inside = content
    .filter(([name]) => !name.startsWith('@'))
    .flatMap(([name, inner]): unknown[] => {
      if (name !== '#text') return eventsOf(name, inner);
      return inner === null || inner === '' ? [] : [['text', scalarText(inner)]];
    });
  const [uri, local] = nameOf(key);
  return [['open', uri, local, ...attributes], ...inside, ['close', local]];
}

function nameOf(name: string): [uri: string, local: string] {
  const [first = '', second] = name.split(':');
  if (second === undefined) return ['', first];
  return [namespaces[first as keyof typeof namespaces], second];
}

/** Texts that XML can hold: with all that has a meaning in it. */
const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(
        '&',
        '<',
        '>',
        '"',
        "'",
        '\t',
        '\n',
        '\r',
        ']',
        '\u00a0',
        '😀',
        'é',
        ']]>',
        '&amp;',
        '&#13;',
        '<!--',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
  })
  .filter((value) => /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(value));
const scalar = fc.oneof(text, fc.integer(), fc.boolean());
const local = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,6}$/);
const name = fc.oneof(
  local,
  local.map((one) => `bg:${one}`),
  local.map((one) => `stuf:${one}`),
);

const { element } = fc.letrec<{ element: Json; item: Json }>((tie) => ({
  item: fc.oneof({ depthSize: 'small' }, scalar, tie('element')),
  element: fc
    .tuple(
      fc.dictionary(
        name.map((one) => `@${one}`),
        fc.oneof(scalar, fc.constant(null)),
        { maxKeys: 3 },
      ),
      fc.dictionary(name, fc.oneof(tie('item'), fc.array(tie('item'), { maxLength: 3 }), fc.constant(null)), {
        maxKeys: 4,
      }),
      fc.option(scalar, { nil: undefined }),
    )
    .map(([attributes, children, own]): Json => {
      // Text among elements is for the spec of mixed content.
      const isText = own !== undefined && Object.keys(children).length === 0;
      return { ...attributes, ...children, ...(isText ? { '#text': own } : {}) };
    }),
}));

const scalars = fc.dictionary(local, fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 })), {
  minKeys: 1,
  maxKeys: 6,
});

describe('A skeleton that is written as XML', () => {
  it('is the same document to a parser, whatever texts and names are in it', () => {
    fc.assert(
      fc.property(name, element, (root, skeleton) => {
        expect(eventsIn(writeXml({ [root]: skeleton }, namespaces))).to.deep.equal(eventsOf(root, skeleton));
      }),
    );
  });

  it('is read as it was written, where it has texts and lists', () => {
    fc.assert(
      fc.property(local, scalars, scalars, (root, columns, others) => {
        const attributes = Object.entries(others).flatMap(([key, value]) =>
          typeof value === 'string' ? [[`@${key}`, value]] : [],
        );
        const skeleton = { [root]: { ...(Object.fromEntries(attributes) as JsonObject), ...columns } };
        expect(readXml(writeXml(skeleton, namespaces), { lists: [] })).to.deep.equal(skeleton);
      }),
    );
  });

  it('leaves out null, repeats a list, and keeps empty text as an element', () => {
    const written = writeXml(
      { 'bg:a': { x: null, y: '', z: [1, null, true], '@q': null, '@bg:r': 0 } },
      namespaces,
    );
    expect(written.slice(written.indexOf('<bg:a'))).to.equal(
      '<bg:a xmlns:bg="urn:bg" xmlns:stuf="urn:stuf" bg:r="0"><y/><z>1</z><z>true</z></bg:a>',
    );
  });

  const unwritable: readonly [string, Json][] = [
    ['a control character', { a: 'x\u0001' }],
    ['a null character in an attribute', { a: { '@b': '\u0000' } }],
    ['half a character', { a: '\ud83d' }],
    ['a character that is none', { a: '\uffff' }],
    ['a form feed', { a: '\f' }],
    ['several roots', { a: 1, b: 2 }],
    ['no root', {}],
    ['a list for a root', { a: [1] }],
    ['nothing at its root', { a: null }],
    ['a text at its root', { '#text': 'a' }],
    ['text alone', 'a'],
    ['an unknown prefix', { 'x:a': 1 }],
    ['an unknown prefix of an attribute', { a: { '@x:b': 1 } }],
    ['a declaration of its own', { a: { '@xmlns': 'urn:x' } }],
    ['a declaration of a prefix', { a: { '@xmlns:bg': 'urn:x' } }],
    ['a list in a list', { a: { b: [[1]] } }],
    ['an object in an attribute', { a: { '@b': { c: 1 } } }],
    ['an object as its text', { a: { '#text': { c: 1 } } }],
    ...['a b', 'a><b', '1a', '', 'a/', 'a"', '!--', '?a', 'a:b:c', 'bg:', ':a', '#comment'].map(
      (key): [string, Json] => [`an element called ${JSON.stringify(key)}`, { r: { [key]: 1 } }],
    ),
    ['an attribute called "a b"', { r: { '@a b': 1 } }],
    ['an attribute called ""', { r: { '@': 1 } }],
    ['a thousand levels', deep(1000)],
  ];
  for (const [what, skeleton] of unwritable) {
    it(`is refused with ${what}, without quoting it`, () => {
      expect(() => writeXml(skeleton, namespaces))
        .to.throw(UnwritableRequest)
        .with.property('message')
        .that.matches(/^[\w\s`#@.,:()-]+$/);
    });
  }
});

function deep(levels: number): Json {
  let inner: Json = 'x';
  for (let level = 0; level < levels; level += 1) inner = { a: inner };
  return inner;
}

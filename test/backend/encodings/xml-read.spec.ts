import { expect } from 'chai';
import { readXml } from '../../../src/backend/encoding/xml-read.ts';
import type { Json } from '../../../src/json.ts';

const nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil';
const stuf = 'xmlns:S="http://www.egem.nl/StUF/StUF0301" S:noValue="geenWaarde"';

describe('XML that is read', () => {
  const cases: readonly [what: string, text: string, value: Json, lists?: readonly string[]][] = [
    ['one element', '<a>x</a>', { a: 'x' }],
    ['an empty one', '<a/>', { a: '' }],
    ['an element of several names', '<a><b>1</b><c>2</c></a>', { a: { b: '1', c: '2' } }],
    ['an element that comes twice', '<a><b>1</b><b>2</b></a>', { a: { b: ['1', '2'] } }],
    [
      'prefixes',
      '<n:a xmlns:n="urn:n" xmlns="urn:d"><b n:c="1">x</b></n:a>',
      { a: { b: { '@c': '1', '#text': 'x' } } },
    ],
    ['attributes and elements', '<a c="1"><b/></a>', { a: { '@c': '1', b: '' } }],
    ['attributes without text', '<a c="1"/>', { a: { '@c': '1' } }],
    ['white space between elements', '<a>\n  <b> x </b>\n</a>', { a: { b: ' x ' } }],
    ['white space that is all there is', '<a> </a>', { a: ' ' }],
    ['a hard space between elements', '<a>\u00a0<b/></a>', { a: { '#text': '\u00a0', b: '' } }],
    ['text among elements', '<a>x<b/>y</a>', { a: { '#text': 'xy', b: '' } }],
    ['CDATA, entities and comments', '<a><![CDATA[<&]]>&lt;&#233;<!-- x --></a>', { a: '<&<é' }],
    ['an element that is nil', `<a><b ${nil}="true"/><c/></a>`, { a: { c: '' } }],
    ['an element that is nil, by a digit', `<a><b ${nil}="1"/></a>`, { a: {} }],
    ['an element that is not nil', `<a><b ${nil}="false">x</b></a>`, { a: { b: 'x' } }],
    ['no value in the way of StUF', `<a><b ${stuf}/></a>`, { a: {} }],
    ['no value in the way of StUF 2', `<a><b ${stuf.replace('0301', '0204')}/></a>`, { a: {} }],
    ['noValue of nobody', '<a><b noValue="x"/></a>', { a: { b: { '@noValue': 'x' } } }],
    ['nil among others', `<a><b>1</b><b ${nil}="true"/><b>2</b></a>`, { a: { b: ['1', '2'] } }],
    ['a list of one', '<a><b>1</b></a>', { a: { b: ['1'] } }, ['a.b']],
    ['a list of none', '<a>\n</a>', { a: { b: [] } }, ['a.b']],
    ['a list of which the only one is nil', `<a><b ${nil}="true"/></a>`, { a: { b: [] } }, ['a.b']],
    ['a list in something that is not there', '<a/>', { a: '' }, ['a.b.c']],
    [
      'a list in each of a list',
      '<a><b/><b><c>1</c></b></a>',
      { a: { b: [{ c: [] }, { c: ['1'] }] } },
      ['a.b', 'a.b.c'],
    ],
    ['a list of another place', '<a><x><b>1</b></x></a>', { a: { x: { b: '1' }, b: [] } }, ['a.b']],
    ['names of JavaScript', '<a><constructor>1</constructor></a>', { a: { constructor: '1' } }],
    ['a byte order mark that is left', '\ufeff<a/>', { a: '' }],
  ];
  for (const [what, text, value, lists = []] of cases) {
    it(`gives ${what}`, () => {
      expect(readXml(text, { lists })).to.deep.equal(value);
    });
  }

  it('keeps a name that means something to JavaScript as a name', () => {
    const read = readXml('<a><__proto__><x>1</x></__proto__></a>', { lists: [] })?.a;
    expect(Object.keys(read as object)).to.deep.equal(['__proto__']);
    expect((read as { x?: unknown }).x).to.equal(undefined);
    expect(({} as { x?: unknown }).x).to.equal(undefined);
  });

  const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>`;
  const refused: readonly [string, string][] = [
    ['nothing', ''],
    ['a text', 'x'],
    ['JSON', '{"a":1}'],
    ['HTML', '<html><body><br></body></html>'],
    ['half a document', '<a><b></b>'],
    ['two roots', '<a/><b/>'],
    ['a DOCTYPE', '<!DOCTYPE a><a/>'],
    ['a billion laughs', laughs],
    ['an entity that nobody declared', '<a>&x;</a>'],
    ['an entity outside', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a processing instruction', '<?xml-stylesheet href="x"?><a/>'],
    ['a prefix that nobody declared', '<x:a/>'],
    ['one attribute twice', '<a b="1" b="2"/>'],
    ['two attributes of one local name', '<a xmlns:n="urn:n" b="1" n:b="2"/>'],
    ['two elements of one local name in different namespaces', '<a xmlns:n="urn:n"><b/><n:b/></a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a control character by its number', '<a>&#1;</a>'],
    ['elements that cross', '<a><b></a></b>'],
    ['two hundred levels', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`],
    ['half a million elements', `<a>${'<b/>'.repeat(500_000)}</a>`],
    ['a hundred thousand levels', '<a>'.repeat(100_000)],
  ];
  for (const [what, text] of refused) {
    it(`cannot be ${what}`, () => {
      expect(readXml(text, { lists: [] })).to.equal(undefined);
    });
  }

  it('may be large', () => {
    const text = 'x'.repeat(1000);
    const read = readXml(`<a>${`<b>${text}</b>`.repeat(10_000)}</a>`, { lists: [] });
    expect(read?.a).to.have.property('b').with.length(10_000);
  });
});

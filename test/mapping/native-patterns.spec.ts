import { expect } from 'chai';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { nativeFor } from '../../src/mapping/native-patterns.ts';

const characters = Array.from('aAkKsSzZ019_ -.:/\n\r\téſ\u212A\u00A0\u2028😀').concat('\uD83D', '\uDE00');

const letter = fc.constantFrom(
  'a',
  'k',
  'S',
  '0',
  '-',
  ':',
  String.raw`\/`,
  String.raw`\.`,
  'é',
  String.raw`\n`,
);
const set = fc.constantFrom(
  '[a-z]',
  '[0-9]',
  '[A-Za-z0-9._-]',
  String.raw`[^\r\n]`,
  '[^a-k]',
  String.raw`[\s0-9]`,
  String.raw`[\w-]`,
  '.',
  String.raw`\s`,
  String.raw`\S`,
  String.raw`\d`,
  String.raw`\D`,
  String.raw`\w`,
  String.raw`\W`,
);
const times = fc.constantFrom('', '', '', '?', '{2}', '{1,3}', '+', '*', '+?', '{2,}');
const piece = fc.tuple(fc.oneof(letter, set), times).map(([one, often]) => one + often);
const row = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
const group = fc
  .tuple(fc.constantFrom('(', '(?:'), fc.array(row, { minLength: 1, maxLength: 2 }))
  .map(([open, rows]) => `${open}${rows.join('|')})`);
const pattern = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(fc.oneof(row, group), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '$'),
    fc.constantFrom('', 'i'),
  )
  .map(([begin, parts, end, flags]) => new RegExp(begin + parts.join('') + end, flags));
const text = fc.array(fc.constantFrom(...characters), { maxLength: 12 }).map((parts) => parts.join(''));

/** The first match from a place on: where it is, and what its groups are. */
type Found = readonly [index: number, ...texts: (string | undefined)[]] | undefined;

function byRe2(wanted: RegExp, subject: string, from: number): Found {
  const flags = wanted.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0;
  const matcher = RE2JS.compile(RE2JS.translateRegExp(wanted), flags).matcher(subject);
  if (!matcher.find(from)) return undefined;
  const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, place) => matcher.group(place));
  return [matcher.start(), ...groups.map((found) => found ?? undefined)];
}

function byOwn(own: RegExp, subject: string, from: number): Found {
  own.lastIndex = from;
  const found = own.exec(subject);
  return found ? [found.index, ...found] : undefined;
}

describe("patterns on JavaScript's own engine", () => {
  it('find what RE2 finds, from every place that a search may go on from', () => {
    fc.assert(
      fc.property(pattern, text, (wanted, subject) => {
        const own = nativeFor(wanted)?.pattern;
        fc.pre(own !== undefined);
        for (let from = 0, found: Found; from <= subject.length; from = found[0] + (found[1]?.length ?? 0)) {
          found = byRe2(wanted, subject, from);
          expect(byOwn(own, subject, from)).to.deep.equal(found);
          if (!found || found[1] === '') return;
        }
      }),
      { numRuns: 1000 },
    );
  });

  const simple = [
    /^[0-9]{9}$/,
    /\s/,
    /^[a-z][a-z0-9+.-]*:\/\//i,
    /^([0-9]{2})-([0-9]{2})-([0-9]{4})$/,
    /\r?\n/,
    /^(\+316|0031 ?6|06)/,
  ];
  for (const one of simple)
    it(`do ${String(one)}`, () => {
      expect(nativeFor(one)?.pattern).to.be.instanceOf(RegExp);
    });

  it('count their steps', () => {
    expect(nativeFor(/^[0-9]{9}(?:ab|c+)$/)?.size).to.equal(15);
  });

  const left = {
    'may take the square of the text': [/[0-9]+x/, /^[0-9]*[0-9]*$/, /(^a|b)[0-9]*c/],
    'may be tried in many ways': [/[0-9]{1,15}[0-9]{1,15}x/, /(?:a|b)(?:a|b)(?:a|b)(?:a|b)(?:a|b)x/],
    'repeats too often': [/[0-9]{1001}/, /^[0-9]{1000,}$/],
    'repeats brackets': [/(?:ab)+/, /(a?)?/],
    'has another idea of a letter': [/é/i, /\w/i, /[^a]/i],
    'has half a character': [/😀/],
    'has several lines': [/^a$/m],
    'looks around': [/a(?=b)/, /\ba/],
  };
  for (const [why, patterns] of Object.entries(left))
    it(`leave what ${why}`, () => {
      expect(patterns.filter((one) => nativeFor(one))).to.deep.equal([]);
    });
});

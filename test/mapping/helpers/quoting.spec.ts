import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, failureOf } from './evaluate.ts';

const runs = { numRuns: 200 };

/** Texts with every sign that means something in a query, and whole characters of any script. */
const awkward = fc
  .array(
    fc.oneof(
      fc.constantFrom("'", "''", '\\', '"', '%', '_', '&', '<', '>', ' or 1 eq 1', '--', '{', 'é', '😀'),
      fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text) && text.isWellFormed()),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

/** Reads one literal of OData: everything between quotes, of which two stand for one. */
function readOdata(literal: string): string {
  const [, inside] = /^'((?:[^']|'')*)'$/.exec(literal) ?? [];
  if (inside === undefined) throw new Error(`no literal of OData: ${literal}`);
  return inside.replaceAll("''", "'");
}

/** Reads one literal of SOQL: everything between quotes, in which a backslash hides the next sign. */
function readSoql(literal: string): string {
  const [, inside] = /^'((?:[^'\\\n\r]|\\[^\n\r])*)'$/u.exec(literal) ?? [];
  if (inside === undefined) throw new Error(`no literal of SOQL: ${literal}`);
  const meant: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '%': '\\%', _: '\\_' };
  return inside.replace(/\\(.)/gsu, (_, sign: string) => meant[sign] ?? sign);
}

const text = async (source: string, value: unknown): Promise<string> => {
  const result = await evaluate(source, { value });
  if (typeof result !== 'string') throw new Error('no text');
  return result;
};

describe('$odata', () => {
  it('makes a literal that reads back as the same text', async () => {
    await fc.assert(
      fc.asyncProperty(awkward, async (value) => {
        expect(readOdata(await text('$odata(value)', value))).to.equal(value);
      }),
      runs,
    );
  });

  it('leaves numbers and booleans bare, and makes nothing of nothing', async () => {
    expect(await evaluate('[$odata(1.5), $odata(-3), $odata(true), $odata(false)]')).to.deep.equal([
      '1.5',
      '-3',
      'true',
      'false',
    ]);
    expect(await evaluate('[$odata(missing), $odata(null)]')).to.deep.equal([]);
    expect(await evaluate('$odata("")')).to.equal("''");
  });

  it('quotes each item of a list', async () => {
    expect(await evaluate('$map(["a", "b"], $odata)')).to.deep.equal(["'a'", "'b'"]);
    expect(await evaluate('["a", "b"].("x eq " & $odata($))')).to.deep.equal(["x eq 'a'", "x eq 'b'"]);
  });

  const forms = [
    ['guid', '0a1b2c3d-0000-4000-8000-0123456789AB', "0a1b2c3d' or '1' eq '1"],
    ['guid', '00000000-0000-0000-0000-000000000000', '00000000000000000000000000000000'],
    ['date', '2024-02-29', '2026-02-29'],
    ['date', '1899-12-31', '31-12-1899'],
    ['datetime', '2026-03-29T01:00:00Z', '2026-03-29T01:00:00'],
    ['datetime', '2026-03-29T01:00:00.123+02:00', '2026-02-30T01:00:00Z'],
    ['datetime', '2026-03-29T23:59:59Z', '2026-03-29T24:00:00Z'],
  ] as const;
  for (const [form, good, bad] of forms) {
    it(`leaves ${good} bare as a ${form}, and refuses ${bad}`, async () => {
      expect(await evaluate(`$odata(value, "${form}")`, { value: good })).to.equal(good);
      expect(await failureOf(`$odata(value, "${form}")`, { value: bad })).to.equal('K0008');
      expect(await failureOf(`$odata(value, "${form}")`, { value: `${good}\n` })).to.equal('K0008');
    });
  }

  it('refuses a form that it does not have', async () => {
    expect(await failureOf('$odata("x", "constructor")')).to.equal('K0008');
    expect(await failureOf('$odata("x", null)')).to.equal('K0008');
  });
});

describe('$soql', () => {
  it('makes a literal that reads back as the same text', async () => {
    const withBreaks = fc
      .tuple(awkward, fc.constantFrom('', '\n', '\r\n', '\t'))
      .map(([one, other]) => one + other);
    await fc.assert(
      fc.asyncProperty(withBreaks, async (value) => {
        expect(readSoql(await text('$soql(value)', value))).to.equal(value);
      }),
      runs,
    );
  });

  it('leaves a date, a moment and a number bare when they are marked', async () => {
    expect(await evaluate('$soql("2026-01-31", "date")')).to.equal('2026-01-31');
    expect(await evaluate('$soql("2026-01-31T10:00:00+01:00", "datetime")')).to.equal(
      '2026-01-31T10:00:00+01:00',
    );
    expect(await evaluate('$soql("-12.50", "number")')).to.equal('-12.50');
    for (const bad of ['1 OR 1=1', '1e5', '', ' 1']) {
      expect(await failureOf('$soql(value, "number")', { value: bad })).to.equal(
        bad === '' ? undefined : 'K0008',
      );
    }
    expect(await failureOf('$soql("TODAY", "date")')).to.equal('K0008');
    expect(await failureOf('$soql("0a1b2c3d-0000-4000-8000-0123456789ab", "guid")')).to.equal('K0008');
  });
});

describe('$soqlLike', () => {
  it('makes a pattern in which only its own wildcards are wild', async () => {
    await fc.assert(
      fc.asyncProperty(awkward.filter(Boolean), async (value) => {
        const pattern = readSoql(await text('$soqlLike(value)', value));
        expect(pattern).to.match(/^%.*%$/su);
        expect(pattern.slice(1, -1)).to.equal(value.replace(/[%_]/g, '\\$&'));
      }),
      runs,
    );
  });

  it('finds at the beginning or the end on request', async () => {
    expect(await evaluate('$soqlLike("ab", "begins")')).to.equal("'ab%'");
    expect(await evaluate('$soqlLike("ab", "ends")')).to.equal("'%ab'");
    expect(await failureOf('$soqlLike("ab", "somewhere")')).to.equal('K0008');
    expect(await failureOf('$soqlLike(1)')).to.equal('K0008');
  });
});

describe('$xml', () => {
  it('makes text that reads back as the same, between tags and in attributes', async () => {
    const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
    await fc.assert(
      fc.asyncProperty(awkward.filter(Boolean), async (value) => {
        const escaped = await text('$xml(value)', value);
        expect(escaped).to.not.match(/[<>"']|&(?!(amp|lt|gt|quot|apos);)/);
        expect(escaped.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '')).to.equal(value);
      }),
      runs,
    );
  });

  it('keeps line breaks, which an attribute would lose', async () => {
    expect(await evaluate('$xml(value)', { value: 'a\r\n\tb' })).to.equal('a&#13;&#10;&#9;b');
  });
});

describe('a quoting helper', () => {
  for (const call of ['$odata(value)', '$soql(value)', '$soqlLike(value)', '$xml(value)']) {
    for (const [what, value] of [
      ['NUL', 'a\u0000b'],
      ['an escape', 'a\u001bb'],
      ['a control character of Latin-1', 'a\u0085b'],
      ['half a character', 'a\ud83db'],
      ['a list', ['a', 'b']],
      ['an object', { a: 'b' }],
    ] as const) {
      it(`refuses ${what} in ${call}`, async () => {
        expect(await failureOf(call, { value })).to.equal('K0008');
      });
    }
  }

  it('refuses a number that is no digits', async () => {
    expect(await failureOf('$odata(1e21)')).to.equal('K0008');
    expect(await failureOf('$soql(1e-9)')).to.equal('K0008');
  });

  it('fails past the limit of a text', async () => {
    expect(await failureOf('$xml($pad("", 50000, "&"))')).to.equal('K0003');
  });
});

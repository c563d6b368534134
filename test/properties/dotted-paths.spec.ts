import { expect } from 'chai';
import fc from 'fast-check';
import { namesIn, pathPattern } from '../../src/dotted-path.ts';
import { isObject, type Json, valueAt } from '../../src/json.ts';

const isPath = (text: string) => new RegExp(pathPattern, 'u').test(text);

const quoted = (name: string) => `"${name.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`;

/** A name, and one of the ways in which it can be written. */
const written = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(
        '@odata.nextLink',
        'inp.bsn',
        'a "b"',
        '\\',
        '"',
        '.',
        '',
        ' ',
        '0',
        '-1',
        'FOUT',
        '😀.',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    fc.boolean(),
  )
  .map(([name, isQuoted]) => {
    const mustBe = name === '' || /[."\s]/u.test(name);
    return { name, text: isQuoted || mustBe ? quoted(name) : name };
  });

describe('a dotted path', () => {
  it('finds what is under its names, whatever those are', () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), (steps) => {
        const path = steps.map(({ text }) => text).join('.');
        const names = steps.map(({ name }) => name);
        expect(isPath(path), path).to.equal(true);
        expect(namesIn(path)).to.deep.equal(names);
        const whole = names.reduceRight<Json>((inner, name) => Object.fromEntries([[name, inner]]), 'here');
        expect(valueAt(whole, path)).to.equal('here');
        expect(isObject(whole) && valueAt({ ...whole, [names[0] ?? '']: null }, path)).to.be.oneOf(
          names.length === 1 ? [null] : [undefined],
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('of plain names is what it always was', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[^."\s]+(\.[^."\s]+)*$/u), (path) => {
        expect(isPath(path)).to.equal(true);
        expect(namesIn(path)).to.deep.equal(path.split('.'));
      }),
    );
  });

  it('is read without a failure, also when it is none', () => {
    const pieces = fc.array(fc.constantFrom('.', '"', '\\', 'a', ' ', '0'), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, (signs) => {
        const text = signs.join('');
        const names = namesIn(text);
        if (isPath(text) && text.includes('"'))
          expect(names).to.deep.equal(namesIn(names.map(quoted).join('.')));
        else if (text.includes('"')) expect(names).to.deep.equal([text]);
        expect(valueAt({ a: [{}] }, text)).not.to.equal('here');
      }),
      { numRuns: 1000 },
    );
  });

  it('goes into lists by the place of an item', () => {
    const value = { 'a.b': [{ '@odata.id': 1 }, { '@odata.id': 2 }] };
    expect(valueAt(value, '"a.b".1."@odata.id"')).to.equal(2);
    expect(valueAt(value, '"a.b".-1."@odata.id"')).to.equal(2);
    expect(valueAt(value, 'a.b.1')).to.equal(undefined);
  });
});

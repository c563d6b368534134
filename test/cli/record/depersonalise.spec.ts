import { expect } from 'chai';
import fc from 'fast-check';
import { depersonaliser } from '../../../src/examples/depersonalise.ts';
import { passesElfproef } from '../../../src/contract/numbers.ts';

const nothing = { known: new Set<string>(), ids: new Set<string>(), instead: new Map<string, string>() };

/** A person's values become those of nobody. */
const change = (kept = nothing) => {
  const made = depersonaliser(kept, Math.random);
  return (value: string) => made(value) as string;
};

describe('what record makes of values', () => {
  // Those that are nobody's stay.
  const words = fc
    .stringMatching(/^[A-Z][a-z]{3,9}( [A-Z][a-z]{3,9}){0,3}$/)
    .filter((text) => !/\b(voor|http|https|example|null|true|false)\b/i.test(text));

  it('is the same for the same text, of the same form, and another text', () => {
    fc.assert(
      fc.property(words, (text) => {
        const made = change();
        const once = made(text);
        expect(once).to.equal(made(text)).and.to.have.length(text.length);
        expect(once).to.match(/^[A-Z][a-z]+( [A-Z][a-z]+)*$/);
        for (const word of text.split(' ')) expect(once.split(' ')).not.to.include(word);
      }),
    );
  });

  it('goes along with capitals, with pieces of a text and with what is put around it', () => {
    fc.assert(
      fc.property(words, (text) => {
        const made = change();
        expect(made(text.toUpperCase())).to.equal(made(text).toUpperCase());
        expect(made(`(${text}), 12`)).to.equal(`(${made(text)}), 12`);
        expect(made(text.slice(0, 1))).to.equal(made(text).slice(0, 1));
        expect(made(text.split(' ')[0] ?? '')).to.equal(made(text).split(' ')[0]);
      }),
    );
  });

  it('tells different words apart', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{4,8}$/), { maxLength: 40 }), (texts) => {
        const made = change();
        expect(new Set(texts.map(made)).size).to.equal(texts.length);
      }),
    );
  });

  it('makes a BSN a test BSN, and one that fails its check another one that does', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-8][0-9]{8}$/), (digits) => {
        const made = change()(digits);
        expect(made)
          .to.match(/^[0-9]{9}$/)
          .and.not.to.equal(digits);
        expect(passesElfproef(made)).to.equal(passesElfproef(digits));
        if (passesElfproef(digits)) expect(made).to.match(/^99999/);
      }),
    );
  });

  it('makes of a telephone number the same one in every notation', () => {
    const made = change();
    const plain = made('0612345678');
    expect(plain)
      .to.match(/^061\d{7}$/)
      .and.not.to.equal('0612345678');
    expect(made('06-12 34 56 78').replace(/\D/g, '')).to.equal(plain);
    expect(made('+31 (0)6 12345678')).to.match(/^\+31 \(0\)6 1/);
    expect(made('+31612345678')).to.equal(`+31${plain.slice(1)}`);
    expect(made('bel 06-12345678!')).to.include(`06-${plain.slice(2)}!`);
  });

  it('makes an e-mail address one of a host that cannot be', () => {
    const made = change();
    expect(made('Jan.Proef@voorbeeldstad.nl')).to.match(/^[A-Z][a-z]{2}\.[A-Z][a-z]{4}@domein1\.example$/);
    expect(made('piet@voorbeeldstad.nl')).to.match(/@domein1\.example$/);
    expect(made('piet@elders.nl')).to.match(/@domein2\.example$/);
    expect(made('jan@@voorbeeldstad,nl')).to.match(/^[a-z]{3}@@[a-z]{13},nl$/);
  });

  it('moves all dates by as many days, in the notation in which they are', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1920-01-01'), max: new Date('2020-12-31'), noInvalidDate: true }),
        (date) => {
          const made = change();
          const [year = '', month = '', day = ''] = date.toISOString().slice(0, 10).split('-');
          const [later = '', ...rest] = made(`${year}-${month}-${day}`).split('-');
          expect(made(`${day}-${month}-${year}`)).to.equal([later, ...rest].reverse().join('-'));
          expect(made(`${year}${month}${day}`)).to.equal([later, ...rest].join(''));
          expect(Number(later)).to.be.lessThan(Number(year));
        },
      ),
    );
    expect(change()('00-00-1980')).to.match(/^00-00-19[67]\d$/);
  });

  it('leaves moments, UUIDs, short numbers and what is between names alone', () => {
    for (const text of [
      '2026-03-29T02:30:00+02:00',
      '2026-03-29-10.11.12.123456',
      '20260329101112',
      '1117d100-0000-8000-8000-0000000186a5',
      '1234',
      'van der',
      "'s- 't",
      '',
      '- / -',
    ]) {
      expect(change()(text)).to.equal(text);
    }
  });

  it('leaves what is known alone, and puts settings of the set in the place of those of a configuration', () => {
    const made = change({
      known: new Set(['besloten_vennootschap', 'DOC ']),
      ids: new Set(['500123']),
      instead: new Map([['517439943', '123456782']]),
    });
    expect(made('besloten_vennootschap')).to.equal('besloten_vennootschap');
    expect(made('DOC Jansen'))
      .to.match(/^DOC [A-Z][a-z]{5}$/)
      .and.not.include('Jansen');
    expect(made('500123,987654'))
      .to.match(/^500123,\d{6}$/)
      .and.not.include('987654');
    expect(made('517439943')).to.equal('123456782');
  });

  it('keeps the kind of each value, and every key', () => {
    const made = depersonaliser(nothing, Math.random)({ Jansen: [999990019, 12, true, null, 'Jansen'] });
    expect(made).to.have.nested.property('Jansen[0]').that.is.a('number');
    expect(made).to.have.nested.property('Jansen[1]', 12);
    expect(made).to.have.nested.property('Jansen[2]', true);
    expect(made).to.have.nested.property('Jansen[3]', null);
    expect(made)
      .to.have.nested.property('Jansen[4]')
      .that.matches(/^[A-Z][a-z]{5}$/);
  });
});

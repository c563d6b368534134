import { expect } from 'chai';
import fc from 'fast-check';
import { depersonaliser } from '../../../src/examples/depersonalise.ts';
import { numbersIn } from '../../../src/examples/numbers.ts';

const nothing = { known: new Set<string>(), ids: new Set<string>(), instead: new Map<string, string>() };

describe('what record makes of numbers in a text', () => {
  it('tells numbers that follow one another apart', () => {
    for (const numbers of [
      ['999990019', ' 06-12345678'],
      ['06-12345678', ' / 020 123 45 67'],
      ['+31 6 12 34 56 78', ' 999990019'],
      ['0031 612345678', ' 0201234567'],
      ['06 12 34 05 67'],
      ['12', ' 999990019'],
      ['+31 (0)6 12345678'],
      ['1234567890123456'],
    ]) {
      expect(numbersIn(numbers.join(''))).to.deep.equal(numbers);
    }
  });

  it('loses nothing, whatever the run', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?[0-9]([ ()./-]{0,3}[0-9]){8,40}$/), (run) => {
        expect(numbersIn(run).join('')).to.equal(run);
      }),
    );
  });

  it('replaces each as it is replaced alone', () => {
    const bsn = fc.constantFrom('999990019', '123456782', '111222333');
    const telephone = fc.stringMatching(/^0[1-9][0-9]{8}$/);
    fc.assert(
      fc.property(bsn, telephone, fc.constantFrom(' ', ' - ', '/', '. '), (first, second, between) => {
        const made = depersonaliser(nothing, Math.random);
        const change = (text: string) => made(text) as string;
        const together = change(`Zie ${first}${between}${second}!`);
        expect(together).to.match(new RegExp(`^\\S{3} ${change(first)}\\D+${change(second)}!$`));
      }),
    );
  });

  it('leaves no more than four digits in front of a long number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9][0-9]{15}$/), (digits) => {
        fc.pre(!/^(19|20)/.test(digits));
        const made = depersonaliser(nothing, Math.random)(digits) as string;
        expect(made).to.match(/^[0-9]{16}$/);
        expect(made.slice(0, 7)).not.to.equal(digits.slice(0, 7));
      }),
    );
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { passesElfproef } from '../../src/contract/numbers.ts';

/** The weights of contract section 3.1, from the left. */
const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];

const eightDigits = fc.array(fc.nat(9), { minLength: 8, maxLength: 8 });

/** The digits with the last one that makes the sum divide by eleven; undefined where that would be ten. */
function completed(digits: readonly number[]): number[] | undefined {
  const sum = digits.reduce((total, digit, index) => total + digit * (weights[index] ?? 0), 0);
  return sum % 11 === 10 ? undefined : [...digits, sum % 11];
}

describe('the elfproef: contract section 3.1', () => {
  for (const number of [
    '950428139',
    '423182687',
    '123456782',
    '314273268',
    '100000009',
    '154760924',
    '000000000',
  ])
    it(`${number} passes`, () => {
      expect(passesElfproef(number)).to.equal(true);
    });

  for (const number of ['000099998', '123456789', '999990018'])
    it(`${number} fails`, () => {
      expect(passesElfproef(number)).to.equal(false);
    });

  it('of each ten numbers that differ in the last digit, the right one passes, and no other', () => {
    fc.assert(
      fc.property(eightDigits, (digits) => {
        const passing = Array.from({ length: 10 }, (_, last) => [...digits, last].join('')).filter(
          passesElfproef,
        );
        const right = completed(digits);
        expect(passing).to.deep.equal(right ? [right.join('')] : []);
      }),
    );
  });

  it('one wrong digit is always noticed', () => {
    fc.assert(
      fc.property(eightDigits, fc.nat(8), fc.integer({ min: 1, max: 9 }), (digits, place, shift) => {
        const right = completed(digits);
        fc.pre(right !== undefined);
        const wrong = right.with(place, ((right[place] ?? 0) + shift) % 10);
        expect(passesElfproef(wrong.join(''))).to.equal(false);
      }),
    );
  });
});

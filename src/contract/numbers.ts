import { complain, type Field, type Reading } from './field.ts';
import { text, type TextCheck, type TextOptions } from './text.ts';

/** The elfproef of RSIN and BSN: from the right, digit 1 weighs -1, digit n weighs n; the sum divides by 11. */
export function passesElfproef(digits: string): boolean {
  let sum = 0;
  for (let place = 1; place <= digits.length; place++) {
    const weight = place === 1 ? -1 : place;
    sum += weight * Number(digits.at(-place));
  }
  return sum % 11 === 0;
}

/** Complains about a number of nine digits: digits, length and proof in turn, the first failure only (contract section 3.1). */
function nineDigits(label: string): TextCheck {
  return (value: string, reading: Reading) => {
    if (!/^[0-9]+$/.test(value)) complain(reading, 'only-digits', 'Waarde moet numeriek zijn.');
    else if (value.length !== 9) complain(reading, 'invalid-length', `${label} moet 9 tekens lang zijn.`);
    else if (!passesElfproef(value)) complain(reading, 'invalid', `Onjuist ${label} nummer.`);
  };
}

/** The demands on an RSIN, also used by the filter on it. */
export const rsinCheck = nineDigits('RSIN');

/** An RSIN: the number of an organisation. */
export function rsin(options: TextOptions = {}): Field<string> {
  return text({ max: 9, ...options, checks: [rsinCheck] });
}

/** A burgerservicenummer. */
export function bsn(options: TextOptions = {}): Field<string> {
  return text({ max: 9, ...options, checks: [nineDigits('BSN')] });
}

const aNummerPattern = /^[1-9][0-9]{9}$/;

/** The administratienummer of a person in the BRP. */
export function aNummer(options: TextOptions = {}): Field<string> {
  const check: TextCheck = (value, reading) => {
    if (!aNummerPattern.test(value)) {
      complain(
        reading,
        'a-nummer-incorrect-format',
        'Een A-nummer bestaat uit tien cijfers en begint niet met 0.',
      );
    }
  };
  return text({ max: 10, pattern: aNummerPattern, ...options, checks: [check] });
}

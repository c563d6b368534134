import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { EvaluationError, pictureLength } from '../limits.ts';
import { type Helper, isNothing } from './helper.ts';

/** Telephone numbers in one notation. */
export const telephoneHelpers = {
  phone: {
    call: '(text, country)',
    is:
      'a telephone number in international notation (E.164). A number without a country is one of `country`: `"NL"`, ' +
      'unless it says otherwise. What is no telephone number comes back as it is',
    example: { of: '$phone("06 - 12 34 56 78")', yields: '+31612345678' },
    make: () => (text: unknown, country: unknown) => phone(text, country),
  },
} as const satisfies Readonly<Record<string, Helper>>;

/** A number with an extension stays as it is: E.164 has no place for that. */
function phone(given: unknown, country: unknown): unknown {
  if (isNothing(given)) return undefined;
  const defaultCountry = country ?? 'NL';
  if (typeof defaultCountry !== 'string' || !isSupportedCountry(defaultCountry))
    throw new EvaluationError('K0008');
  if (typeof given !== 'string' || given.length > pictureLength) return given;
  const number = parsePhoneNumberFromString(given.trim(), { defaultCountry, extract: false });
  return number?.isValid() && number.ext === undefined ? number.number : given;
}

import { isObject } from '../json.ts';
import { oneOf } from './checks.ts';
import type { Rule } from './rule.ts';

/** A contactmoment has a medewerker, by URL or by data (contract section 3.4). */
export const medewerkerRequired: Rule = {
  id: 'medewerker-required',
  title: 'Een CONTACTMOMENT heeft een medewerker of een medewerkerIdentificatie',
  default: 'on',
  on: ['create', 'update', 'partial_update'],
  checks: {
    'cross-field': oneOf(
      'invalid-medewerker',
      'medewerker of medewerkerIdentificatie moet worden opgegeven.',
      ({ medewerker, medewerkerIdentificatie }) => medewerker !== '' || isObject(medewerkerIdentificatie),
    ),
  },
};

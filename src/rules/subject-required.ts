import { isObject } from '../json.ts';
import { oneOf } from './checks.ts';
import type { Rule } from './rule.ts';

/**
 * A klant needs a subject or a subjectIdentificatie: behaviour of the reference implementation, off by default
 * because the standard lets an unidentified klant be registered without conditions (ruling R3).
 * On an update what is stored counts too (contract section 3.4).
 */
export const subjectRequired: Rule = {
  id: 'subject-required',
  title: 'Een KLANT heeft een subject of een subjectIdentificatie',
  default: 'off',
  on: ['create', 'update', 'partial_update'],
  checks: {
    'cross-field': oneOf(
      'invalid-subject',
      'subject of subjectIdentificatie moet worden opgegeven.',
      (klant) => klant.subject !== '' || isObject(klant.subjectIdentificatie),
    ),
  },
};

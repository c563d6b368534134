import { all, mustBeOurs, mustExist, uniqueTogether } from './checks.ts';
import type { Rule } from './rule.ts';

const triple = uniqueTogether('klantcontactmoment', ['contactmoment', 'klant', 'rol']);

/** A klantcontactmoment links what exists, and links it once in each rol. */
export const cm004: Rule = {
  id: 'cm-004',
  title: 'Valideren attributen contactmoment, klant en rol bij aanmaken van een KLANT-CONTACTMOMENT relatie',
  default: 'on',
  on: ['create'],
  locks: triple.locks,
  checks: {
    fields: all(mustBeOurs('contactmoment', 'contactmoment'), mustExist('klant')),
    record: triple.check,
  },
};

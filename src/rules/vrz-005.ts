import { all, mustBeOurs, mustExist, uniqueTogether } from './checks.ts';
import type { Rule } from './rule.ts';

const pair = uniqueTogether('verzoekcontactmoment', ['verzoek', 'contactmoment']);

/** A verzoekcontactmoment links what exists, and links it once. */
export const vrz005: Rule = {
  id: 'vrz-005',
  title: 'Valideren attributen verzoek en contactmoment bij aanmaken van een VERZOEK-CONTACTMOMENT relatie',
  default: 'on',
  on: ['create'],
  locks: pair.locks,
  checks: { fields: all(mustBeOurs('verzoek', 'verzoek'), mustExist('contactmoment')), record: pair.check },
};

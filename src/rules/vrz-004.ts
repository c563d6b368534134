import { all, mustBeOurs, mustExist, uniqueTogether } from './checks.ts';
import type { Rule } from './rule.ts';

const triple = uniqueTogether('klantverzoek', ['klant', 'verzoek', 'rol'], ['klant', 'verzoek']);

/** A klantverzoek links what exists, and links it once in each rol. */
export const vrz004: Rule = {
  id: 'vrz-004',
  title: 'Valideren attributen klant, verzoek en rol bij aanmaken van een KLANT-VERZOEK relatie',
  default: 'on',
  on: ['create'],
  locks: triple.locks,
  checks: { fields: all(mustBeOurs('verzoek', 'verzoek'), mustExist('klant')), record: triple.check },
};

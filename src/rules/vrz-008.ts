import { all, mustBe, mustBeOurs, uniqueTogether } from './checks.ts';
import type { Rule } from './rule.ts';
import { asksForZaak, isZaak } from './shapes.ts';

const pair = uniqueTogether('objectverzoek', ['verzoek', 'object']);

/** An objectverzoek links a verzoek and a zaak that exist, and links them once. */
export const vrz008: Rule = {
  id: 'vrz-008',
  title: 'Valideren attributen object en verzoek bij aanmaken van een OBJECT-VERZOEK relatie',
  default: 'on',
  on: ['create'],
  locks: pair.locks,
  checks: {
    fields: all(mustBeOurs('verzoek', 'verzoek'), mustBe('object', isZaak, asksForZaak)),
    record: pair.check,
  },
};

import { all, mustBe, mustBeOurs, uniqueTogether } from './checks.ts';
import type { Rule } from './rule.ts';
import { asksForZaak, isZaak } from './shapes.ts';

const pair = uniqueTogether('objectcontactmoment', ['contactmoment', 'object']);

/** An objectcontactmoment links a contactmoment and a zaak that exist, and links them once. */
export const cm005: Rule = {
  id: 'cm-005',
  title: 'Valideren attributen contactmoment en object bij aanmaken van een OBJECT-CONTACTMOMENT relatie',
  default: 'on',
  on: ['create'],
  locks: pair.locks,
  checks: {
    fields: all(mustBeOurs('contactmoment', 'contactmoment'), mustBe('object', isZaak, asksForZaak)),
    record: pair.check,
  },
};

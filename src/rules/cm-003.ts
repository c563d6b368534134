import { mustExist } from './checks.ts';
import type { Rule } from './rule.ts';

/** The medewerker that a body supplies exists. Installed clients that make one up need it off. */
export const cm003: Rule = {
  id: 'cm-003',
  title: 'Valideren attribuut medewerker bij aanmaken of bijwerken van een CONTACTMOMENT',
  default: 'on',
  on: ['create', 'update', 'partial_update'],
  checks: { fields: mustExist('medewerker') },
};

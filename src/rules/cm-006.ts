import { inSource } from './checks.ts';
import type { Rule } from './rule.ts';

/**
 * The relation of a contactmoment with a zaak is in the Zaken API first, and is removed there first (contract section
 * 8.2). Some installed clients make it here first: they need `off`, or `warn`.
 */
export const cm006: Rule = {
  id: 'cm-006',
  title: 'Valideren bestaan relatie tussen OBJECT en CONTACTMOMENT in de bron',
  default: 'on',
  warns: true,
  on: ['create', 'delete'],
  checks: { record: inSource('zaakcontactmomenten', 'contactmoment', 'de zaak') },
};

import { inSource } from './checks.ts';
import type { Rule } from './rule.ts';

/** The relation of a verzoek with a zaak is in the Zaken API first, and is removed there first (contract section 8.2). */
export const vrz009: Rule = {
  id: 'vrz-009',
  title: 'Valideren bestaan relatie tussen OBJECT en VERZOEK in de bron',
  default: 'on',
  warns: true,
  on: ['create', 'delete'],
  checks: { record: inSource('zaakverzoeken', 'verzoek', 'de zaak') },
};

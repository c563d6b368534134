import { mustBeOurs, oneToOne } from './checks.ts';
import type { Rule } from './rule.ts';

const link = oneToOne('verzoek', 'aangevuldeVerzoek');

/**
 * The kruisverwijzing of aangevuldeVerzoek and aanvullendeVerzoek. The second is derived from the first, so what can go wrong is
 * that the first leads nowhere, or that two verzoeken claim the same one.
 */
export const vrz003: Rule = {
  id: 'vrz-003',
  title: 'Zetten van het attribuut aanvullendeVerzoek op basis van aangevuldeVerzoek',
  default: 'on',
  on: ['create', 'update', 'partial_update'],
  locks: link.locks,
  checks: { fields: mustBeOurs('aangevuldeVerzoek', 'verzoek'), record: link.check },
};

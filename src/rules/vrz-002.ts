import { mustBeOurs, oneToOne } from './checks.ts';
import type { Rule } from './rule.ts';

const link = oneToOne('verzoek', 'inTeTrekkenVerzoek');

/**
 * The kruisverwijzing of inTeTrekkenVerzoek and intrekkendeVerzoek. The second is derived from the first, so what can go wrong is
 * that the first leads nowhere, or that two verzoeken claim the same one.
 */
export const vrz002: Rule = {
  id: 'vrz-002',
  title: 'Zetten van het attribuut intrekkendeVerzoek op basis van inTeTrekkenVerzoek',
  default: 'on',
  on: ['create', 'update', 'partial_update'],
  locks: link.locks,
  checks: { fields: mustBeOurs('inTeTrekkenVerzoek', 'verzoek'), record: link.check },
};

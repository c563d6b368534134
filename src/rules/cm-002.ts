import { oneToOne } from './checks.ts';
import type { Rule } from './rule.ts';

const successor = oneToOne('contactmoment', 'vorigContactmoment');

/**
 * The kruisverwijzing of vorigContactmoment and volgendContactmoment. The second is derived from the first, so all
 * that can go wrong is that two contactmomenten claim the same predecessor.
 */
export const cm002: Rule = {
  id: 'cm-002',
  title: 'Automatisch zetten van het attribuut volgendContactmoment in het vorige CONTACTMOMENT',
  default: 'on',
  on: ['create', 'update', 'partial_update'],
  locks: successor.locks,
  checks: { record: successor.check },
};

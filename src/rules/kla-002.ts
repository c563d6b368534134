import { mustExist } from './checks.ts';
import type { Rule } from './rule.ts';

/**
 * Valideren attribuut `subject` bij aanmaken van een KLANT.
 *
 * The standard asks it of a create, the reference implementation of every write that supplies a subject; so do we
 * (contract section 3.3). A URL of a host that is not configured, or that cannot be asked, is bad as well (R7).
 */
export const kla002: Rule = {
  id: 'kla-002',
  title: 'Valideren attribuut subject bij aanmaken van een KLANT',
  default: 'on',
  on: ['create', 'update', 'partial_update'],
  checks: { fields: mustExist('subject') },
};

import { mustBeOurs } from './checks.ts';
import type { Rule } from './rule.ts';

/** A contactmoment that follows another one names one that exists. */
export const cm001: Rule = {
  id: 'cm-001',
  title: 'Valideren attribuut vorigContactmoment bij aanmaken of bijwerken van een CONTACTMOMENT',
  default: 'on',
  on: ['create', 'update', 'partial_update'],
  checks: { fields: mustBeOurs('vorigContactmoment', 'contactmoment') },
};

import type { Check } from '../../check.ts';
import { contactmomentenRules } from '../rules/contactmomenten.ts';
import { mirrorRules } from '../rules/mirror.ts';
import { verzoekenRules } from '../rules/verzoeken.ts';
import { asKic } from './as-kic.ts';

/** The rules that protect what this API and the newer ones both show: they hold for writes that come in here too. */
const shared: readonly string[] = [
  'cm-005',
  'cm-006',
  'vrz-001',
  'vrz-005',
  'vrz-006',
  'vrz-007',
  'vrz-008',
  'vrz-009',
  'kic-001',
];

/** What those rules ask of a URL of another register, which this API does not fetch. */
const notFetched: readonly string[] = ['vrz-005.contactmoment', 'vrz-007.product'];

/** The rules of the newer APIs that hold here, tried here. */
export const kicRules: readonly Check[] = [...contactmomentenRules, ...verzoekenRules, ...mirrorRules]
  .filter(({ id, proves }) => proves.some((rule) => shared.includes(rule)) && !notFetched.includes(id))
  .map(asKic);

import { isObject } from '../json.ts';
import { oneOf } from './checks.ts';
import type { Rule } from './rule.ts';

/** A verzoekproduct has a product, by URL or by code (contract section 3.4). */
export const productRequired: Rule = {
  id: 'product-required',
  title: 'Een VERZOEK-PRODUCT heeft een product of een productIdentificatie',
  default: 'on',
  on: ['create'],
  checks: {
    'cross-field': oneOf(
      'invalid-product',
      'product of productIdentificatie moet worden opgegeven.',
      ({ product, productIdentificatie: by }) => product !== '' || (isObject(by) && by.code !== ''),
    ),
  },
};

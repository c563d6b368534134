import { isObject, type JsonObject, scalarText } from '../json.ts';
import { all, mustBeOurs, mustExist, notUnique, textOf } from './checks.ts';
import type { Rule } from './rule.ts';

/** A verzoekproduct links what exists; the same product, by URL or by code, is linked once. */
export const vrz007: Rule = {
  id: 'vrz-007',
  title: 'Valideren attributen verzoek en product bij aanmaken van een VERZOEK-PRODUCT relatie',
  default: 'on',
  on: ['create'],

  locks: ({ merged }) =>
    [textOf(merged, 'product'), codeOf(merged)]
      .filter((text) => text !== '')
      .map((text) => `verzoekproduct ${textOf(merged, 'verzoek')} ${text}`),

  checks: {
    fields: all(mustBeOurs('verzoek', 'verzoek'), mustExist('product')),
    async record({ merged }, world) {
      const found = await world.find('verzoekproduct', { verzoek: textOf(merged, 'verzoek') });
      const sameAs = (read: (record: JsonObject) => string): boolean =>
        read(merged) !== '' && found.some(({ representation }) => read(representation) === read(merged));
      if (sameAs((record) => textOf(record, 'product'))) return [notUnique(['verzoek', 'product'])];
      return sameAs(codeOf) ? [notUnique(['verzoek', 'productIdentificatie.code'])] : [];
    },
  },
};

function codeOf({ productIdentificatie }: JsonObject): string {
  return isObject(productIdentificatie) ? (scalarText(productIdentificatie.code) ?? '') : '';
}

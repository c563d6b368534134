import { nested } from '../contract/field.ts';
import { onReference, onText, onUrl } from '../contract/filter.ts';
import { ownUrl, reference } from '../contract/links.ts';
import { crudScopes, defineResource, relationOperations } from '../contract/resource.ts';
import { text, url } from '../contract/text.ts';
import { productRequired } from '../rules/product-required.ts';
import { vrz007 } from '../rules/vrz-007.ts';
import { scalarText, valueAt } from '../json.ts';
import { ofVerzoek } from './verzoek.ts';
import { lastSegment } from './weergave.ts';

/** A verzoekproduct: what a verzoek asks for, by URL or by code. Contract section 2.6. */
export const verzoekproduct = defineResource({
  api: 'verzoeken',
  name: 'verzoekproduct',
  plural: 'verzoekproducten',
  schemaName: 'VerzoekProduct',
  description: 'Een product of dienst waar een verzoek om vraagt.',
  operations: relationOperations,
  scopes: crudScopes('verzoeken'),
  fields: {
    url: ownUrl('De unieke identificatie en locatie van deze relatie.'),
    verzoek: reference('verzoek', { required: true, description: 'Het verzoek.' }),
    product: url({ max: 1000, description: 'De URL van het product; moet bestaan (vrz-007).' }),
    productIdentificatie: nested(
      'Product',
      { code: text({ max: 20, required: true, description: 'De unieke code van het product.' }) },
      { unset: { code: '' }, description: 'Het product, als daar geen URL van is.' },
    ),
  },
  filters: {
    verzoek: onReference('verzoek', 'verzoek', 'Het verzoek.'),
    product: onUrl('product', 'De URL van het product.'),
    productIdentificatie__code: onText('productIdentificatie.code', 'De code van het product.'),
  },
  unknownParameters: 'refuse',
  rules: [vrz007, productRequired],
  naturalKey: ['verzoek', 'product', 'productIdentificatie__code'],
  personalKeys: [],
  ...ofVerzoek(({ product, productIdentificatie }) => {
    return lastSegment(product) || (scalarText(valueAt(productIdentificatie, 'code')) ?? '');
  }),
});

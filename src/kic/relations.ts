import { onReference } from '../contract/filter.ts';
import type { Filters } from '../contract/filter.ts';
import { ownUrl, reference } from '../contract/links.ts';
import type { Resource } from '../contract/resource.ts';
import { url } from '../contract/text.ts';
import { objectcontactmoment } from '../resources/objectcontactmoment.ts';
import { objectverzoek } from '../resources/objectverzoek.ts';
import { verzoekcontactmoment } from '../resources/verzoekcontactmoment.ts';
import { verzoekinformatieobject } from '../resources/verzoekinformatieobject.ts';
import { verzoekproduct } from '../resources/verzoekproduct.ts';
import { all, mustBe, mustBeOurs } from '../rules/checks.ts';
import { asksForZaak, isZaak } from '../rules/shapes.ts';
import { declare, pick, withRules } from './declare.ts';
import type { View } from './view.ts';

const self = ownUrl('De unieke identificatie en locatie van deze relatie.');

const toContactmoment = reference('contactmoment', {
  required: true,
  max: Infinity,
  description: 'Het contactmoment.',
});

const toVerzoek = reference('verzoek', { required: true, max: Infinity, description: 'Het verzoek.' });

/** Asked of the object when all fields are right, and not, as in ours, together with them. */
const isThere = mustBe('object', isZaak, asksForZaak);

const object = url({ max: 200, required: true, description: 'De URL van het object.' });

function filtersOf({ filters }: Resource, ...names: readonly string[]): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => names.includes(name)));
}

/** The relations of the Klantinteracties API: ours, with shorter limits, and with fewer URLs that must exist. */
export const relations: readonly View[] = [
  {
    resource: declare(objectcontactmoment, {
      fields: {
        url: self,
        contactmoment: toContactmoment,
        object,
        ...pick(objectcontactmoment.fields, 'objectType'),
      },
      filters: filtersOf(objectcontactmoment, 'object', 'contactmoment'),
      unknownParameters: 'refuse',
    }),
    of: withRules(objectcontactmoment, { 'cm-005': mustBeOurs('contactmoment', 'contactmoment') }),
    later: withRules(objectcontactmoment, { 'cm-005': isThere }),
  },
  {
    resource: declare(objectverzoek, {
      fields: { url: self, verzoek: toVerzoek, object, ...pick(objectverzoek.fields, 'objectType') },
      filters: filtersOf(objectverzoek, 'object', 'verzoek'),
      unknownParameters: 'refuse',
    }),
    of: withRules(objectverzoek, { 'vrz-008': mustBeOurs('verzoek', 'verzoek') }),
    later: withRules(objectverzoek, { 'vrz-008': isThere }),
  },
  {
    resource: declare(verzoekcontactmoment, {
      fields: { url: self, contactmoment: toContactmoment, verzoek: toVerzoek },
      filters: {
        ...filtersOf(verzoekcontactmoment, 'verzoek'),
        contactmoment: onReference('contactmoment', 'contactmoment', 'Het contactmoment.'),
      },
      unknownParameters: 'refuse',
    }),
    of: withRules(verzoekcontactmoment, {
      'vrz-005': all(mustBeOurs('verzoek', 'verzoek'), mustBeOurs('contactmoment', 'contactmoment')),
    }),
    shownWith: 'contactmoment',
  },
  {
    resource: declare(verzoekinformatieobject, {
      fields: { url: self, ...pick(verzoekinformatieobject.fields, 'informatieobject'), verzoek: toVerzoek },
      filters: filtersOf(verzoekinformatieobject, 'verzoek', 'informatieobject'),
      unknownParameters: 'refuse',
    }),
    of: verzoekinformatieobject,
  },
  {
    resource: declare(verzoekproduct, {
      fields: {
        url: self,
        verzoek: toVerzoek,
        product: url({ max: 200, description: 'De URL van het product.' }),
        ...pick(verzoekproduct.fields, 'productIdentificatie'),
      },
      filters: filtersOf(verzoekproduct, 'verzoek', 'product', 'productIdentificatie__code'),
      unknownParameters: 'refuse',
    }),
    of: withRules(verzoekproduct, { 'vrz-007': mustBeOurs('verzoek', 'verzoek') }),
  },
];

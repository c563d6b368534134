import { withoutQuery } from '../url.ts';
import { all, mustBe, mustBeOurs, notUnique, textOf } from './checks.ts';
import type { Attempt, Rule } from './rule.ts';
import { isInformatieobject } from './shapes.ts';

/** A verzoekinformatieobject links what exists, and links it once. A version is no other document (ruling R11). */
export const vrz006: Rule = {
  id: 'vrz-006',
  title:
    'Valideren attributen verzoek en informatieobject bij aanmaken van een VERZOEK-INFORMATIEOBJECT relatie',
  default: 'on',
  on: ['create'],

  locks: ({ merged }) => [`verzoekinformatieobject ${textOf(merged, 'verzoek')} ${documentOf(merged)}`],

  checks: {
    fields: all(mustBeOurs('verzoek', 'verzoek'), mustBe('informatieobject', isInformatieobject)),
    async record({ merged }, world) {
      const found = await world.find('verzoekinformatieobject', { verzoek: textOf(merged, 'verzoek') });
      const isThere = found.some(({ representation }) => documentOf(representation) === documentOf(merged));
      return isThere ? [notUnique(['verzoek', 'informatieobject'])] : [];
    },
  },
};

function documentOf(record: Attempt['merged']): string {
  return withoutQuery(textOf(record, 'informatieobject'));
}

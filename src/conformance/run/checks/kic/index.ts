import type { Resource } from '../../../../contract/resource.ts';
import type { Check } from '../../check.ts';
import { declaredFor, resourcesOf } from '../../declarations.ts';
import { leastContactmoment, leastVerzoek } from '../../samples.ts';
import { medewerkerCheck } from '../contactmomenten/index.ts';
import { ofEachKind, subjectTypeCheck } from '../klanten/index.ts';
import { commonChecks } from '../shared/index.ts';
import { cascadeChecks } from '../shared/cascade.ts';
import { listChecks } from '../shared/lists.ts';
import { momentChecks } from '../shared/moments.ts';
import { numberChecks } from '../shared/numbers.ts';
import { mergeCheck } from '../shared/writing.ts';
import { ownChecks } from '../verzoeken/index.ts';
import { asKic } from './as-kic.ts';
import { klantChecks } from './klant.ts';
import { klantOfChecks } from './klant-of.ts';
import { arrayChecks } from './lists.ts';
import { sharedMirrorChecks } from './mirror.ts';
import { kicRules } from './rules.ts';
import { sharedRecordChecks } from './shared-records.ts';
import { urlChecks } from './urls.ts';

/** What follows from the declaration of a resource: what every API does, and how lists are different here. */
function declaredChecks(resource: Resource): Check[] {
  return [
    ...commonChecks(resource),
    ...[...listChecks(resource), ...arrayChecks(resource)].map((check) => waiting(resource, check)),
  ];
}

/** A list without filters is one of everything: several of those at once would be a test of something else. */
function waiting({ filters }: Resource, check: Check): Check {
  return Object.keys(filters).length === 0 ? { ...check, last: true } : check;
}

const [klant, contactmoment, verzoek] = (['klant', 'contactmoment', 'verzoek'] as const).map((name) =>
  declaredFor('kic', name),
) as [Resource, Resource, Resource];

/** The Klantinteracties API: what it has in common with the newer APIs, and what is different. */
export const kicChecks: readonly Check[] = [
  ...resourcesOf('kic').flatMap(declaredChecks),
  ...[...ofEachKind, subjectTypeCheck, medewerkerCheck, ...ownChecks].map(asKic),
  ...[klant, contactmoment, verzoek].flatMap(numberChecks),
  mergeCheck(klant, 'subjectIdentificatie', { voornamen: 'Andere Naam' }),
  mergeCheck(contactmoment, 'medewerkerIdentificatie', { achternaam: 'Andere Naam' }),
  ...momentChecks(contactmoment, (bronorganisatie) => leastContactmoment({ bronorganisatie })),
  ...momentChecks(verzoek, (bronorganisatie) => leastVerzoek({ bronorganisatie })),
  ...[contactmoment, verzoek].flatMap(cascadeChecks),
  ...klantChecks,
  ...klantOfChecks,
  ...urlChecks,
  ...sharedRecordChecks,
  ...sharedMirrorChecks,
  ...kicRules,
];

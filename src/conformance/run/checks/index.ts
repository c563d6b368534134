import { resources } from '../../../resources/index.ts';
import { apiNames, type Check } from '../check.ts';
import { contactmomentenChecks } from './contactmomenten/index.ts';
import { kicChecks } from './kic/index.ts';
import { klantenChecks } from './klanten/index.ts';
import { contactmomentenRules } from './rules/contactmomenten.ts';
import { klantenRules } from './rules/klanten.ts';
import { mirrorRules } from './rules/mirror.ts';
import { verzoekenRules } from './rules/verzoeken.ts';
import { audited, audittrailChecks } from './shared/audittrail.ts';
import { sharedChecks } from './shared/index.ts';
import { wholeApiChecks } from './shared/whole-api.ts';
import { verzoekenChecks } from './verzoeken/index.ts';

/** Every check, in the order of the report. */
export const checks: readonly Check[] = [
  ...resources.flatMap(sharedChecks),
  ...klantenChecks,
  ...contactmomentenChecks,
  ...verzoekenChecks,
  ...audited.flatMap(audittrailChecks),
  ...klantenRules,
  ...contactmomentenRules,
  ...verzoekenRules,
  ...mirrorRules,
  ...kicChecks,
  ...apiNames.flatMap(wholeApiChecks),
];

import type { Resource } from '../../../../contract/resource.ts';
import type { Check } from '../../check.ts';
import { accessChecks } from './access.ts';
import { announcementChecks } from './announcements.ts';
import { filterChecks, orderingChecks } from './filters.ts';
import { listChecks } from './lists.ts';
import { readingChecks } from './reading.ts';
import { referenceChecks } from './references.ts';
import { validationChecks } from './validation.ts';
import { writingChecks } from './writing.ts';

/** What every resource has to do, derived from its declaration. */
export function sharedChecks(resource: Resource): Check[] {
  return [
    ...accessChecks(resource),
    ...writingChecks(resource),
    ...validationChecks(resource),
    ...referenceChecks(resource),
    ...readingChecks(resource),
    ...listChecks(resource),
    ...filterChecks(resource),
    ...orderingChecks(resource),
    ...announcementChecks(resource),
  ];
}

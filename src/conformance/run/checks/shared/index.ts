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

/** What every resource has to do, derived from its declaration, whichever way its API makes lists. */
export function commonChecks(resource: Resource): Check[] {
  return [
    ...accessChecks(resource),
    ...writingChecks(resource),
    ...validationChecks(resource),
    ...referenceChecks(resource),
    ...readingChecks(resource),
    ...filterChecks(resource),
  ];
}

/** What every resource has to do in an API that makes pages of its lists, and tells of what is written. */
export function sharedChecks(resource: Resource): Check[] {
  return [
    ...commonChecks(resource),
    ...listChecks(resource),
    ...orderingChecks(resource),
    ...announcementChecks(resource),
  ];
}

import { adviceFor } from './advice.ts';
import type { Stored } from '../../register/record.ts';
import type { Result } from '../../gateway/perform.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Event } from '../../observe/events.ts';
import { Problem } from '../../problem.ts';
import { bodyFor, type Outcome } from './ask.ts';
import type { Mask } from './mask.ts';
import { type Showing, withoutSecrets } from './show-passed.ts';

/** What the client would get, and what the contract says of it, as they may be seen. */
export interface ShownOutcome {
  readonly result?: { readonly status: number; readonly body?: Json };
  readonly problem?: JsonObject;
  /** One sentence each: deviations, records that cannot be shown, values that were not kept, and what else was logged. */
  readonly remarks: readonly string[];
  /** What to look at because of it. */
  readonly advice: readonly string[];
}

/**
 * The ids in an outcome are no particulars (`check` refuses personal numbers as ids), and neither are our own URLs: from
 * here on they are shown. Call it before anything else is shown.
 */
export function allowIds(outcome: Outcome, mask: Mask): void {
  const { deployment, ready, came } = outcome;
  const { links, ownUrls } = deployment;
  const allowId = (id: unknown): void => {
    for (const part of [id].flat()) mask.allow(String(part));
  };
  const own = ready?.mapped.parts.map((part) => links.idIn(part, ready.call.uuid)) ?? [];
  for (const id of own) if (id !== undefined) allowId(id);
  const allowUrl = (text: string): void => {
    const place = ownUrls.find(text);
    if (!place || place.uuid === '') return;
    mask.allow(text);
    allowId(links.idOf(place.resource, text));
  };
  const seen = [
    ready?.call.body,
    ready?.call.filters,
    ...storedIn(came).map(({ representation }) => representation),
  ];
  for (const stored of storedIn(came)) {
    allowId(stored.id);
    if (ready) allowUrl(ownUrls.of(ownUrls.canonical, ready.mapped.resource, stored.uuid));
  }
  for (const value of seen) if (value !== undefined) textsIn(value).forEach(allowUrl);
}

function storedIn(came: Result | Problem): readonly Stored[] {
  if (came instanceof Problem) return [];
  switch (came.kind) {
    case 'page':
      return came.page.items;
    case 'records':
      return came.items;
    case 'record':
    case 'created':
      return [came.stored];
    case 'deleted':
      return [];
  }
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

const statuses: Readonly<Record<Result['kind'], number>> = {
  page: 200,
  records: 200,
  record: 200,
  created: 201,
  deleted: 204,
};

/** Makes what came of a call fit to be seen. */
export function shownOutcome(outcome: Outcome, { mask, secrets }: Showing): ShownOutcome {
  const { came, events } = outcome;
  const remarks = [...new Set(events.map(remarkOf))];
  const advice = adviceFor(outcome);
  if (came instanceof Problem) {
    const { status, code, detail, invalidParams = [] } = came;
    const params = invalidParams.map(({ name, code: paramCode, reason }) => ({
      name,
      code: paramCode,
      reason,
    }));
    return {
      problem: { status, code, detail, ...(params.length > 0 ? { invalidParams: params } : {}) },
      remarks,
      advice,
    };
  }
  const body = bodyFor(outcome, came);
  const shown = body === undefined ? {} : { body: withoutSecrets(mask.json(body), secrets) };
  return { result: { status: statuses[came.kind], ...shown }, remarks, advice };
}

/** An event in words: events hold no values of anybody. */
function remarkOf(event: Event): string {
  switch (event.event) {
    case 'afwijking': {
      const { resource, field, code, policy, records } = event;
      return `${resource}.${field} breaks the contract (${code}): ${policies[policy] ?? policy}; ${records} ${records === 1 ? 'record' : 'records'}`;
    }
    case 'record-unrenderable':
      return `${event.resource} ${event.id} cannot be shown: ${event.field} (${event.code})`;
    case 'values-not-kept':
      return `${event.resource} ${event.id}: the CRM does not hold what was written to ${event.fields.join(', ')}`;
    case 'translation-failed': {
      const place = event.line === undefined ? '' : `:${event.line}:${event.column ?? 1}`;
      return `${event.file}${place} failed (${event.code})`;
    }
    case 'bound-passed':
      return `more than ${event.maxRecords ?? 'the CRM allows'} records to look at${event.filters.length > 0 ? ` for ${event.filters.join(', ')}` : ''}`;
    default: {
      const { event: name, ...rest } = event;
      const parts = Object.entries(rest).map(([key, value]) => `${key} ${String(value)}`);
      return [name, ...parts].join(', ');
    }
  }
}

const policies: Readonly<Record<string, string>> = {
  pass: 'shown as it is (pass)',
  blank: 'shown as not set (blank)',
  refuse: 'not shown (refuse)',
};

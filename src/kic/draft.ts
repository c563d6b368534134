import { readVariant, unknownFields } from '../contract/read-body.ts';
import { asText } from '../contract/text.ts';
import { judge, refuse } from '../gateway/judge.ts';
import type { OwnUrls } from '../gateway/own-urls.ts';
import { attempting, courtOf, type Draft, readSupplied, type Writing } from '../gateway/writing.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { mustBeOurs } from '../rules/checks.ts';
import type { Stored } from '../register/record.ts';
import { inOurs } from './show.ts';
import type { KicSettings, View } from './view.ts';

/** What a body in the words of a view comes to: in ours, and the klant that it names, which is a relation there. */
export interface KicDraft extends Draft {
  /** Its canonical URL, null for none; undefined when the body does not say, or says what is shown already. */
  readonly klant: string | null | undefined;
}

const klantIsThere = mustBeOurs('klant', 'klant');

/**
 * Reads a body in the words of a view: the fields and the rules about them as that contract has them, and then what
 * they come to in ours.
 *
 * @param before what is stored, as the view shows it; undefined on a create
 * @throws Problem 400 with the names and codes of the older contract
 */
export async function readKicDraft(
  view: View,
  writing: Writing,
  stored: Stored | undefined,
  before: JsonObject | undefined,
  settings: KicSettings,
): Promise<KicDraft> {
  const { call, parts, worldOn } = writing;
  const body = before ? withoutRepeats(view, call.body, before, parts.ownUrls) : call.body;
  const lenient = before && isObject(body) ? view.lenient?.(body, before) : undefined;
  const resource = lenient ?? view.resource;
  const { change, extra, complaints } = readSupplied(writing, resource, body, before);
  const { klant, ...fields } = change;

  const created = before ? {} : (view.created?.(settings, call.work.caller?.clientId ?? '') ?? {});
  const ours = { ...created, ...inOurs(view, view.klantLink ? fields : change) };
  const attemptOf = attempting(writing, stored);
  const attempt = attemptOf(ours);
  const [found, absent] = await Promise.all([
    judge(courtOf(writing), 'fields', attempt),
    view.klantLink && klant !== undefined
      ? klantIsThere({ ...attempt, change: { klant } }, worldOn(call.work))
      : [],
  ]);
  refuse(resource, [...found, ...absent], complaints);

  const variant = readVariant(resource, body, attempt.merged);
  refuse(resource, variant.complaints);
  if (view.later) {
    const court = { ...courtOf(writing), resource: view.later };
    refuse(resource, await judge(court, 'fields', attempt));
  }
  return {
    attempt: attemptOf({ ...ours, ...variant.change }),
    // A key that ours knows and this contract does not means nothing here, and is none of a mapping's own.
    extra: unknownFields(view.of, extra),
    klant: view.klantLink ? (klant as string | null | undefined) : undefined,
  };
}

/** What is sent back as it was shown is no change, also where it would be refused as something new. */
function withoutRepeats(
  { derived = [], klantLink }: View,
  body: Json,
  before: JsonObject,
  urls: OwnUrls,
): Json {
  if (!isObject(body)) return body;
  const isRepeat = (name: string, value: Json): boolean => {
    if (klantLink && name === 'klant') return sameKlant(value, before.klant ?? null, urls);
    return derived.includes(name) && asText(value) === before[name];
  };
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => !isRepeat(name, value)));
}

function sameKlant(given: Json, stored: Json, urls: OwnUrls): boolean {
  const text = (given === null ? undefined : asText(given)) ?? '';
  if (text === '') return stored === null && (given === null || given === '');
  const place = urls.findPath(text);
  const url = place?.resource === 'klant' ? urls.canonicalOf('klant', place.uuid) : text;
  return url === stored || text === stored;
}

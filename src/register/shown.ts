import { setTimeout as wait } from 'node:timers/promises';
import { differing, shownOf } from '../contract/compare.ts';
import type { Resource } from '../contract/resource.ts';
import { Problem } from '../problem.ts';
import type { CarriedOut, Write } from './plan.ts';
import type { Stored } from './record.ts';
import type { Work } from './work.ts';

/** Between two looks, in milliseconds: longer each time. */
const pausesMs = { first: 50, longest: 1000 } as const;

/**
 * Looks again and again, for a CRM that carries out a write later than it answers, until what was written shows.
 *
 * @param withinMs milliseconds after which it should; the deadline of the work may come before
 * @param look reads the record; undefined when it is not there
 * @throws Problem 504 when it does not show in time: whether it was carried out is not known then
 */
export async function untilShown(
  withinMs: number,
  look: () => Promise<Stored | undefined>,
  isShown: (seen: Stored | undefined) => boolean,
  { deadline }: Pick<Work, 'deadline'>,
): Promise<Stored | undefined> {
  const begun = performance.now();
  for (let pause: number = pausesMs.first; ; pause = Math.min(2 * pause, pausesMs.longest)) {
    const seen = await look();
    if (isShown(seen)) return seen;
    const left = withinMs - (performance.now() - begun);
    if (left <= 0 || deadline.leftMs() <= pause) throw new Problem('GatewayTimeout');
    await wait(Math.min(pause, left));
  }
}

/**
 * Whether a record shows an update. A CRM may keep something else than it was given, so what counts is that a field
 * that was to change is not what it was; of several requests that write, all such fields.
 */
export function showsUpdate(
  resource: Resource,
  { merged, stored }: Write & { readonly stored: Stored },
  { results }: Pick<CarriedOut, 'results'>,
  now: Stored,
): boolean {
  const before = stored.representation;
  const wanted = differing(resource, shownOf(resource, merged), before);
  const moved = differing(resource, now.representation, before);
  const isSeveral = results.filter(({ isRead }) => !isRead).length > 1;
  const has = (name: string) => moved.includes(name);
  return wanted.length === 0 || (isSeveral ? wanted.every(has) : wanted.some(has));
}

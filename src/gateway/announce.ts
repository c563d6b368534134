import { momentAt } from '../contract/moments.ts';
import type { Announcement, Operation, Resource } from '../contract/resource.ts';
import { type JsonObject, scalarText } from '../json.ts';
import type { Clock } from '../mapping/functions.ts';
import { Problem } from '../problem.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { Notification } from '../surrounding/notificaties.ts';
import type { OwnUrls } from './own-urls.ts';
import type { ReadRecord } from './world.ts';

/** Where announcements go. */
export interface Announcer {
  /** Whether a write fails when its announcement cannot be delivered. */
  readonly strict: boolean;
  /** Best effort: returns at once. */
  publish(notification: Notification): void;
  /** Delivers now. Throws a Problem 503 when that fails. */
  deliver(notification: Notification, work: Work): Promise<void>;
}

const actions = {
  create: 'create',
  update: 'update',
  partial_update: 'partial_update',
  delete: 'destroy',
} as const satisfies Partial<Record<Operation, Notification['actie']>>;

/** What a notification is made of. */
export interface AnnounceParts {
  readonly ownUrls: OwnUrls;
  readonly clock: Clock;
}

/**
 * The notification about a write; undefined where the standard announces nothing (contract section 7.1).
 *
 * @param readRecord reads the main object, whose kenmerken subscribers filter on
 */
export async function notificationOf(
  { ownUrls, clock }: AnnounceParts,
  resource: Resource,
  operation: Operation,
  stored: Stored,
  readRecord: ReadRecord,
): Promise<Notification | undefined> {
  const { notifies } = resource;
  if (!notifies || !(operation in actions)) return undefined;
  const resourceUrl = ownUrls.canonicalOf(resource.name, stored.uuid);
  const main = await mainOf(resource, notifies, stored, resourceUrl, readRecord);
  return {
    kanaal: notifies.kanaal,
    hoofdObject: main.url,
    resource: resource.name,
    resourceUrl,
    actie: actions[operation as keyof typeof actions],
    aanmaakdatum: momentAt(clock.now()),
    kenmerken: Object.fromEntries(
      notifies.kenmerken.map((name) => [name, scalarText(main.representation[name]) ?? '']),
    ),
  };
}

async function mainOf(
  resource: Resource,
  { hoofdObject }: Announcement,
  { representation }: Stored,
  resourceUrl: string,
  readRecord: ReadRecord,
): Promise<{ url: string; representation: JsonObject }> {
  if (hoofdObject === 'self') return { url: resourceUrl, representation };
  const url = scalarText(representation[hoofdObject]) ?? '';
  return {
    url,
    representation: await representationOf(resource.fields[hoofdObject]?.link?.to ?? '', url, readRecord),
  };
}

/** The write was done: that its main object cannot be read just now is no reason to keep silent about it. */
async function representationOf(resource: string, url: string, readRecord: ReadRecord): Promise<JsonObject> {
  try {
    return (await readRecord(resource, url))?.representation ?? {};
  } catch (error) {
    if (error instanceof Problem) return {};
    throw error;
  }
}

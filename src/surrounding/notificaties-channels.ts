import type { Send, SendContext } from '../backend/send.ts';
import type { Announcement, Resource } from '../contract/resource.ts';
import { isObject, type Json } from '../json.ts';
import { BackendProblem, Problem } from '../problem.ts';

/** A channel, as the Notificaties API registers it. */
export interface Channel {
  readonly naam: string;
  readonly documentatieLink: string;
  /** The names of the kenmerken, in snake_case as the register wants them. */
  readonly filters: readonly string[];
}

/** What became of a channel: it was made, was there already, or was not made; with the register's status if it gave one. */
export interface Registration {
  readonly naam: string;
  readonly result: 'made' | 'present' | 'failed';
  readonly status?: number;
}

/**
 * The channels that these resources are announced on, each once.
 *
 * @param canonical our canonical base URL, under which the channels are described
 */
export function channelsOf(resources: readonly Resource[], canonical: string): Channel[] {
  const filters = new Map<string, Set<string>>();
  for (const { kanaal, kenmerken } of resources.flatMap(announcementOf)) {
    filters.set(kanaal, new Set([...(filters.get(kanaal) ?? []), ...kenmerken.map(snakeCase)]));
  }
  return [...filters].map(([naam, names]) => ({
    naam,
    documentatieLink: `${canonical}/ref/kanalen/#${naam}`,
    filters: [...names],
  }));
}

/** Registers a channel, unless it is there. Never throws for what the register does. */
export async function registerChannel(
  send: Send,
  channel: Channel,
  context: SendContext,
): Promise<Registration> {
  const { naam } = channel;
  try {
    const path = ['kanalen'];
    const query = [['naam', naam]] as const;
    const found = await send({ method: 'GET', path, query, headers: {} }, context);
    if (found.meaning !== 'ok') return { naam, result: 'failed', status: found.status };
    if (itemsOf(found.body).some((item) => isObject(item) && item.naam === naam)) {
      return { naam, result: 'present' };
    }
    const body = { ...channel, filters: [...channel.filters] };
    const made = await send({ method: 'POST', path, query: [], headers: {}, body }, context);
    return { naam, result: made.meaning === 'ok' ? 'made' : 'failed', status: made.status };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const status = error instanceof BackendProblem ? error.backendStatus : undefined;
    return { naam, result: 'failed', ...(status === undefined ? {} : { status }) };
  }
}

function announcementOf({ notifies }: Resource): readonly Announcement[] {
  return notifies ? [notifies] : [];
}

/** A list of the standard is bare or in pages; one channel by its name needs no second page. */
function itemsOf(body: Json | undefined): readonly Json[] {
  const items = isObject(body) ? body.results : body;
  return Array.isArray(items) ? items : [];
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

import { scalarText } from '../json.ts';
import type { Stored } from '../register/record.ts';
import { inBatches } from '../register/stretch.ts';
import type { Conversation } from './conversation.ts';

/** How many records are looked for at the same time. */
const atOnce = 8;

/**
 * Tells whether records of a resource of ours are there, each asked for once. What is of another register is taken
 * for granted.
 */
export function presenceOf(
  { registers, ownUrls, call }: Conversation,
  resource: string,
): (url: string) => Promise<boolean> {
  const asked = new Map<string, Promise<boolean>>();
  return (url) => {
    const place = ownUrls.find(url);
    const register = place?.resource === resource ? registers.get(resource) : undefined;
    if (!place || !register) return Promise.resolve(true);
    const asking =
      asked.get(url) ?? register.read(place.uuid, call.work).then((stored) => stored !== undefined);
    asked.set(url, asking);
    return asking;
  };
}

/** The items for which something holds, in the same order. */
export async function those<Item>(
  items: readonly Item[],
  holds: (item: Item) => Promise<boolean>,
): Promise<readonly Item[]> {
  const found = await inBatches(items, atOnce, async (item) => ((await holds(item)) ? [item] : []));
  return found.flat();
}

/** The records of a view without those that lead to a record of ours that is gone: here such a relation does not exist. */
export async function withoutLoose(
  conversation: Conversation,
  records: readonly Stored[],
): Promise<readonly Stored[]> {
  const { shownWith } = conversation.view;
  if (shownWith === undefined) return records;
  const isThere = presenceOf(conversation, shownWith);
  return those(records, ({ representation }) => isThere(scalarText(representation[shownWith]) ?? ''));
}

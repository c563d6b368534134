import type { Resource } from '../contract/resource.ts';
import { scalarText } from '../json.ts';
import type { Stored } from '../register/record.ts';
import type { Conversation } from './conversation.ts';
import { presenceOf, those } from './presence.ts';
import { wholeList } from './whole-list.ts';

/** How a relation with a klant is a field `klant` of the record that it is a part of. */
export interface KlantLink {
  /** The relation, without rules that were asked about the field already. */
  readonly relation: Resource;
  /** The field of the relation that leads to the record; also the name of its resource. */
  readonly main: 'contactmoment' | 'verzoek';
  /** The rollen of the relation, the one that is meant by `klant` first. */
  readonly rollen: readonly string[];
}

/** The klant of a record, or null; and the relations that say so. */
export interface ShownKlant {
  /** A canonical URL, or that of another register. */
  readonly klant: string | null;
  /** Every relation of the record with a klant that is there. */
  readonly links: readonly Stored[];
}

/** No relation at all. */
export const nobody: ShownKlant = { klant: null, links: [] };

/** The klant of one record. */
export async function klantOfOne(conversation: Conversation, stored: Stored): Promise<ShownKlant> {
  const { view, ownUrls } = conversation;
  if (!view.klantLink) return nobody;
  const { main } = view.klantLink;
  const links = await relations(conversation, view.klantLink, {
    [main]: ownUrls.canonicalOf(main, stored.uuid),
  });
  return shownKlant(view.klantLink, links, presenceOf(conversation, 'klant'));
}

/** The klant of each of many records: all relations are read at once, not those of one record after the other. */
export async function klantOfEach(
  conversation: Conversation,
  records: readonly Stored[],
): Promise<(stored: Stored) => Promise<ShownKlant>> {
  const { view, ownUrls } = conversation;
  const { klantLink } = view;
  if (!klantLink || records.length === 0) return () => Promise.resolve(nobody);
  const { main } = klantLink;
  const byMain = new Map<string, Stored[]>();
  for (const link of await relations(conversation, klantLink, {})) {
    const url = scalarText(link.representation[main]) ?? '';
    byMain.set(url, [...(byMain.get(url) ?? []), link]);
  }
  const isThere = presenceOf(conversation, 'klant');
  return ({ uuid }) => shownKlant(klantLink, byMain.get(ownUrls.canonicalOf(main, uuid)) ?? [], isThere);
}

/** The bound is on what a client asks for: how many relations that takes is none of its business. */
function relations(
  { perform, call }: Conversation,
  { relation }: KlantLink,
  filters: Readonly<Record<string, string>>,
): Promise<readonly Stored[]> {
  return wholeList(perform, call, relation, filters, Infinity);
}

/**
 * Which of the relations of one record is its klant: that of the best rol, then the oldest (they come in that order).
 * A klant of ours that is gone is nobody's.
 */
async function shownKlant(
  { rollen }: KlantLink,
  relations: readonly Stored[],
  isThere: (url: string) => Promise<boolean>,
): Promise<ShownKlant> {
  const links = await those(relations, (link) => isThere(klantIn(link)));
  const rank = ({ representation }: Stored): number => {
    const index = rollen.indexOf(scalarText(representation.rol) ?? '');
    return index < 0 ? rollen.length : index;
  };
  const lowest = Math.min(...links.map(rank));
  const best = links.find((link) => rank(link) === lowest);
  return { klant: best ? klantIn(best) : null, links };
}

/** The klant that a relation leads to. */
export function klantIn({ representation }: Stored): string {
  return scalarText(representation.klant) ?? '';
}

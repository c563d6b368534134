import { kicApi } from '../contract/apis.ts';
import type { Dialect, Filter, Result } from '../gateway/perform.ts';
import { UnsettledWrite } from '../gateway/settle.ts';
import { recordLock } from '../gateway/writing.ts';
import { deadlineIn } from '../deadline.ts';
import { unexpectedError } from '../observe/events.ts';
import { notFound, Problem } from '../problem.ts';
import type { Stored } from '../register/record.ts';
import { inBatches } from '../register/stretch.ts';
import { verzoekcontactmoment } from '../resources/verzoekcontactmoment.ts';
import type { Conversation, KicParts } from './conversation.ts';
import { type KicDraft, readKicDraft } from './draft.ts';
import { changeKlant, type KlantChange, klantChange } from './klant-change.ts';
import { klantOfEach, klantOfOne, nobody } from './klant-link.ts';
import { withoutLoose } from './presence.ts';
import { shown, shownRecord } from './show.ts';
import { viewOf } from './views.ts';
import { wholeList } from './whole-list.ts';

/** How many records are shown at the same time. */
const atOnce = 8;

/** How long clearing up after a delete may take: not what is left of the request's own time, for the delete is done. */
const clearingMs = 10_000;

/**
 * Performs calls to the Klantinteracties API: as calls on our own resources, with everything that holds for those, and
 * with what comes out in its words. Other calls go on as they are.
 */
export function withKic(parts: KicParts): Filter {
  return (perform) => async (call) => {
    const view = viewOf(call.resource);
    if (!view) return perform(call);
    const conversation: Conversation = { ...parts, view, call, perform };
    switch (call.operation) {
      case 'list':
        return list(conversation);
      case 'read':
        return read(conversation);
      case 'delete':
        return remove(conversation);
      default:
        return write(conversation);
    }
  };
}

async function list(conversation: Conversation): Promise<Result> {
  const { view, call, perform, ownUrls, settings } = conversation;
  const { filters } = view.resource;
  // A reference to what is not here finds nothing, though ours may have relations with other registers.
  const isElsewhere = Object.entries(call.filters).some(
    ([name, value]) => filters[name]?.link?.reach === 'local' && ownUrls.find(value) === undefined,
  );
  if (isElsewhere) return { kind: 'records', items: [] };
  const found = await wholeList(perform, call, view.of, call.filters, settings.maxRecords);
  const items = await withoutLoose(conversation, found);
  const klantOf = await klantOfEach(conversation, items);
  const records = await inBatches(items, atOnce, async (one) =>
    shownRecord(view, one, (await klantOf(one)).klant),
  );
  return { kind: 'records', items: records };
}

async function read(conversation: Conversation): Promise<Result> {
  const { view, call, perform } = conversation;
  const result = await perform({ ...call, resource: view.of });
  if (result.kind !== 'record') return result;
  const [stored] = await withoutLoose(conversation, [result.stored]);
  if (!stored) throw notFound();
  const { klant } = await klantOfOne(conversation, stored);
  return { kind: 'record', stored: shownRecord(view, stored, klant) };
}

/** A create or an update: one write of ours, and what its klant comes to. */
async function write(conversation: Conversation): Promise<Result> {
  const { view, call, perform } = conversation;
  const { dialect, klantAfter } = wording(conversation);
  const show = (stored: Stored): Stored => shownRecord(view, stored, klantAfter());
  try {
    const result = await perform({ ...call, resource: view.of, dialect });
    return 'stored' in result ? { ...result, stored: show(result.stored) } : result;
  } catch (error) {
    if (!(error instanceof UnsettledWrite)) throw error;
    throw new UnsettledWrite(
      error,
      error.settled.then((stored) => stored && show(stored)),
    );
  }
}

/** How this write is worded, and the klant that its record has in the end. */
function wording(conversation: Conversation): {
  readonly dialect: Dialect;
  readonly klantAfter: () => string | null;
} {
  const { view, call, settings, ownUrls } = conversation;
  const { klantLink } = view;
  let before = nobody;
  let draft: KicDraft | undefined;
  let change: KlantChange | undefined;
  const spoken = { api: kicApi, announces: settings.announces };

  const dialect: Dialect = {
    ...spoken,
    async readDraft(writing, stored) {
      if (stored) before = await klantOfOne(conversation, stored);
      const was = stored && shown(view, stored.representation, before.klant);
      draft = await readKicDraft(view, writing, stored, was, settings);
      if (klantLink && draft.klant !== undefined) {
        change = klantChange(draft.klant, before.links, settings.rollen[klantLink.main]);
      }
      return draft;
    },
    async complete(stored, work, undoable) {
      if (!klantLink || !change) return;
      const { uuid } = stored;
      const main = { uuid, url: ownUrls.canonicalOf(klantLink.main, uuid) };
      // A new record is nobody's yet, so that nobody locked it.
      const held = call.operation === 'create' ? [] : [recordLock(klantLink.main, uuid)];
      const changeParts = { ...conversation, dialect: spoken, held };
      await changeKlant(klantLink, main, change, changeParts, work, undoable);
    },
  };
  return { dialect, klantAfter: () => (draft?.klant === undefined ? before.klant : draft.klant) };
}

async function remove(conversation: Conversation): Promise<Result> {
  const { view, call, perform, settings } = conversation;
  const dialect: Dialect = { api: kicApi, announces: settings.announces };
  const result = await perform({ ...call, resource: view.of, dialect });
  if (view.of.name === 'contactmoment') await removeLoose(conversation, dialect);
  return result;
}

/**
 * In this contract a contactmoment takes its verzoekcontactmomenten with it, in ours they stay. They are not shown here
 * any more from the moment that it is gone, so that removing them is clearing up: it never fails the delete, and what
 * stays is an event.
 */
async function removeLoose({ call, perform, ownUrls }: Conversation, dialect: Dialect): Promise<void> {
  const work = { ...call.work, deadline: deadlineIn(clearingMs) };
  const later = { ...call, dialect, work };
  try {
    const contactmoment = ownUrls.canonicalOf('contactmoment', call.uuid);
    const loose = await wholeList(perform, later, verzoekcontactmoment, { contactmoment }, Infinity);
    for (const { uuid } of loose) {
      await perform({ ...later, resource: verzoekcontactmoment, operation: 'delete', uuid });
    }
  } catch (error) {
    if (!(error instanceof Problem)) work.observe(unexpectedError(error));
    work.observe({ event: 'relations-left', resource: verzoekcontactmoment.name, of: call.uuid });
  }
}

import { type JsonObject, scalarText } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import type { Context } from '../../context.ts';
import { uuidOf } from '../../made.ts';
import { completeBody, expectRefused, expectStatus, listed, make, remove } from '../../records.ts';
import type { Documenten } from '../../stand-ins/documenten.ts';
import { ruleCheck } from './parts.ts';

const name = 'verzoekinformatieobject';

/** A relation that is about to be made, with the Documenten API in which it is mirrored. */
interface Start {
  readonly body: JsonObject;
  readonly document: string;
  readonly documenten: Documenten;
}

/** kic-001: what is made here is mirrored in the Documenten API, and what is removed here is removed there first. */
export const mirrorRules: readonly Check[] = [
  mirrorCheck(
    ['create', 'delete'],
    'mirror',
    'a relation is mirrored in Documenten, and its mirror goes when it goes',
    async (context, start) => {
      const { uuid } = await make(context, name, start.body);
      const [mirror, ...more] = start.documenten.mirrorsOf(start.document);
      const isRight =
        mirror?.objectType === 'verzoek' &&
        uuidOf(mirror.object) === uuidOf(scalarText(start.body.verzoek) ?? '');
      tell(
        context,
        isRight && more.length === 0,
        'one mirror, of objectType verzoek, with the URL of the verzoek',
      );
      await remove(context, name, uuid);
      tell(
        context,
        start.documenten.mirrorsOf(start.document).length === 0,
        'no mirror when the relation is gone',
      );
    },
  ),
  mirrorCheck(
    ['create', 'delete'],
    'seen',
    'Documenten sees the relation while its mirror is made, and not while it is removed',
    async (context, start) => {
      const seen: number[] = [];
      start.documenten.before(start.document, async () => {
        seen.push((await listed(context, name, queryOf(start))).length);
        return true;
      });
      const { uuid } = await make(context, name, start.body);
      await remove(context, name, uuid);
      tell(
        context,
        seen.join() === '1,0',
        'Documenten sees it when it asks during the create, and not during the delete',
      );
    },
  ),
  mirrorCheck(
    ['create'],
    'refused-create',
    'without its mirror there is no relation',
    async (context, start) => {
      start.documenten.before(start.document, () => Promise.resolve(false));
      const answer = await context.ask(context.resource(name), 'create', { body: start.body });
      expectRefused(context, answer, 'nonFieldErrors invalid');
      tell(
        context,
        (await listed(context, name, queryOf(start))).length === 0,
        'no relation in the list after it was refused',
      );
    },
  ),
  mirrorCheck(
    ['delete'],
    'refused-delete',
    'a relation stays when its mirror does',
    async (context, start) => {
      const { uuid } = await make(context, name, start.body);
      start.documenten.before(start.document, () => Promise.resolve(false));
      expectRefused(
        context,
        await context.ask(context.resource(name), 'delete', { uuid }),
        'nonFieldErrors invalid',
      );
      expectStatus(context, await context.ask(context.resource(name), 'read', { uuid }), 200);
      start.documenten.forget(start.document);
    },
  ),
  mirrorCheck(['delete'], 'cascade', 'the mirrors of a verzoek go with it', async (context, start) => {
    await make(context, name, start.body);
    await remove(context, 'verzoek', uuidOf(scalarText(start.body.verzoek) ?? ''));
    tell(
      context,
      start.documenten.mirrorsOf(start.document).length === 0,
      'no mirror when the verzoek is gone',
    );
  }),
];

function mirrorCheck(
  operations: readonly string[],
  what: string,
  title: string,
  attempt: (context: Context, start: Start) => Promise<void>,
): Check {
  return ruleCheck('kic-001', name, operations, what, title, async (context) => {
    await context.needs('documenten', 'stand-ins');
    const body = await completeBody(context, name);
    const document = scalarText(body.informatieobject) ?? '';
    await attempt(context, { body, document, documenten: context.run.places.standIns.documenten });
  });
}

function queryOf({ body, document }: Start): Record<string, string> {
  return { verzoek: scalarText(body.verzoek) ?? '', informatieobject: document };
}

function tell(context: Context, isSo: boolean, expected: string): void {
  if (!isSo) context.tell({ sent: 'what the stand-in of Documenten got', expected, came: 'it is not so' });
}

import { randomUUID } from 'node:crypto';
import { type Json, type JsonObject, scalarText } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import { objectIn, resultsIn } from '../../client.ts';
import type { Context } from '../../context.ts';
import { declared, declaredFor } from '../../declarations.ts';
import { expectStatus, make, type MadeRecord, remove, reread, without } from '../../records.ts';
import { namesOf } from '../shared/names.ts';
import {
  etagOf,
  expectKlant,
  expectShown,
  link,
  type Main,
  mains,
  newerUrl,
  newKlant,
  of,
  tell,
  update,
} from './klant-of-parts.ts';

/** The klant of a contactmoment and of a verzoek: a field here, and relations in the newer APIs. */
export const klantOfChecks: readonly Check[] = mains.flatMap(checksOf);

function checksOf(main: Main): Check[] {
  const { name, relation } = main;
  const resource = declaredFor('kic', name);
  return [
    {
      ...namesOf(resource, 'create', 'klant'),
      proves: [`${name}_create`, `${name}_read`],
      title: 'a klant that is given is shown; without one, or with a blank one, it is null',
      async run(context) {
        const klant = await newKlant(context);
        const cases: readonly (readonly [JsonObject, string | null])[] = [
          [{ klant }, klant],
          [{}, null],
          [{ klant: null }, null],
          [{ klant: '' }, null],
        ];
        for (const [body, wanted] of cases)
          await expectKlant(context, main, await of(context, main, body), wanted);
      },
    },
    {
      ...namesOf(resource, 'update', 'klant'),
      proves: [`${name}_update`, `${name}_partial_update`],
      title: 'a klant can be replaced and taken away; an update that does not say it keeps it',
      run: (context) => tryUpdates(context, main),
    },
    {
      ...namesOf(resource, 'update', 'klant.relation'),
      proves: [`${name}_create`, `${name}_update`, `${name}_partial_update`],
      title: `the klant is one ${relation} of the newer API, and another klant another one`,
      run: (context) => tryRelations(context, main),
    },
    {
      ...namesOf(resource, 'read', 'klant.rol'),
      title: 'of several klanten, the one with the best rol is shown',
      async run(context) {
        const [first, second] = [await newKlant(context), await newKlant(context)];
        const record = await of(context, main, {});
        const [best, other] = main.rollen;
        await link(context, main, record, first, other);
        await expectKlant(context, main, record, first);
        await link(context, main, record, second, best);
        await expectKlant(context, main, record, second);
      },
    },
    {
      ...namesOf(resource, 'update', 'klant.several'),
      proves: [`${name}_update`, `${name}_partial_update`],
      title: '409 for another klant, or none, where there are several; nothing changes',
      async run(context) {
        const [first, second] = [await newKlant(context), await newKlant(context)];
        const record = await of(context, main, {});
        await link(context, main, record, first, main.rollen[0]);
        await link(context, main, record, second, main.rollen[1]);
        await expectConflicts(context, main, record, first, [second, null, '']);
      },
    },
    {
      ...namesOf(declaredFor('kic', 'klant'), 'delete', name),
      title: `a ${name} stays when its klant goes, and has none then`,
      async run(context) {
        const klant = await make(context, 'klant', {});
        const record = await of(context, main, { klant: klant.url });
        await remove(context, 'klant', klant.uuid);
        await expectKlant(context, main, record, null);
      },
    },
    ...(name === 'verzoek' ? [mandateCheck(main)] : []),
  ];
}

/** A mandate is of one klant: it does not move to another. */
function mandateCheck(main: Main): Check {
  return {
    ...namesOf(declaredFor('kic', 'verzoek'), 'partial_update', 'klant.mandate'),
    title: '409 for another klant, or none, where the klant has a mandate',
    async run(context) {
      const [first, second] = [await newKlant(context), await newKlant(context)];
      const record = await of(context, main, {});
      await link(context, main, record, first, main.rollen[0], { indicatieMachtiging: 'gemachtigde' });
      await expectConflicts(context, main, record, first, [second, null]);
    },
  };
}

async function tryUpdates(context: Context, main: Main): Promise<void> {
  const [first, second] = [await newKlant(context), await newKlant(context)];
  const record = await of(context, main, { klant: first });
  const etag = await etagOf(context, main, record);
  const patch = async (klant: Json, wanted: string | null): Promise<void> => {
    expectShown(context, await update(context, main, record, 'partial_update', { klant }), wanted);
    await expectKlant(context, main, record, wanted);
  };

  await patch(first, first);
  await patch(second, second);
  const other = await etagOf(context, main, record);
  if (other === etag) tell(context, main, 'another ETag when the klant is another one', 'the same one');
  const kept = await update(context, main, record, 'partial_update', { tekst: 'Gebeld.' });
  expectShown(context, kept, second);
  const others = without(await reread(context, main.name, record.uuid), 'klant');
  expectShown(context, await update(context, main, record, 'update', others), second);
  const replaced = await update(context, main, record, 'update', { ...others, klant: first });
  expectShown(context, replaced, first);
  await patch(null, null);
  await patch(second, second);
  await patch('', null);
}

async function tryRelations(context: Context, main: Main): Promise<void> {
  const [first, second] = [await make(context, 'klant', {}), await make(context, 'klant', {})];
  const record = await of(context, main, { klant: first.url });
  const expectRelations = async (wanted: readonly MadeRecord[], when: string): Promise<void> => {
    const resource = declared(main.relation);
    const query = { [main.name]: await newerUrl(context, main.name, record.uuid) };
    const answer = await context.ask(resource, 'list', { query });
    const klanten = resultsIn(answer).map(({ klant }) => scalarText(klant)?.split('/').at(-1));
    const isSo = klanten.join() === wanted.map(({ uuid }) => uuid).join();
    context.expect(
      isSo,
      answer,
      `${wanted.length} relation ${when}`,
      `${klanten.length}, or of another klant`,
    );
  };
  await expectRelations([first], 'after a create with a klant');
  const { url } = second;
  await update(context, main, record, 'partial_update', {
    klant: await newerUrl(context, 'klant', second.uuid),
  });
  await expectKlant(context, main, record, url);
  await expectRelations([second], 'when the klant is replaced');
  await update(context, main, record, 'partial_update', { klant: url, tekst: 'anders' });
  await expectRelations([second], 'when the klant is the same');
  await update(context, main, record, 'partial_update', { klant: null });
  await expectRelations([], 'when there is no klant');
}

/** Refused for these klanten, and not for the one that is shown. */
async function expectConflicts(
  context: Context,
  main: Main,
  record: MadeRecord,
  shown: string,
  wanted: readonly Json[],
): Promise<void> {
  const { tekst } = await reread(context, main.name, record.uuid);
  for (const klant of wanted) {
    const answer = await update(context, main, record, 'partial_update', { klant, tekst: randomUUID() });
    expectStatus(context, answer, 409);
    context.expect(objectIn(answer).code === 'conflict', answer, 'code conflict');
  }
  await expectKlant(context, main, record, shown);
  const after = await reread(context, main.name, record.uuid);
  if (after.tekst !== tekst) tell(context, main, 'nothing is changed after a 409', 'another tekst');
  const same = await reread(context, main.name, record.uuid);
  expectShown(context, await update(context, main, record, 'update', same), shown);
}

import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, scalarText } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import { objectIn } from '../../client.ts';
import type { Context } from '../../context.ts';
import { declared, declaredFor } from '../../declarations.ts';
import { change, expectRefused, expectStatus, make, type MadeRecord, reread } from '../../records.ts';
import { completeKlant, unique } from '../../samples.ts';
import { namesOf } from '../shared/names.ts';
import { differing } from '../shared/reading.ts';
import { expectHolds } from '../shared/writing.ts';

const klant = declaredFor('kic', 'klant');
const newer = declared('klant');

/** An address that cannot be taken apart, and is too long to be kept in the place of a street. */
const longAddress = `Achter de kerk, ${'tweede pad links, '.repeat(8)}naast de molen`;

/** A klant is another one here: nothing is required, an address is a text, and a surname has its prefix before it. */
export const klantChecks: readonly Check[] = [
  {
    ...namesOf(klant, 'create', 'least'),
    title: 'a klant needs nothing at all; everything shows that it is not set',
    async run(context) {
      const { record } = await make(context, 'klant', {});
      const wanted = Object.entries(klant.fields).filter(([, { readOnly }]) => !readOnly);
      const unset: JsonObject = Object.fromEntries(wanted.map(([name, field]) => [name, field.unset]));
      const about = { body: record };
      const given = Object.fromEntries(Object.keys(unset).map((name) => [name, record[name] ?? null]));
      if (!isDeepStrictEqual(given, unset))
        tell(context, 'POST', 'fields that show that they are not set', differing(given, unset));
      if ('subjectIdentificatie' in objectIn(about))
        tell(context, 'POST', 'no subjectIdentificatie without a subjectType', 'it is there');
    },
  },
  {
    ...namesOf(klant, 'create', 'unknown-fields'),
    title: 'what only the newer API has means nothing here, whatever is in it',
    async run(context) {
      const body = { bronorganisatie: 'geen RSIN', klantnummer: true, websiteUrl: null, bedrijfsnaam: {} };
      const { record } = await make(context, 'klant', body);
      const shown = Object.keys(body).filter((name) => name in record);
      if (shown.length > 0) tell(context, 'POST', 'none of these in the answer', shown.join(', '));
    },
  },
  {
    ...namesOf(klant, 'create', 'newer'),
    proves: ['klant_create', 'klant_delete'],
    title: 'it is a klant of the newer API too, with a klantnummer, until it is removed here',
    async run(context) {
      context.otherApi('klanten');
      const { uuid } = await make(context, 'klant', {});
      const { bronorganisatie, klantnummer } = await reread(context, newer, uuid);
      if (scalarText(klantnummer) === '' || scalarText(bronorganisatie) === '')
        tell(context, 'POST', 'a klantnummer and a bronorganisatie in the newer API', 'none');
      expectStatus(context, await context.ask(klant, 'delete', { uuid }), 204);
      expectStatus(context, await context.ask(newer, 'read', { uuid }), 404);
    },
  },
  {
    ...namesOf(klant, 'read', 'newer'),
    proves: ['klant_read', 'klant_update'],
    title: 'a klant of the newer API is shown in the words of this one; sent back as it was, nothing changes',
    async run(context) {
      const { uuid, record } = await fromNewer(context);
      const answer = await context.ask(klant, 'read', { uuid });
      const shown = objectIn(answer);
      expectHolds(context, answer, shown, {
        voornaam: record.voornaam ?? '',
        achternaam: `van de ${scalarText(record.achternaam) ?? ''}`,
        adres: 'Proefstraat 117B-bis, 9999 ZZ Testerhuizen, 6030',
        subjectIdentificatie: record.subjectIdentificatie ?? null,
      });
      expectStatus(context, await change(context, 'klant', 'update', uuid, shown), 200);
      const after = await reread(context, newer, uuid);
      context.expect(
        isDeepStrictEqual(after, record),
        answer,
        'the same klant in the newer API after a PUT of what was read',
        differing(after, record),
      );
    },
  },
  {
    ...namesOf(klant, 'partial_update', 'achternaam'),
    title: 'a new achternaam takes the place of the prefix too',
    async run(context) {
      const { uuid } = await fromNewer(context);
      const achternaam = unique();
      const answer = await change(context, 'klant', 'partial_update', uuid, { achternaam });
      if (!expectStatus(context, answer, 200)) return;
      expectHolds(context, answer, objectIn(answer), { achternaam });
      const after = await reread(context, newer, uuid);
      expectHolds(context, answer, after, { achternaam, voorvoegselAchternaam: '' });
    },
  },
  {
    ...namesOf(klant, 'partial_update', 'adres'),
    title: 'an adres is kept to the letter, whether it can be taken apart or not',
    async run(context) {
      const { uuid } = await make(context, 'klant', { adres: 'Proefstraat 5' });
      for (const adres of ['Achter de kerk', 'Kade 7-1, 1234AB Testerhuizen', 'a  b , c', 'Plein 1,', '']) {
        const answer = await change(context, 'klant', 'partial_update', uuid, { adres });
        if (!expectStatus(context, answer, 200)) continue;
        expectHolds(context, answer, objectIn(answer), { adres });
        expectHolds(context, answer, await reread(context, 'klant', uuid), { adres });
      }
    },
  },
  {
    ...namesOf(klant, 'create', 'adres.long'),
    title: 'an adres that there is no place for is refused; it is never cut off',
    async run(context) {
      const answer = await context.ask(klant, 'create', { body: { adres: longAddress } });
      if (answer.status === 201) expectHolds(context, answer, objectIn(answer), { adres: longAddress });
      else expectRefused(context, answer, 'adres max_length');
    },
  },
];

/** A complete klant that was made over the newer API. */
async function fromNewer(context: Context): Promise<MadeRecord> {
  context.otherApi('klanten');
  const { uuid } = await make(context, newer, completeKlant(context.run));
  return { uuid, url: '', record: await reread(context, newer, uuid) };
}

function tell(context: Context, method: string, expected: string, came: string): void {
  context.tell({ sent: `${method} /klanten`, expected, came });
}

import type { JsonObject } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import { declared } from '../../declarations.ts';
import { objectIn } from '../../client.ts';
import { change, completeBody, expectRefused, expectStatus, listed, make, reread } from '../../records.ts';
import { completeKlant, leastKlant, subjectTypes, worded } from '../../samples.ts';
import { numberChecks } from '../shared/numbers.ts';
import { expectHolds, mergeCheck } from '../shared/writing.ts';

const klant = declared('klant');
const fixed = 'subjectType wijzigen-niet-toegelaten';

/** Of a klant of each kind: everything that was sent is there. */
export const ofEachKind: readonly Check[] = subjectTypes.map((subjectType) => ({
  id: `klant_create.${subjectType}`,
  api: 'klanten',
  proves: ['klant_create', 'klant_read'],
  title: `a klant of the kind ${subjectType} holds everything that was sent`,
  async run(context) {
    const body = worded(context.resource('klant'), completeKlant(context.run, subjectType));
    const { uuid } = await make(context, 'klant', body);
    const answer = await context.ask(context.resource('klant'), 'read', { uuid });
    expectHolds(context, answer, objectIn(answer), body);
  },
}));

/** A kind of subject is for always. */
export const subjectTypeCheck: Check = {
  id: 'klant_update.subjectType',
  api: 'klanten',
  proves: ['klant_update', 'klant_partial_update'],
  title: 'a subjectType can be set once, and then stays',
  async run(context) {
    const { uuid, record } = await make(context, 'klant', leastKlant(context.run));
    const patch = (subjectType: string | null) =>
      change(context, 'klant', 'partial_update', uuid, { subjectType });
    expectStatus(context, await patch('vestiging'), 200);
    expectStatus(context, await patch('vestiging'), 200);
    expectRefused(context, await patch('natuurlijk_persoon'), fixed);
    expectRefused(context, await patch(null), fixed);
    const put = await change(context, 'klant', 'update', uuid, {
      ...record,
      subjectType: 'natuurlijk_persoon',
    });
    expectRefused(context, put, fixed);
    const { subjectType } = await reread(context, 'klant', uuid);
    context.expect(subjectType === 'vestiging', put, 'it stays vestiging', 'another one');
  },
};

/** What is particular to the Klanten API. */
export const klantenChecks: readonly Check[] = [
  ...ofEachKind,
  ...numberChecks(klant),
  mergeCheck(klant, 'adres', { straatnaam: 'Andere Proefstraat', huisnummer: null }),
  mergeCheck(klant, 'subjectIdentificatie', { voornamen: 'Andere Naam' }),
  {
    id: 'klant_create.least',
    api: 'klanten',
    proves: ['klant_create'],
    title: 'a klant needs no more than what is required; the rest shows that it is not set',
    async run(context) {
      const { uuid, record } = await make(context, 'klant', leastKlant(context.run));
      const read = await context.ask(klant, 'read', { uuid });
      const unset: JsonObject = {
        bedrijfsnaam: '',
        achternaam: '',
        emailadres: '',
        adres: null,
        subject: '',
        subjectType: null,
      };
      expectHolds(context, read, record, unset);
      const isAbsent = !('subjectIdentificatie' in objectIn(read));
      context.expect(isAbsent, read, 'no subjectIdentificatie without a subjectType', 'it is there');
    },
  },
  subjectTypeCheck,
  {
    id: 'klant_list.spelling',
    api: 'klanten',
    proves: ['klant_list'],
    title: 'a filter can be spelled in snake_case and in a mix as well',
    async run(context) {
      const body = await completeBody(context, 'klant');
      const { uuid } = await make(context, 'klant', body);
      const { anpIdentificatie } = body.subjectIdentificatie as { anpIdentificatie: string };
      for (const name of [
        'subject_natuurlijkPersoon__anpIdentificatie',
        'subject_natuurlijk_persoon__anp_identificatie',
      ]) {
        const found = await listed(context, 'klant', { [name]: anpIdentificatie });
        if (found.join() === uuid) continue;
        context.tell({
          sent: `GET /klanten?${name}=…`,
          expected: 'the klant with this number only',
          came: `${found.length} klanten`,
        });
      }
    },
  },
];

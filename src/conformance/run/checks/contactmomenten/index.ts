import type { Check } from '../../check.ts';
import { declared } from '../../declarations.ts';
import { expectRefused, make } from '../../records.ts';
import { leastContactmoment } from '../../samples.ts';
import { cascadeChecks, unlinkChecks } from '../shared/cascade.ts';
import { momentChecks } from '../shared/moments.ts';
import { numberChecks } from '../shared/numbers.ts';
import { mergeCheck } from '../shared/writing.ts';

const contactmoment = declared('contactmoment');

/** Somebody of the organisation was there. */
export const medewerkerCheck: Check = {
  id: 'contactmoment_create.medewerker',
  api: 'contactmomenten',
  proves: ['contactmoment_create'],
  title: 'a contactmoment has a medewerker or a medewerkerIdentificatie',
  async run(context) {
    const { bronorganisatie } = context.run;
    for (const body of [
      { bronorganisatie },
      { bronorganisatie, medewerker: '', medewerkerIdentificatie: null },
    ]) {
      const answer = await context.ask(context.resource('contactmoment'), 'create', { body });
      expectRefused(context, answer, 'nonFieldErrors invalid-medewerker');
    }
    await make(context, 'contactmoment', leastContactmoment(context.run));
  },
};

/** What is particular to the Contactmomenten API. */
export const contactmomentenChecks: readonly Check[] = [
  ...numberChecks(contactmoment),
  ...momentChecks(contactmoment, (bronorganisatie) => leastContactmoment({ bronorganisatie })),
  ...cascadeChecks(contactmoment),
  ...unlinkChecks(contactmoment),
  mergeCheck(contactmoment, 'medewerkerIdentificatie', { achternaam: 'Andere Naam' }),
  medewerkerCheck,
];

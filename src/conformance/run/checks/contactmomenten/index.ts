import type { Check } from '../../check.ts';
import { declared, expectRefused, make } from '../../records.ts';
import { leastContactmoment } from '../../samples.ts';
import { cascadeChecks, unlinkChecks } from '../shared/cascade.ts';
import { momentChecks } from '../shared/moments.ts';
import { numberChecks } from '../shared/numbers.ts';
import { mergeCheck } from '../shared/writing.ts';

const contactmoment = declared('contactmoment');

/** What is particular to the Contactmomenten API. */
export const contactmomentenChecks: readonly Check[] = [
  ...numberChecks(contactmoment),
  ...momentChecks(contactmoment, (bronorganisatie) => leastContactmoment({ bronorganisatie })),
  ...cascadeChecks(contactmoment),
  ...unlinkChecks(contactmoment),
  mergeCheck(contactmoment, 'medewerkerIdentificatie', { achternaam: 'Andere Naam' }),
  {
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
        const answer = await context.ask(contactmoment, 'create', { body });
        expectRefused(context, answer, 'nonFieldErrors invalid-medewerker');
      }
      await make(context, 'contactmoment', leastContactmoment(context.run));
    },
  },
];

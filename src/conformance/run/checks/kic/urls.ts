import type { Check } from '../../check.ts';
import { declaredFor } from '../../declarations.ts';
import { completeBody, expectStatus } from '../../records.ts';
import { nowhere } from '../rules/parts.ts';
import { namesOf } from '../shared/names.ts';
import { expectHolds } from '../shared/writing.ts';
import { objectIn } from '../../client.ts';

/** Fields with a URL that the newer APIs fetch, and this one does not. */
const notFetched: readonly (readonly [name: string, field: string])[] = [
  ['klant', 'subject'],
  ['contactmoment', 'medewerker'],
  ['verzoekproduct', 'product'],
];

/** A URL of another register is stored as it is: nobody asks whether anything is there. */
export const urlChecks: readonly Check[] = notFetched.map(([name, field]) => {
  const resource = declaredFor('kic', name);
  return {
    ...namesOf(resource, 'create', `${field}.not-fetched`),
    title: `a ${field} is taken as it is, whatever it leads to`,
    async run(context) {
      const body = { ...(await completeBody(context, name)), [field]: nowhere };
      const answer = await context.ask(resource, 'create', { body });
      if (expectStatus(context, answer, 201)) expectHolds(context, answer, objectIn(answer), body);
    },
  };
});

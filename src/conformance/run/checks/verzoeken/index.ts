import type { Check } from '../../check.ts';
import { declared } from '../../declarations.ts';
import { objectIn } from '../../client.ts';
import { change, completeBody, expectRefused, expectStatus, make, makeComplete } from '../../records.ts';
import { leastVerzoek, unique } from '../../samples.ts';
import { cascadeChecks, unlinkChecks } from '../shared/cascade.ts';
import { momentChecks } from '../shared/moments.ts';
import { numberChecks } from '../shared/numbers.ts';

const verzoek = declared('verzoek');

/** What no other resource has. */
export const ownChecks: readonly Check[] = [
  {
    id: 'verzoek_update.identificatie',
    api: 'verzoeken',
    proves: ['verzoek_update', 'verzoek_partial_update'],
    title: 'an identificatie stays what it is',
    async run(context) {
      const { uuid, record } = await makeComplete(context, 'verzoek');
      const wanted = 'identificatie wijzigen-niet-toegelaten';
      for (const operation of ['update', 'partial_update'] as const) {
        const others = operation === 'update' ? record : {};
        const refused = await change(context, 'verzoek', operation, uuid, {
          ...others,
          identificatie: unique(),
        });
        expectRefused(context, refused, wanted);
        const same = await change(context, 'verzoek', operation, uuid, {
          ...others,
          identificatie: record.identificatie ?? '',
        });
        expectStatus(context, same, 200);
      }
    },
  },
  {
    id: 'verzoek_create.externeIdentificatie',
    api: 'verzoeken',
    proves: ['verzoek_create'],
    title: 'an externeIdentificatie has letters, digits, - and _ only',
    async run(context) {
      const body = { ...(await completeBody(context, 'verzoek')), externeIdentificatie: 'met spatie' };
      expectRefused(
        context,
        await context.ask(context.resource('verzoek'), 'create', { body }),
        'externeIdentificatie invalid',
      );
    },
  },
  {
    id: 'verzoekproduct_create.product',
    api: 'verzoeken',
    proves: ['verzoekproduct_create'],
    title: 'a verzoekproduct has a product or a code, and shows both',
    async run(context) {
      const { verzoek: main = '', productIdentificatie = '' } = await completeBody(context, 'verzoekproduct');
      for (const body of [{ verzoek: main }, { verzoek: main, product: '' }]) {
        const answer = await context.ask(context.resource('verzoekproduct'), 'create', { body });
        expectRefused(context, answer, 'nonFieldErrors invalid-product');
      }
      const blank = { verzoek: main, productIdentificatie: { code: '' } };
      expectRefused(
        context,
        await context.ask(context.resource('verzoekproduct'), 'create', { body: blank }),
        'productIdentificatie.code blank',
      );
      const { uuid } = await make(context, 'verzoekproduct', { verzoek: main, productIdentificatie });
      const read = await context.ask(context.resource('verzoekproduct'), 'read', { uuid });
      context.expect(
        objectIn(read).product === '',
        read,
        'a blank product where there is only a code',
        'something else',
      );
    },
  },
];

/** What is particular to the Verzoeken API. */
export const verzoekenChecks: readonly Check[] = [
  ...numberChecks(verzoek),
  ...momentChecks(verzoek, (bronorganisatie) => leastVerzoek({ bronorganisatie })),
  ...cascadeChecks(verzoek),
  ...unlinkChecks(verzoek),
  ...ownChecks,
];

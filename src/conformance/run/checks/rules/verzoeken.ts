import { scalarText } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import { change, completeBody, expectRefused, make } from '../../records.ts';
import { completeVerzoek, leastVerzoek, someMoment, testNumber, unique, worded } from '../../samples.ts';
import { objectCheck, type ObjectRelation, sourceChecks } from './objects.ts';
import { expectOneOfTen, expectTenNumbers, linkChecks, ruleCheck, uniqueChecks, urlCheck } from './parts.ts';

const object: ObjectRelation = { name: 'objectverzoek', field: 'object', main: 'verzoek' };
const document: ObjectRelation = {
  name: 'verzoekinformatieobject',
  field: 'informatieobject',
  main: 'verzoek',
};
const notUnique = 'identificatie identificatie-niet-uniek';

const identificatie: readonly Check[] = [
  ruleCheck(
    'vrz-001',
    'verzoek',
    ['create'],
    'generated',
    'an identificatie is made where there is none, with the year',
    async (context) => {
      for (const given of [{}, { identificatie: '' }]) {
        const least = { ...leastVerzoek(context.run), registratiedatum: someMoment, ...given };
        const body = worded(context.resource('verzoek'), least);
        const { record } = await make(context, 'verzoek', body);
        const isRight = /^VERZOEK-2021-\d{10}$/.test(scalarText(record.identificatie) ?? '');
        if (!isRight)
          context.tell({
            sent: 'POST /verzoeken',
            expected: 'VERZOEK-2021- and ten digits',
            came: 'another identificatie',
          });
      }
    },
  ),
  ruleCheck(
    'vrz-001',
    'verzoek',
    ['create', 'partial_update'],
    'unique',
    'an identificatie is unique within its bronorganisatie',
    async (context) => {
      const body = completeVerzoek(context.run);
      await make(context, 'verzoek', body);
      expectRefused(context, await context.ask(context.resource('verzoek'), 'create', { body }), notUnique);
      const elsewhere = await make(context, 'verzoek', { ...body, bronorganisatie: testNumber() });
      const { bronorganisatie } = context.run;
      expectRefused(
        context,
        await change(context, 'verzoek', 'partial_update', elsewhere.uuid, { bronorganisatie }),
        notUnique,
      );
    },
  ),
  ruleCheck(
    'vrz-001',
    'verzoek',
    ['create'],
    'unique-at-once',
    'of ten verzoeken with the same identificatie at once, one is made',
    async (context) => {
      const body = completeVerzoek(context.run);
      await expectOneOfTen(context, 'verzoek', () => body, notUnique);
    },
  ),
  ruleCheck(
    'vrz-001',
    'verzoek',
    ['create'],
    'generated-at-once',
    'ten verzoeken at once get ten identificaties',
    async (context) => {
      await expectTenNumbers(context, 'verzoek', 'identificatie', () => leastVerzoek(context.run));
    },
  ),
];

/** The numbered rules of the Verzoeken API, but for the mirror in Documenten. */
export const verzoekenRules: readonly Check[] = [
  ...identificatie,
  ...linkChecks('vrz-002', 'verzoek', 'inTeTrekkenVerzoek', 'intrekkendeVerzoek'),
  ...linkChecks('vrz-003', 'verzoek', 'aangevuldeVerzoek', 'aanvullendeVerzoek'),
  urlCheck('vrz-004', 'klantverzoek', 'klant'),
  ...uniqueChecks('vrz-004', 'klantverzoek'),
  ruleCheck(
    'vrz-004',
    'klantverzoek',
    ['create'],
    'roles',
    'a klant can have another rol in the same verzoek',
    async (context) => {
      const body = await completeBody(context, 'klantverzoek');
      for (const rol of ['initiator', 'belanghebbende'])
        await make(context, 'klantverzoek', { ...body, rol });
    },
  ),
  urlCheck('vrz-005', 'verzoekcontactmoment', 'contactmoment'),
  ...uniqueChecks('vrz-005', 'verzoekcontactmoment'),
  objectCheck('vrz-006', document),
  ...uniqueChecks('vrz-006', 'verzoekinformatieobject'),
  urlCheck('vrz-007', 'verzoekproduct', 'product'),
  ...uniqueChecks('vrz-007', 'verzoekproduct'),
  ruleCheck(
    'vrz-007',
    'verzoekproduct',
    ['create'],
    'unique-url',
    'the same product by URL once more is refused',
    async (context) => {
      await context.needs('urls');
      const { verzoek = '' } = await completeBody(context, 'verzoekproduct');
      const product = context.run.places.exists();
      const body = () => ({ verzoek, product, productIdentificatie: { code: unique() } });
      await make(context, 'verzoekproduct', body());
      expectRefused(
        context,
        await context.ask(context.resource('verzoekproduct'), 'create', { body: body() }),
        'nonFieldErrors unique',
      );
    },
  ),
  objectCheck('vrz-008', object),
  ...uniqueChecks('vrz-008', 'objectverzoek'),
  ...sourceChecks('vrz-009', object),
];

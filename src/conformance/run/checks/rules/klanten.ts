import type { Check } from '../../check.ts';
import { change, expectRefused, expectStatus, make, without } from '../../records.ts';
import { completeKlant, identifiedKlant, testNumber } from '../../samples.ts';
import { scalarText } from '../../../../json.ts';
import { expectOneOfTen, expectTenNumbers, ruleCheck, urlCheck } from './parts.ts';

const unique = 'nonFieldErrors unique';

/** The numbered rules of the Klanten API. */
export const klantenRules: readonly Check[] = [
  ruleCheck(
    'kla-001',
    'klant',
    ['create'],
    'generated',
    'a klantnummer is made where there is none',
    async (context) => {
      for (const given of [{}, { klantnummer: '' }]) {
        const body = { ...without(identifiedKlant(context.run), 'klantnummer'), ...given };
        const answer = await context.ask(context.resource('klant'), 'create', { body });
        if (!expectStatus(context, answer, 201)) continue;
        const { klantnummer } = (answer.body ?? {}) as { klantnummer?: string };
        const length = (scalarText(klantnummer) ?? '').length;
        context.expect(
          length >= 1 && length <= 8,
          answer,
          'a klantnummer of 1 to 8 characters',
          `${length} characters`,
        );
      }
    },
  ),
  ruleCheck(
    'kla-001',
    'klant',
    ['create', 'update', 'partial_update'],
    'unique',
    'a klantnummer is unique within its bronorganisatie',
    async (context) => {
      const { run } = context;
      const body = completeKlant(run);
      const { klantnummer = '' } = body;
      await make(context, 'klant', body);
      const least = identifiedKlant(run);
      expectRefused(
        context,
        await context.ask(context.resource('klant'), 'create', { body: { ...least, klantnummer } }),
        unique,
      );
      const other = await make(context, 'klant', least);
      expectRefused(
        context,
        await change(context, 'klant', 'partial_update', other.uuid, { klantnummer }),
        unique,
      );
      expectRefused(
        context,
        await change(context, 'klant', 'update', other.uuid, { ...least, klantnummer }),
        unique,
      );
      const elsewhere = await make(context, 'klant', {
        ...identifiedKlant(run),
        bronorganisatie: testNumber(),
        klantnummer,
      });
      const { bronorganisatie } = run;
      expectRefused(
        context,
        await change(context, 'klant', 'partial_update', elsewhere.uuid, { bronorganisatie }),
        unique,
      );
    },
  ),
  ruleCheck(
    'kla-001',
    'klant',
    ['create'],
    'unique-at-once',
    'of ten klanten with the same klantnummer at once, one is made',
    async (context) => {
      const { klantnummer = '' } = completeKlant(context.run);
      const body = () => ({ ...completeKlant(context.run), klantnummer });
      await expectOneOfTen(context, 'klant', body, unique);
    },
  ),
  ruleCheck(
    'kla-001',
    'klant',
    ['create'],
    'generated-at-once',
    'ten klanten at once get ten klantnummers',
    async (context) => {
      const body = () => without(identifiedKlant(context.run), 'klantnummer');
      await expectTenNumbers(context, 'klant', 'klantnummer', body);
    },
  ),
  urlCheck('kla-002', 'klant', 'subject'),
];

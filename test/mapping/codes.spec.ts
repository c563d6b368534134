import { expect } from 'chai';
import fc from 'fast-check';
import { parseExpression, TranslationError } from '../../src/mapping/expression.ts';
import { fixedBindings } from '../../src/mapping/functions.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath, relationNumber } from '../kit/klant-path.ts';
import type { Json } from '../../src/json.ts';

type Table = Readonly<Record<string, string>>;

async function evaluate(source: string, table: Table, value?: unknown): Promise<unknown> {
  const fixed = fixedBindings({ settings: {}, codes: { table }, clock: Date, random: () => 0 });
  return await parseExpression('a', source).compile(fixed, {
    timeMs: 5000,
    depth: 500,
    items: 500,
    text: 10_000,
  })({ value }, {});
}

const decode = '$decode("table", value)';
const encode = '$encode("table", value)';

/** Any names, those of JavaScript's own objects as well. */
const word = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'constructor', 'toString'));

describe('a code table', () => {
  it('gives back every word that it encoded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(word), fc.uniqueArray(word), async (codes, words) => {
        const pairs = codes.slice(0, words.length).map((code, index) => [code, words[index] ?? ''] as const);
        const table = Object.fromEntries(pairs);
        for (const [code, standard] of pairs) {
          expect(await evaluate(encode, table, standard)).to.equal(code);
          expect(await evaluate(decode, table, code)).to.equal(standard);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('passes a code on that it does not have', async () => {
    await fc.assert(
      fc.asyncProperty(word, async (code) => {
        expect(await evaluate(decode, { known: 'word' }, code)).to.equal(code === 'known' ? 'word' : code);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a word that it does not have', async () => {
    const failure = await evaluate(encode, { known: 'word' }, 'constructor').catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(TranslationError).and.include({ code: 'K0001' });
  });

  it('gives what the author says for a word that it does not have', async () => {
    const orElse = '$encode("table", value, "else")';
    expect(await evaluate(orElse, { code: 'known' }, 'unknown')).to.equal('else');
    expect(await evaluate(orElse, { code: 'known' }, 'known')).to.equal('code');
    expect(await evaluate('$encode("table", value, "")', { code: 'known' }, 'unknown')).to.equal('');
    expect(await evaluate('$encode("table", value, null)', { code: 'known' }, 'unknown')).to.equal(null);
  });

  it('gives nothing for nothing, also when the author says what to give for an unknown word', async () => {
    expect(await evaluate('$encode("table", value, "else")', { code: 'known' }, '')).to.equal(undefined);
    expect(await evaluate('$encode("table", value, "else")', { code: 'known' })).to.equal(undefined);
  });

  it('takes a code that is a number for the text that it looks like', async () => {
    expect(await evaluate(decode, { '1': 'm' }, 1)).to.equal('m');
  });

  for (const nothing of [undefined, null, '']) {
    it(`makes nothing of ${nothing === undefined ? 'what is absent' : JSON.stringify(nothing)}`, async () => {
      expect(await evaluate(decode, { '': 'word' }, nothing)).to.equal(undefined);
      expect(await evaluate(encode, { code: '' }, nothing)).to.equal(undefined);
    });
  }
});

describe('the code tables of the demonstration', () => {
  const gateway = runningGateway();

  const bodies: readonly { readonly stored: Record<string, string>; readonly body: Record<string, Json> }[] =
    [
      {
        stored: { SRT: 'P', GESL: '2' },
        body: { subjectType: 'natuurlijk_persoon', subjectIdentificatie: { geslachtsaanduiding: 'v' } },
      },
      {
        stored: { SRT: 'P', GESL: '0' },
        body: { subjectType: 'natuurlijk_persoon', subjectIdentificatie: { geslachtsaanduiding: 'o' } },
      },
      {
        stored: { SRT: 'O', RVORM: '03' },
        body: {
          subjectType: 'niet_natuurlijk_persoon',
          subjectIdentificatie: { innRechtsvorm: 'europese_cooperatieve_venootschap' },
        },
      },
      {
        stored: { SRT: 'F' },
        body: { subjectType: 'vestiging', subjectIdentificatie: { vestigingsNummer: '000012345678' } },
      },
    ];
  for (const { stored, body } of bodies) {
    it(`write ${Object.values(stored).join(' ')}, and read it back`, async () => {
      const created = await gateway.post({ ...leastKlant, ...body });
      expect(created.status).to.equal(201);
      const read = await gateway.get(urlIn(created));
      expect(read.body.subjectType).to.equal(body.subjectType);
      expect(read.body.subjectIdentificatie).to.include(body.subjectIdentificatie);
      const number = relationNumber(urlIn(created));
      expect(await gateway.crm.record(number)).to.include(stored);
    });
  }

  it('never show a code that they do not have', async () => {
    const number = await gateway.crm.add({ SRT: 'O', STATNM: 'Iets', RVORM: '99' });
    const { status, body } = await gateway.get(klantPath(number));
    expect(status).to.equal(200);
    expect(body.subjectIdentificatie).to.include({ innRechtsvorm: '' });
  });
});

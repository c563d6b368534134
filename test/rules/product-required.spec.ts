import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { otherPlaces } from '../verzoeken/other-places.ts';
import { createdIn, expectRefused, verzoekenOf } from '../verzoeken/samples.ts';

describe('product-required: een VERZOEK-PRODUCT heeft een product of een productIdentificatie', () => {
  const elsewhere = otherPlaces();
  const gateway = runningGateway({
    get config() {
      return elsewhere.configuration();
    },
  });
  const { made, relate, related, writesNothing } = verzoekenOf(gateway);
  const create = async (body: JsonObject) => relate('verzoekproducten', { verzoek: await made(), ...body });
  const broken = 'nonFieldErrors invalid-product';

  it('holds for a product, for a code, and for both', async () => {
    const [product, productIdentificatie] = [elsewhere.at('/ok'), { code: 'P-1' }];
    const none = { code: '' };
    const answers = [
      await create({ product }),
      await create({ productIdentificatie }),
      await create({ product, productIdentificatie }),
    ];
    for (const answer of answers) createdIn(answer);
    expect(answers.map(({ body }) => [body.product, body.productIdentificatie])).to.deep.equal([
      [product, none],
      ['', productIdentificatie],
      [product, productIdentificatie],
    ]);
  });

  it('holds for a product with null for its identificatie, which counts as not supplied', async () => {
    const answer = await create({ product: elsewhere.at('/ok'), productIdentificatie: null });
    expect(answer.status, answer.text).to.equal(201);
  });

  const nothings: Readonly<Record<string, JsonObject>> = {
    nothing: {},
    'a blank product': { product: '' },
    'a product of spaces': { product: '  ' },
    'null for the identificatie': { productIdentificatie: null },
    'both of these': { product: '', productIdentificatie: null },
    'something else': { productIdentificatieCode: 'P-1' },
  };
  for (const [what, body] of Object.entries(nothings)) {
    it(`is broken by ${what}, and nothing is written`, async () => {
      const verzoek = await made();
      expectRefused(await writesNothing(() => relate('verzoekproducten', { verzoek, ...body })), broken);
    });
  }

  it('is broken whatever the verzoek has already', async () => {
    const verzoek = await made();
    await related('verzoekproducten', { verzoek, productIdentificatie: { code: 'P-1' } });
    expectRefused(await relate('verzoekproducten', { verzoek }), broken);
  });

  const wrongCodes: Readonly<Record<string, JsonObject>> = {
    required: {},
    blank: { code: '' },
    null: { code: null },
    max_length: { code: 'x'.repeat(21) },
    invalid: { code: true },
  };
  for (const [code, productIdentificatie] of Object.entries(wrongCodes)) {
    it(`leaves a code that is wrong in itself to that field: ${code}`, async () => {
      expectRefused(await create({ productIdentificatie }), `productIdentificatie.code ${code}`);
    });
  }

  it('comes after the other rules: a verzoek that is not there is the only complaint', async () => {
    expectRefused(await relate('verzoekproducten', { verzoek: 'http://mock/404' }), 'verzoek no_match');
  });
});

describe('product-required, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'product-required': 'off' } } });
  const { made, relate, related } = verzoekenOf(gateway);

  it('takes a verzoekproduct without a product, where there is a place for it', async () => {
    const verzoek = await made();
    // The columns of the request show nothing when they hold nothing; the bijregister has rows.
    await related('verzoekproducten', { verzoek, productIdentificatie: { code: 'P-1' } });
    const answer = await relate('verzoekproducten', { verzoek });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.deep.include({ product: '', productIdentificatie: { code: '' } });
  });
});

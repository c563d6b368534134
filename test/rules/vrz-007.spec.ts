import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { notThereAt, otherPlaces, specifyTooSlow, thereAt } from '../verzoeken/other-places.ts';
import { specifyVerzoekOf } from '../verzoeken/relation-rule.ts';
import { expectOneCreated, expectRefused, fifty, fiftyMs, verzoekenOf } from '../verzoeken/samples.ts';

const unique = 'nonFieldErrors unique';

describe('vrz-007: valideren attributen verzoek en product bij aanmaken van een VERZOEK-PRODUCT relatie', () => {
  const elsewhere = otherPlaces();
  const gateway = runningGateway({
    get config() {
      return elsewhere.configuration();
    },
  });
  const { made, relate, related, count, writesNothing } = verzoekenOf(gateway);
  const create = (body: JsonObject) => relate('verzoekproducten', body);
  const coded = (code: string) => ({ productIdentificatie: { code } });

  specifyVerzoekOf(gateway, 'verzoekproducten', () => Promise.resolve(coded('P-1')));
  specifyTooSlow('verzoekproducten', 'product');

  describe('of its product', () => {
    for (const path of thereAt) {
      it(`holds when it is there: ${path}`, async () => {
        const answer = await create({ product: elsewhere.at(path), verzoek: await made() });
        expect(answer.status, answer.text).to.equal(201);
        expect(answer.body.product).to.equal(elsewhere.at(path));
      });
    }

    for (const [path, what] of Object.entries(notThereAt)) {
      it(`is broken by ${what}, also with a code beside it, and nothing is written`, async () => {
        const body = { product: elsewhere.at(path), ...coded('P-1'), verzoek: await made() };
        expectRefused(await writesNothing(() => create(body)), 'product bad-url');
      });
    }

    it('is broken by a host that is not configured, and by what is no URL', async () => {
      const verzoek = await made();
      expectRefused(await create({ product: 'https://vreemd.example/1', verzoek }), 'product bad-url');
      expectRefused(await create({ product: 'geen-url', verzoek }), 'product bad-url', 'product invalid');
    });

    it('is not asked for when there is none', async () => {
      const verzoek = await made();
      expect((await create({ verzoek, ...coded('P-1'), product: '' })).status).to.equal(201);
      expect(elsewhere.host.requests).to.have.length(0);
    });
  });

  describe('of verzoek and product together', () => {
    it('holds for other products and other codes of one verzoek', async () => {
      const verzoek = await made();
      for (const body of [
        { product: elsewhere.at('/ok?1') },
        { product: elsewhere.at('/ok?2') },
        coded('P-1'),
        coded('P-2'),
        { product: elsewhere.at('/ok?3'), ...coded('P-3') },
      ])
        expect((await create({ verzoek, ...body })).status).to.equal(201);
      expect(await count(`verzoekproducten?verzoek=${verzoek}`)).to.equal(5);
    });

    it('holds for the same product of another verzoek', async () => {
      for (const verzoek of [await made(), await made()])
        expect((await create({ verzoek, product: elsewhere.at('/ok'), ...coded('P-1') })).status).to.equal(
          201,
        );
    });

    it('holds for a code in other letters', async () => {
      const verzoek = await made();
      await related('verzoekproducten', { verzoek, ...coded('p-1') });
      expect((await create({ verzoek, ...coded('P-1') })).status).to.equal(201);
    });

    it('holds again after the first was deleted, in the CRM and in the bijregister', async () => {
      const verzoek = await made();
      for (const body of [coded('P-1'), coded('P-2')]) {
        const url = await related('verzoekproducten', { verzoek, ...body });
        expect((await gateway.delete(url)).status).to.equal(204);
        await related('verzoekproducten', { verzoek, ...body });
      }
    });

    /** Which of the two places the one that is there is in: the columns of the request, or the bijregister. */
    for (const place of ['the CRM', 'the bijregister'] as const) {
      const begin = async () => {
        const verzoek = await made();
        if (place === 'the bijregister') await related('verzoekproducten', { verzoek, ...coded('EERST') });
        return verzoek;
      };

      it(`is broken by the same product once more, with whichever code: ${place}`, async () => {
        const body = { verzoek: await begin(), product: elsewhere.at('/ok') };
        await related('verzoekproducten', body);
        expectRefused(await writesNothing(() => create(body)), unique);
        expectRefused(await create({ ...body, ...coded('P-9') }), unique);
      });

      it(`is broken by the same code once more, with whichever product: ${place}`, async () => {
        const body = { verzoek: await begin(), ...coded('P-1') };
        await related('verzoekproducten', body);
        expectRefused(await writesNothing(() => create(body)), unique);
        expectRefused(await create({ ...body, product: elsewhere.at('/ok?9') }), unique);
      });

      it(`is broken by all but one of fifty at the same time: ${place}`, async () => {
        const body = { verzoek: await begin(), product: elsewhere.at('/ok'), ...coded('P-1') };
        expectOneCreated(await Promise.all(fifty.map(() => create(body))), unique);
        const query = `verzoekproducten?verzoek=${body.verzoek}&productIdentificatie__code=P-1`;
        expect(await count(query)).to.equal(1);
      }).timeout(fiftyMs);
    }

    it('is broken by all but one of fifty at the same time with one code and fifty products', async () => {
      const verzoek = await made();
      const answers = await Promise.all(
        fifty.map((index) => create({ verzoek, product: elsewhere.at(`/ok?${index}`), ...coded('P-1') })),
      );
      expectOneCreated(answers, unique);
    }).timeout(fiftyMs);
  });
});

describe('vrz-007, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-007': 'off' } } });
  const { made, relate } = verzoekenOf(gateway);

  it('takes any URL for a product, and the same one twice', async () => {
    const body = { product: 'https://vreemd.example/1', verzoek: await made() };
    expect((await relate('verzoekproducten', body)).status).to.equal(201);
    expect((await relate('verzoekproducten', body)).status).to.equal(201);
  });
});

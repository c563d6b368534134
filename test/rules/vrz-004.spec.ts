import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { notThereAt, otherPlaces, specifyTooSlow, thereAt } from '../verzoeken/other-places.ts';
import { specifyVerzoekOf } from '../verzoeken/relation-rule.ts';
import {
  expectOneCreated,
  expectRefused,
  fifty,
  fiftyMs,
  nobody,
  pathOf,
  verzoekenOf,
} from '../verzoeken/samples.ts';

const intern = 'http://intern.test:8080';

describe('vrz-004: valideren attributen klant, verzoek en rol bij aanmaken van een KLANT-VERZOEK relatie', () => {
  const elsewhere = otherPlaces();
  const gateway = runningGateway({
    get config() {
      return elsewhere.configuration();
    },
  });
  const { made, klant, relate, related, count } = verzoekenOf(gateway);
  const create = (body: Record<string, string>) => relate('klantverzoeken', body);

  specifyVerzoekOf(gateway, 'klantverzoeken', async () => ({ klant: await klant() }));
  specifyTooSlow('klantverzoeken', 'klant');

  describe('of its klant', () => {
    it('holds for one of ours, under every base URL: it is the same one', async () => {
      const [one, verzoek] = [await klant(), await made()];
      const answer = await create({ klant: `${intern}${pathOf(one)}`, verzoek });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.klant).to.equal(one);
    });

    for (const path of thereAt) {
      it(`holds for one elsewhere that is there: ${path}`, async () => {
        const url = elsewhere.at(path);
        const answer = await create({ klant: url, verzoek: await made() });
        expect(answer.status, answer.text).to.equal(201);
        expect(answer.body.klant).to.equal(url);
      });
    }

    for (const [path, what] of Object.entries(notThereAt)) {
      it(`is broken by ${what}`, async () => {
        const verzoek = await made();
        expectRefused(await create({ klant: elsewhere.at(path), verzoek }), 'klant bad-url');
        expect(await count(`klantverzoeken?verzoek=${verzoek}`)).to.equal(0);
      });
    }

    it('is broken by a host that is not configured', async () => {
      expectRefused(
        await create({ klant: 'https://vreemd.example/1', verzoek: await made() }),
        'klant bad-url',
      );
    });

    it('is broken by a klant that we do not have, or not any more', async () => {
      const [verzoek, deleted] = [await made(), await klant()];
      await gateway.delete(deleted);
      for (const url of [deleted, `http://klantbrug.test/klanten/api/v1/klanten/${nobody}`])
        expectRefused(await create({ klant: url, verzoek }), 'klant bad-url');
    });

    it('is broken by what is no URL, which is complained about twice', async () => {
      const verzoek = await made();
      expectRefused(await create({ klant: 'geen-url', verzoek }), 'klant bad-url', 'klant invalid');
    });

    it('is broken together with the verzoek: both are reported', async () => {
      const verzoek = `http://klantbrug.test/verzoeken/api/v1/verzoeken/${nobody}`;
      const answer = await create({ klant: elsewhere.at('/gone'), verzoek });
      expectRefused(answer, 'klant bad-url', 'verzoek does_not_exist');
    });
  });

  describe('of klant, verzoek and rol together', () => {
    it('holds for the same klant in every other rol, one without a name included', async () => {
      const [one, verzoek] = [await klant(), await made()];
      for (const rol of ['initiator', 'belanghebbende', 'mede_initiator', ''])
        expect((await create({ klant: one, verzoek, rol })).status, rol).to.equal(201);
      expect(await count(`klantverzoeken?verzoek=${verzoek}`)).to.equal(4);
    });

    it('holds for the same klant and rol with another verzoek', async () => {
      const one = await klant();
      for (const verzoek of [await made(), await made()])
        expect((await create({ klant: one, verzoek, rol: 'initiator' })).status).to.equal(201);
    });

    it('holds again after the first was deleted', async () => {
      const body = { klant: await klant(), verzoek: await made(), rol: 'initiator' };
      expect((await gateway.delete(await related('klantverzoeken', body))).status).to.equal(204);
      expect((await create(body)).status).to.equal(201);
    });

    for (const rol of ['initiator', 'belanghebbende', '']) {
      it(`is broken by the same once more, under whichever base URL: rol "${rol}"`, async () => {
        const body = { klant: await klant(), verzoek: await made(), rol };
        await related('klantverzoeken', body);
        expectRefused(await create(body), 'nonFieldErrors unique');
        const other = {
          ...body,
          klant: `${intern}${pathOf(body.klant)}`,
          indicatieMachtiging: 'gemachtigde',
        };
        expectRefused(await create(other), 'nonFieldErrors unique');
        expect(await count(`klantverzoeken?verzoek=${body.verzoek}`)).to.equal(1);
      });
    }

    for (const rol of ['initiator', 'belanghebbende']) {
      it(`is broken by all but one of fifty at the same time: rol "${rol}"`, async () => {
        const body = { klant: await klant(), verzoek: await made(), rol };
        const answers = await Promise.all(fifty.map(() => create(body)));
        expectOneCreated(answers, 'nonFieldErrors unique');
        expect(await count(`klantverzoeken?verzoek=${body.verzoek}`)).to.equal(1);
      }).timeout(fiftyMs);
    }

    it('holds for ten klanten of one verzoek at the same time: none of them is lost', async () => {
      const [verzoek, klanten] = [await made(), await Promise.all(fifty.slice(0, 10).map(() => klant()))];
      const answers = await Promise.all(
        klanten.map((one) => create({ klant: one, verzoek, rol: 'initiator' })),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal(klanten.map(() => 201));
      expect(await count(`klantverzoeken?verzoek=${verzoek}`)).to.equal(10);
    }).timeout(fiftyMs);
  });
});

describe('vrz-004, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-004': 'off' } } });
  const { made, klant, relate } = verzoekenOf(gateway);

  it('takes any URL for a klant, and the same relation twice', async () => {
    const verzoek = await made();
    for (const url of ['https://vreemd.example/1', 'https://vreemd.example/1', await klant()])
      expect((await relate('klantverzoeken', { klant: url, verzoek })).status).to.equal(201);
  });
});

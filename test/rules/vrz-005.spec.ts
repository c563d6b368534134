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

const unique = 'nonFieldErrors unique';

describe('vrz-005: valideren attributen verzoek en contactmoment bij aanmaken van een VERZOEK-CONTACTMOMENT relatie', () => {
  const elsewhere = otherPlaces();
  const gateway = runningGateway({
    get config() {
      return elsewhere.configuration();
    },
  });
  const { made, contactmoment, relate, related, count, writesNothing } = verzoekenOf(gateway);
  const create = (body: Record<string, string>) => relate('verzoekcontactmomenten', body);

  specifyVerzoekOf(gateway, 'verzoekcontactmomenten', async () => ({ contactmoment: await contactmoment() }));
  specifyTooSlow('verzoekcontactmomenten', 'contactmoment');

  describe('of its contactmoment', () => {
    it('holds for one of ours, under every base URL: it is the same one', async () => {
      const [one, verzoek] = [await contactmoment(), await made()];
      const answer = await create({ contactmoment: `http://intern.test:8080${pathOf(one)}`, verzoek });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body).to.include({ contactmoment: one, verzoek });
    });

    for (const path of thereAt) {
      it(`holds for one elsewhere that is there: ${path}`, async () => {
        const answer = await create({ contactmoment: elsewhere.at(path), verzoek: await made() });
        expect(answer.status, answer.text).to.equal(201);
        expect(answer.body.contactmoment).to.equal(elsewhere.at(path));
      });
    }

    for (const [path, what] of Object.entries(notThereAt)) {
      it(`is broken by ${what}, and nothing is written`, async () => {
        const body = { contactmoment: elsewhere.at(path), verzoek: await made() };
        expectRefused(await writesNothing(() => create(body)), 'contactmoment bad-url');
      });
    }

    it('is broken by one that we do not have, or not any more', async () => {
      const [verzoek, deleted] = [await made(), await contactmoment()];
      await gateway.delete(deleted);
      const unknown = `http://klantbrug.test/contactmomenten/api/v1/contactmomenten/${nobody}`;
      for (const url of [deleted, unknown, 'https://vreemd.example/1'])
        expectRefused(await create({ contactmoment: url, verzoek }), 'contactmoment bad-url');
    });

    it('is broken when the CRM does not tell whether ours is there', async () => {
      const body = { contactmoment: await contactmoment(), verzoek: await made() };
      await gateway.crm.fault({ soort: 'fout', pad: '/relbeheer/activiteiten' });
      expectRefused(await writesNothing(() => create(body)), 'contactmoment bad-url');
    });
  });

  describe('of verzoek and contactmoment together', () => {
    it('holds for one contactmoment with several verzoeken, and several with one', async () => {
      const [one, two] = [await contactmoment(), await contactmoment()];
      const [first, second] = [await made(), await made()];
      for (const body of [
        { contactmoment: one, verzoek: first },
        { contactmoment: two, verzoek: first },
        { contactmoment: one, verzoek: second },
      ])
        expect((await create(body)).status).to.equal(201);
    });

    it('holds again after the first was deleted', async () => {
      const body = { contactmoment: await contactmoment(), verzoek: await made() };
      expect((await gateway.delete(await related('verzoekcontactmomenten', body))).status).to.equal(204);
      expect((await create(body)).status).to.equal(201);
    });

    for (const where of ['here', 'elsewhere'] as const) {
      it(`is broken by the same once more, of a contactmoment ${where}`, async () => {
        const url = where === 'here' ? await contactmoment() : elsewhere.at('/ok');
        const body = { contactmoment: url, verzoek: await made() };
        await related('verzoekcontactmomenten', body);
        expectRefused(await writesNothing(() => create(body)), unique);
        const intern = (ours: string) => `http://intern.test:8080${pathOf(ours)}`;
        expectRefused(await create({ ...body, verzoek: intern(body.verzoek) }), unique);
        if (where === 'here') expectRefused(await create({ ...body, contactmoment: intern(url) }), unique);
      });

      it(`is broken by all but one of fifty at the same time, of a contactmoment ${where}`, async () => {
        const url = where === 'here' ? await contactmoment() : elsewhere.at('/ok');
        const body = { contactmoment: url, verzoek: await made() };
        expectOneCreated(await Promise.all(fifty.map(() => create(body))), unique);
        expect(await count(`verzoekcontactmomenten?verzoek=${body.verzoek}`)).to.equal(1);
      }).timeout(fiftyMs);
    }
  });
});

describe('vrz-005, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-005': 'off' } } });
  const { made, relate } = verzoekenOf(gateway);

  it('takes any URL for a contactmoment, and the same relation twice', async () => {
    const body = { contactmoment: 'https://vreemd.example/1', verzoek: await made() };
    expect((await relate('verzoekcontactmomenten', body)).status).to.equal(201);
    expect((await relate('verzoekcontactmomenten', body)).status).to.equal(201);
  });
});

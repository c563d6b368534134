import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import {
  createdIn,
  expectOneCreated,
  expectRefused,
  fifty,
  fiftyMs,
  leastVerzoek,
  nobody,
  pathOf,
  verzoekenOf,
} from './samples.ts';

/** A link of a verzoek to another one, and the link back that is derived from it. */
export interface VerzoekLink {
  readonly rule: string;
  readonly title: string;
  readonly link: 'inTeTrekkenVerzoek' | 'aangevuldeVerzoek';
  readonly inverse: 'intrekkendeVerzoek' | 'aanvullendeVerzoek';
}

/** What vrz-002 and vrz-003 have in common, which is all of both. */
export function specifyLink({ rule, title, link, inverse }: VerzoekLink): void {
  describe(`${rule}: ${title}`, () => {
    const gateway = runningGateway({ config: { limits: { requestMs: fiftyMs } } });
    const { create, made, count, row } = verzoekenOf(gateway);
    const at = async (url: string) => (await gateway.get(url)).body;

    describe('holds', () => {
      it(`for a create: the other verzoek shows it as ${inverse}, also when it was read before`, async () => {
        const other = await made();
        expect((await at(other))[inverse]).to.equal(null);
        const answer = await create({ [link]: other });
        expect(answer.body).to.include({ [link]: other, [inverse]: null });
        expect(await at(other)).to.include({ [link]: null, [inverse]: answer.body.url });
      });

      for (const nothing of [null, '']) {
        it(`for a PATCH to ${JSON.stringify(nothing)}, after which the other verzoek shows nothing`, async () => {
          const other = await made();
          const url = await made({ [link]: other });
          const answer = await gateway.patch(url, { [link]: nothing });
          expect(answer.status, answer.text).to.equal(200);
          expect(answer.body[link]).to.equal(null);
          expect((await at(other))[inverse]).to.equal(null);
        });
      }

      it('for another target: the old one is free again, and the new one shows it', async () => {
        const [one, two] = [await made(), await made()];
        const url = await made({ [link]: one });
        expect((await gateway.patch(url, { [link]: two })).status).to.equal(200);
        expect((await at(one))[inverse]).to.equal(null);
        expect((await at(two))[inverse]).to.equal(url);
        expect((await create({ [link]: one })).status).to.equal(201);
      });

      it('for an update that repeats its own link, or leaves it out', async () => {
        const other = await made();
        const url = await made({ [link]: other });
        expect((await gateway.put(url, { ...leastVerzoek, [link]: other })).status).to.equal(200);
        expect((await gateway.put(url, leastVerzoek)).body[link]).to.equal(other);
        expect((await gateway.patch(url, { tekst: 'anders' })).body[link]).to.equal(other);
      });

      it('for a path alone, and for any host: only the path says which verzoek (contract section 3.2)', async () => {
        for (const base of [
          '',
          'http://intern.test:8080',
          'https://vreemd.example',
          'https://klantbrug.test',
        ]) {
          const other = await made();
          const answer = await create({ [link]: `${base}${pathOf(other)}` });
          expect(createdIn(answer)).to.be.a('string');
          expect(answer.body[link], base).to.equal(other);
        }
      });

      it('for a verzoek that leads to itself: nobody forbids it', async () => {
        const url = await made();
        expect((await gateway.patch(url, { [link]: url })).body).to.include({ [link]: url, [inverse]: url });
        expect((await gateway.delete(url)).status).to.equal(204);
        expect((await gateway.get(url)).status).to.equal(404);
      });

      it(`whatever a body says of ${inverse}: that is derived`, async () => {
        const other = await made();
        const before = await at(other);
        const answer = await create({ [inverse]: other });
        expect(answer.body).to.include({ [link]: null, [inverse]: null });
        expect(await at(other)).to.deep.equal(before);
      });

      it('in lists as well', async () => {
        const other = await made({ identificatie: `lijst-${rule}` });
        const url = await made({ [link]: other });
        const answer = await gateway.list('verzoeken', `verzoeken?identificatie=lijst-${rule}`);
        expect(answer.body.results).to.have.nested.property(`[0].${inverse}`, url);
      });
    });

    describe('is broken', () => {
      const api = '/verzoeken/api/v1';
      const wrong = {
        no_match: [
          'http://mock/404',
          `${api}/verzoeken`,
          'http://klantbrug.test/',
          'zomaar',
          // Ours, and of another API.
          `http://klantbrug.test/klanten/api/v1/klanten/${nobody}`,
        ],
        incorrect_match: [`${api}/klantverzoeken/${nobody}`],
        invalid: [`http://klantbrug.test${api}/verzoeken/geen-uuid`],
        does_not_exist: [`http://klantbrug.test${api}/verzoeken/${nobody}`],
        max_length: [`http://klantbrug.test/${'x'.repeat(1000)}`],
      };
      for (const [code, targets] of Object.entries(wrong)) {
        for (const target of targets) {
          it(`by ${target.slice(0, 80)}: ${code}, and nothing is written`, async () => {
            await gateway.crm.forget();
            const answer = await create({ [link]: target });
            expect(answer.status, answer.text).to.equal(400);
            expect(answer.text).to.include(`"name":"${link}","code":"${code}"`);
            expect(await gateway.crm.counts()).not.to.include.keys('POST /relbeheer/aanvragen');
          });
        }
      }

      it('by a verzoek that was deleted', async () => {
        const other = await made();
        await gateway.delete(other);
        expectRefused(await create({ [link]: other }), `${link} does_not_exist`);
      });

      it('by a second claim on the same verzoek, of a create, a PUT and a PATCH', async () => {
        const other = await made();
        const first = await made({ [link]: other });
        const url = await made();
        expectRefused(await create({ [link]: other }), `${link} unique`);
        expectRefused(await gateway.put(url, { ...leastVerzoek, [link]: pathOf(other) }), `${link} unique`);
        expectRefused(await gateway.patch(url, { [link]: other }), `${link} unique`);
        expect((await at(other))[inverse]).to.equal(first);
        expect((await at(url))[link]).to.equal(null);
      });

      it('by all but one of fifty verzoeken that claim the same one at the same time', async () => {
        const other = await made();
        // With an identificatie of its own, each of them: the lock on generating one lets them by one at a time.
        const answers = await Promise.all(
          fifty.map((index) => create({ [link]: other, identificatie: `${rule}-${index}` })),
        );
        expectOneCreated(answers, `${link} unique`);
        expect(await count(`verzoeken?${link}=${encodeURIComponent(other)}`)).to.equal(1);
      }).timeout(fiftyMs);

      it('by all but one of many updates that claim the same one at the same time', async () => {
        const other = await made();
        const urls = await Promise.all(fifty.slice(0, 8).map(() => made()));
        const answers = await Promise.all(urls.map((url) => gateway.patch(url, { [link]: other })));
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([
          200,
          ...Array<number>(7).fill(400),
        ]);
        expect(await count(`verzoeken?${link}=${encodeURIComponent(other)}`)).to.equal(1);
      }).timeout(fiftyMs);
    });

    describe('when the CRM does not tell whether the other is there, nothing is written', () => {
      const statuses = { fout: 502, verbreek: 502, html: 502, vol: 503, traag: 504 };
      for (const [soort, status] of Object.entries(statuses)) {
        it(`because of ${soort}: ${status}`, async () => {
          const other = await made();
          await gateway.crm.fault({ soort, methode: 'GET', pad: '/relbeheer/aanvragen' });
          await gateway.crm.forget();
          expect((await create({ [link]: other })).status).to.equal(status);
          expect(await gateway.crm.counts()).not.to.include.keys('POST /relbeheer/aanvragen');
        });
      }
    });

    it('of several claims that the CRM itself holds, one is shown', async () => {
      const other = await made();
      const [one, two] = [await made({ [link]: other }), await made()];
      const verzoeken = verzoekenOf(gateway);
      const column = link === 'inTeTrekkenVerzoek' ? 'INTRNR' : 'AANVNRVAN';
      await verzoeken.change(two, { [column]: (await row(one))[column] ?? null });
      expect((await at(other))[inverse]).to.be.oneOf([one, two]);
    });
  });

  describe(`${rule}, switched off`, () => {
    const gateway = runningGateway({ config: { rules: { [rule]: 'off' } } });
    const { create, made, count } = verzoekenOf(gateway);

    it('lets two verzoeken claim the same one', async () => {
      const other = await made();
      await made({ [link]: other });
      expect((await create({ [link]: other })).status).to.equal(201);
      expect(await count(`verzoeken?${link}=${encodeURIComponent(other)}`)).to.equal(2);
    });

    it(`still shows ${inverse}`, async () => {
      const other = await made();
      const url = await made({ [link]: other });
      expect((await gateway.get(other)).body[inverse]).to.equal(url);
    });

    it('still refuses what is no link to a verzoek', async () => {
      expectRefused(await create({ [link]: 'http://mock/404' }), `${link} no_match`);
    });
  });
}

import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import type { runningGateway } from '../kit/gateway.ts';
import { expectRefused, nobody, pathOf, type Relation, verzoekenOf } from './samples.ts';

/**
 * What every relation demands of its verzoek: that it is there.
 *
 * @param others the fields besides the verzoek, all in order
 */
export function specifyVerzoekOf(
  gateway: ReturnType<typeof runningGateway>,
  relation: Relation,
  others: () => Promise<JsonObject>,
): void {
  const { made, relate, writesNothing } = verzoekenOf(gateway);
  const base = 'http://klantbrug.test/verzoeken/api/v1';

  describe('of its verzoek', () => {
    it('holds by a path alone and under every host: only the path says which verzoek', async () => {
      for (const host of ['', 'http://intern.test:8080', 'https://vreemd.example']) {
        const verzoek = await made();
        const answer = await relate(relation, { ...(await others()), verzoek: `${host}${pathOf(verzoek)}` });
        expect(answer.status, answer.text).to.equal(201);
        expect(answer.body.verzoek).to.equal(verzoek);
      }
    });

    const wrong = {
      no_match: 'http://mock/404',
      incorrect_match: `${base}/klantverzoeken/${nobody}`,
      invalid: `${base}/verzoeken/geen-uuid`,
      does_not_exist: `${base}/verzoeken/${nobody}`,
      null: null,
      required: undefined,
    };
    for (const [code, verzoek] of Object.entries(wrong)) {
      it(`is broken by ${verzoek ?? code}: ${code}, and nothing is written`, async () => {
        const body = { ...(await others()), ...(verzoek === undefined ? {} : { verzoek }) };
        expectRefused(await writesNothing(() => relate(relation, body)), `verzoek ${code}`);
      });
    }

    it('is broken by a blank one', async () => {
      expectRefused(await relate(relation, { ...(await others()), verzoek: '' }), 'verzoek null');
    });

    it('is broken by one that was deleted', async () => {
      const verzoek = await made();
      await gateway.delete(verzoek);
      expectRefused(await relate(relation, { ...(await others()), verzoek }), 'verzoek does_not_exist');
    });

    for (const [soort, status] of Object.entries({ fout: 502, html: 502, vol: 503 })) {
      it(`is ${status}, and nothing is written, when the CRM does not tell: ${soort}`, async () => {
        const body = { ...(await others()), verzoek: await made() };
        await gateway.crm.fault({ soort, methode: 'GET', pad: '/relbeheer/aanvragen' });
        const answer = await writesNothing(() => relate(relation, body));
        expect(answer.status, answer.text).to.equal(status);
      });
    }
  });
}

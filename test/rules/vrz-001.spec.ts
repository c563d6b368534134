import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import {
  expectOneCreated,
  expectRefused,
  fifty,
  fiftyMs,
  leastVerzoek,
  otherOrganisation as other,
  verzoekenOf,
  plain,
} from '../verzoeken/samples.ts';

const broken = 'identificatie identificatie-niet-uniek';

/** The identificatie with this number, in the year 2019 unless it says otherwise. */
function numbered(number: number, year = 2019): string {
  return `VERZOEK-${year}-${plain(number).padStart(10, '0')}`;
}

/** A moment in a year that the demonstration's CRM knows nothing of. */
function during(year: number): JsonObject {
  return { registratiedatum: `${year}-05-01T12:00:00Z` };
}

describe('vrz-001: garanderen uniciteit bronorganisatie en identificatie van een VERZOEK', () => {
  const gateway = runningGateway({ config: { limits: { requestMs: fiftyMs } } });
  const { create, made, count } = verzoekenOf(gateway);

  const generated = async (change: JsonObject) => {
    const answer = await create(change);
    expect(answer.status, answer.text).to.equal(201);
    return answer.body.identificatie;
  };

  describe('generates an identificatie', () => {
    it('with the number one in a year without verzoeken, and with the next one after that', async () => {
      expect(await generated(during(2019))).to.equal('VERZOEK-2019-0000000001');
      expect(await generated(during(2019))).to.equal('VERZOEK-2019-0000000002');
    });

    it('when it is blank, or only spaces', async () => {
      expect(await generated({ ...during(2001), identificatie: '' })).to.equal(numbered(1, 2001));
      expect(await generated({ ...during(2001), identificatie: '  ' })).to.equal(numbered(2, 2001));
    });

    it('with the year of registratiedatum in UTC', async () => {
      expect(await generated({ registratiedatum: '2002-12-31T23:30:00-01:00' })).to.equal(numbered(1, 2003));
      expect(await generated({ registratiedatum: '2005-01-01T00:30:00+01:00' })).to.equal(numbered(1, 2004));
    });

    it('with this year when there is no registratiedatum', async () => {
      expect(await generated({})).to.match(new RegExp(`^VERZOEK-${new Date().getUTCFullYear()}-[0-9]{10}$`));
    });

    it('with one more than the highest, of whichever bronorganisatie, and not than the number of them', async () => {
      await made({ ...during(2006), identificatie: numbered(41, 2006), bronorganisatie: other });
      await made({ ...during(2006), identificatie: numbered(7, 2006) });
      expect(await generated(during(2006))).to.equal(numbered(42, 2006));
      expect(await generated({ ...during(2006), bronorganisatie: other })).to.equal(numbered(43, 2006));
    });

    it('after a number that a consumer gave to a verzoek of another year', async () => {
      await made({ ...during(2008), identificatie: numbered(5, 2007) });
      expect(await generated(during(2007))).to.equal(numbered(6, 2007));
    });

    for (const odd of ['VERZOEK-2009-X', 'VERZOEK-2009-99999999999', 'VERZOEK-2009-', 'VERZOEK-2009-5']) {
      it(`whatever a consumer calls its own: ${odd}`, async () => {
        const before = await generated(during(2009));
        await made({ ...during(2009), identificatie: odd });
        const after = await generated(during(2009));
        expect(Number(plain(after).slice(13))).to.equal(Number(plain(before).slice(13)) + 1);
        expect(await generated(during(2009))).to.not.equal(after);
      });
    }

    it('that continues where the CRM itself is', async () => {
      const { AANVRAGEN: rows } = await gateway.crm.call(
        'GET',
        '/relbeheer/aanvragen?KENM=VERZOEK-2023-*&AANTAL=50&SORTEER=-KENM',
      );
      const [highest = ''] = (rows as JsonObject[]).map(({ KENM }) => plain(KENM));
      expect(highest).to.match(/^VERZOEK-2023-[0-9]{10}$/);
      expect(await generated(during(2023))).to.equal(numbered(Number(highest.slice(13)) + 1, 2023));
    });

    it('for fifty verzoeken at the same time: all different, and consecutive from the highest', async () => {
      await made({ ...during(2010), identificatie: numbered(100, 2010) });
      const numbers = await Promise.all(
        fifty.map((index) =>
          generated({ ...during(2010), bronorganisatie: index % 2 ? other : leastVerzoek.bronorganisatie }),
        ),
      );
      expect(numbers.sort()).to.deep.equal(fifty.map((index) => numbered(101 + index, 2010)));
    }).timeout(fiftyMs);
  });

  describe('holds', () => {
    it('for the same identificatie of another bronorganisatie', async () => {
      await made({ identificatie: 'H1' });
      expect((await create({ identificatie: 'H1', bronorganisatie: other })).status).to.equal(201);
    });

    it('for an identificatie in other letters: texts are compared exactly', async () => {
      await made({ identificatie: 'H2a' });
      expect((await create({ identificatie: 'H2A' })).status).to.equal(201);
    });

    it('for a pair whose verzoek was deleted', async () => {
      await gateway.delete(await made({ identificatie: 'H3' }));
      expect((await create({ identificatie: 'H3' })).status).to.equal(201);
    });

    it('for an update that repeats its own pair', async () => {
      const url = await made({ identificatie: 'H4' });
      expect((await gateway.put(url, { ...leastVerzoek, identificatie: 'H4' })).status).to.equal(200);
      expect((await gateway.patch(url, { ...leastVerzoek, identificatie: 'H4' })).status).to.equal(200);
    });
  });

  describe('is broken', () => {
    it('by a create with a pair that is taken, and nothing is written', async () => {
      await made({ identificatie: 'B1' });
      expectRefused(await create({ identificatie: 'B1' }), broken);
      expect(await count('verzoeken?identificatie=B1')).to.equal(1);
    });

    it('by a create with what stands in for the identificatie of a verzoek that has none in the CRM', async () => {
      const body = { AANVRAAG: { BRON: leastVerzoek.bronorganisatie, STAT: '10' } };
      const { AANVNR: number } = await gateway.crm.call('POST', '/relbeheer/aanvragen', body);
      expect(number).to.be.a('number');
      expectRefused(await create({ identificatie: `AANV-${Number(number)}` }), broken);
    });

    it('by an update of only the bronorganisatie: the stored identificatie counts', async () => {
      await made({ identificatie: 'B2' });
      const url = await made({ identificatie: 'B2', bronorganisatie: other });
      expectRefused(await gateway.patch(url, { bronorganisatie: leastVerzoek.bronorganisatie }), broken);
      expect((await gateway.get(url)).body.bronorganisatie).to.equal(other);
    });

    it('by all but one of fifty equal verzoeken at the same time', async () => {
      expectOneCreated(await Promise.all(fifty.map(() => create({ identificatie: 'B3' }))), broken);
      expect(await count('verzoeken?identificatie=B3')).to.equal(1);
    }).timeout(fiftyMs);
  });

  describe('when the CRM does not tell which are taken, nothing is written', () => {
    const statuses = {
      fout: 502,
      foutcode: 502,
      verbreek: 502,
      html: 502,
      afgekapt: 502,
      sleutel: 502,
      vol: 503,
      traag: 504,
    };
    for (const [soort, status] of Object.entries(statuses)) {
      for (const change of [{ identificatie: `F-${soort}` }, during(2011)] as const) {
        const what = 'identificatie' in change ? 'a given' : 'a generated';
        it(`because of ${soort}: ${status}, for ${what} identificatie`, async () => {
          await gateway.crm.fault({ soort, methode: 'GET', pad: '/relbeheer/aanvragen' });
          await gateway.crm.forget();
          expect((await create(change)).status).to.equal(status);
          expect(await gateway.crm.counts()).not.to.include.keys('POST /relbeheer/aanvragen');
        });
      }
    }
  });
});

describe('vrz-001, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-001': 'off' } } });
  const { create, made, count } = verzoekenOf(gateway);

  it('takes an identificatie twice', async () => {
    await made({ identificatie: 'O1' });
    expect((await create({ identificatie: 'O1' })).status).to.equal(201);
    expect(await count('verzoeken?identificatie=O1')).to.equal(2);
  });

  it('still generates one: a verzoek always has it', async () => {
    expect((await create(during(2019))).body.identificatie).to.equal('VERZOEK-2019-0000000001');
  });
});

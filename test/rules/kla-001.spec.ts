import { expect } from 'chai';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { type Answer, complaints, leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';

/** The other organisation that keeps klanten in this CRM. */
const other = '950428139';

describe('kla-001: garanderen uniciteit bronorganisatie en klantnummer van een KLANT', () => {
  const gateway = runningGateway({ config: { backends: { crm: { limits: { headersMs: 1000 } } } } });

  const create = (change: JsonObject) => gateway.post({ ...leastKlant, ...change });

  /** How many klanten of the usual bronorganisatie have this klantnummer, as clients see it. */
  const having = async (number: string) =>
    Number(
      (await gateway.get(`/klanten?bronorganisatie=${leastKlant.bronorganisatie}&klantnummer=${number}`)).body
        .count,
    );

  describe('holds', () => {
    it('for a pair that is new', async () => {
      const answer = await create({ klantnummer: 'H1' });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.klantnummer).to.equal('H1');
    });

    it('for the same klantnummer of another bronorganisatie', async () => {
      await create({ klantnummer: 'H2' });
      expect((await create({ klantnummer: 'H2', bronorganisatie: other })).status).to.equal(201);
    });

    it('for a klantnummer in other letters: texts are compared exactly', async () => {
      await create({ klantnummer: 'H3a' });
      expect((await create({ klantnummer: 'H3A' })).status).to.equal(201);
    });

    it('for a pair whose klant was deleted', async () => {
      await gateway.delete(urlIn(await create({ klantnummer: 'H4' })));
      expect((await create({ klantnummer: 'H4' })).status).to.equal(201);
    });

    it('for an update that repeats its own pair, or half of it', async () => {
      const url = urlIn(await create({ klantnummer: 'H5' }));
      const answers = [
        await gateway.put(url, { ...leastKlant, klantnummer: 'H5' }),
        await gateway.patch(url, { ...leastKlant, klantnummer: 'H5' }),
        await gateway.patch(url, { klantnummer: 'H5' }),
        await gateway.patch(url, { bronorganisatie: leastKlant.bronorganisatie }),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    });

    it('for an update to a pair that is free, after which the old one is', async () => {
      const url = urlIn(await create({ klantnummer: 'H6' }));
      expect((await gateway.patch(url, { klantnummer: 'H6b' })).body.klantnummer).to.equal('H6b');
      expect((await create({ klantnummer: 'H6' })).status).to.equal(201);
    });
  });

  describe('is broken', () => {
    it('by a create with a pair that is taken, and nothing is written', async () => {
      await create({ klantnummer: 'B1' });
      await expectRefused(() => create({ klantnummer: 'B1' }));
      expect(await having('B1')).to.equal(1);
    });

    it('by a create with the number by which the CRM knows a klant without a klantnummer', async () => {
      const number = await gateway.crm.add({ ANAAM: 'Zonder', VRIJ1: leastKlant.bronorganisatie });
      await expectRefused(() => create({ klantnummer: String(number) }));
    });

    it('by an update that changes only the klantnummer: the stored bronorganisatie counts', async () => {
      await create({ klantnummer: 'B2', bronorganisatie: other });
      const url = urlIn(await create({ klantnummer: 'B2b', bronorganisatie: other }));
      await expectRefused(() => gateway.patch(url, { klantnummer: 'B2' }));
      expect((await gateway.get(url)).body.klantnummer).to.equal('B2b');
    });

    it('by an update that changes only the bronorganisatie: the stored klantnummer counts', async () => {
      await create({ klantnummer: 'B3', bronorganisatie: other });
      const url = urlIn(await create({ klantnummer: 'B3' }));
      await expectRefused(() => gateway.patch(url, { bronorganisatie: other }));
      await expectRefused(() => gateway.put(url, { ...leastKlant, bronorganisatie: other }));
      await expectRefused(() => gateway.patch(url, { bronorganisatie: other, klantnummer: '' }));
      expect((await gateway.get(url)).body.bronorganisatie).to.equal(leastKlant.bronorganisatie);
    });

    it('by an update that changes both', async () => {
      await create({ klantnummer: 'B4', bronorganisatie: other });
      const url = urlIn(await create({ klantnummer: 'B4b' }));
      const pair = { klantnummer: 'B4', bronorganisatie: other };
      await expectRefused(() => gateway.patch(url, pair));
      await expectRefused(() => gateway.put(url, { ...leastKlant, ...pair }));
    });

    async function expectRefused(attempt: () => Promise<Answer>): Promise<void> {
      await gateway.crm.forget();
      const answer = await attempt();
      expect(answer.status, answer.text).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['nonFieldErrors unique']);
      expect(await writes()).to.deep.equal([]);
    }
  });

  describe('of a pair that the CRM held twice before', () => {
    let places: string[] = [];

    beforeEach(async () => {
      const columns = { KLANTNR: 'D1', VRIJ1: leastKlant.bronorganisatie, WEB: leastKlant.websiteUrl };
      places = [klantPath(await gateway.crm.add(columns)), klantPath(await gateway.crm.add(columns))];
    });

    afterEach(async () => {
      for (const place of places) await gateway.delete(place);
    });

    it('lets both klanten be changed', async () => {
      for (const place of places) {
        expect((await gateway.patch(place, { functie: 'inkoper' })).status).to.equal(200);
        expect((await gateway.put(place, { ...leastKlant, klantnummer: 'D1' })).status).to.equal(200);
      }
    });

    it('lets one of them get another klantnummer, and not back', async () => {
      const [place = ''] = places;
      expect((await gateway.patch(place, { klantnummer: 'D2' })).status).to.equal(200);
      expect(complaints(await gateway.patch(place, { klantnummer: 'D1' }))).to.deep.equal([
        'nonFieldErrors unique',
      ]);
    });

    it('lets nobody else have it', async () => {
      expect(complaints(await create({ klantnummer: 'D1' }))).to.deep.equal(['nonFieldErrors unique']);
    });
  });

  describe('generates a klantnummer', () => {
    for (const body of [{}, { klantnummer: '' }, { klantnummer: '  ' }]) {
      it(`for a create with ${JSON.stringify(body)}`, async () => {
        const answer = await create(body);
        expect(answer.status, answer.text).to.equal(201);
        expect(answer.body.klantnummer).to.match(/^\S{1,8}$/);
        expect((await gateway.get(urlIn(answer))).body).to.deep.equal(answer.body);
        expect(await having(numberIn(answer))).to.equal(1);
      });
    }

    it('never for an update, which keeps the one that is stored', async () => {
      const url = urlIn(await create({ klantnummer: 'G1' }));
      const answers = [
        await gateway.patch(url, { klantnummer: '' }),
        await gateway.put(url, { ...leastKlant, klantnummer: '' }),
        await gateway.put(url, leastKlant),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
      expect(answers.map(({ body }) => body.klantnummer)).to.deep.equal(['G1', 'G1', 'G1']);
    });
  });

  describe('that cannot be checked', () => {
    const faults = {
      fout: 502,
      foutcode: 502,
      verbreek: 502,
      html: 502,
      afgekapt: 502,
      sleutel: 502,
      vol: 503,
      traag: 504,
    };
    for (const [soort, status] of Object.entries(faults)) {
      it(`because of a CRM with the fault "${soort}" is ${status}, and nothing is written`, async () => {
        const url = urlIn(await create({}));
        await gateway.crm.fault({ soort, methode: 'GET' });
        await gateway.crm.forget();
        const answers = await Promise.all([
          create({ klantnummer: 'F1' }),
          create({}),
          gateway.patch(url, { klantnummer: 'F1' }),
          gateway.put(url, { ...leastKlant, klantnummer: 'F1' }),
        ]);
        expect(answers.map((answer) => answer.status)).to.deep.equal([status, status, status, status]);
        expect(await writes()).to.deep.equal([]);
        await gateway.crm.calm();
        expect(await having('F1')).to.equal(0);
      });
    }
  });

  /** Which kinds of writes reached the CRM since it last forgot. */
  async function writes(): Promise<string[]> {
    return Object.keys(await gateway.crm.counts()).filter((call) => !call.startsWith('GET'));
  }
});

describe('kla-001 with numbers that collide', () => {
  const numbers = stuckNumbers();
  const gateway = runningGateway({ random: numbers.next });

  /** The klantnummer that comes out when all numbers are the same. */
  let taken = '';

  before(async () => {
    numbers.stickFor(Infinity);
    taken = numberIn(await gateway.post(leastKlant));
  });

  afterEach(() => {
    numbers.stickFor(0);
  });

  it('takes another one when the generated klantnummer is taken', async () => {
    numbers.stickFor(taken.length);
    const answer = await gateway.post(leastKlant);
    expect(numbers.left(), 'stuck numbers that were not used').to.equal(0);
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body.klantnummer)
      .to.match(/^\S{1,8}$/)
      .and.not.equal(taken);
  });

  it('lets another bronorganisatie have the same one', async () => {
    numbers.stickFor(Infinity);
    const answer = await gateway.post({ ...leastKlant, bronorganisatie: other });
    expect(answer.body.klantnummer).to.equal(taken);
  });

  it('is 503, and stores no double, when all that it generates are taken', async () => {
    numbers.stickFor(Infinity);
    await gateway.crm.forget();
    const answer = await gateway.post(leastKlant);
    expect(answer.status).to.equal(503);
    expect(answer.headers.get('Retry-After')).to.match(/^[1-9][0-9]*$/);
    expect(await gateway.crm.counts()).not.to.include.keys('POST /relbeheer/relaties');
  });
});

describe('kla-001, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'kla-001': 'off' } } });

  it('lets several klanten have the same pair', async () => {
    const body = { ...leastKlant, klantnummer: 'U1' };
    const answers = [await gateway.post(body), await gateway.post(body)];
    expect(answers.map(numberIn)).to.deep.equal(['U1', 'U1']);
    const moved = urlIn(await gateway.post({ ...leastKlant, klantnummer: 'U2' }));
    expect((await gateway.patch(moved, { klantnummer: 'U1' })).status).to.equal(200);
    expect(results(await gateway.get('/klanten?klantnummer=U1'))).to.have.length(3);
  });

  it('still generates a klantnummer: the standard promises the field', async () => {
    expect((await gateway.post(leastKlant)).body.klantnummer).to.match(/^\S{1,8}$/);
  });

  it('asks the CRM nothing before a create', async () => {
    await gateway.crm.forget();
    await gateway.post({ ...leastKlant, klantnummer: 'U3' });
    expect(await gateway.crm.counts()).not.to.include.keys('GET /relbeheer/relaties');
  });
});

function numberIn({ body }: Answer): string {
  return scalarText(body.klantnummer) ?? '';
}

/** A source of random numbers that can be stuck at one number for a while. */
function stuckNumbers() {
  let left = 0;
  return {
    next: (): number => {
      if (left === 0) return Math.random();
      left -= 1;
      return 0;
    },
    /** @param draws how many of the next numbers are the same */
    stickFor: (draws: number) => {
      left = draws;
    },
    left: () => left,
  };
}

import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { complaints, leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';

const refusal = ['nonFieldErrors invalid-subject'];

describe('subject-required: een KLANT heeft een subject of een subjectIdentificatie', () => {
  describe('as it is without being switched on', () => {
    const gateway = runningGateway();

    it('lets an unidentified klant be registered (ruling R3)', async () => {
      expect((await gateway.post(leastKlant)).status).to.equal(201);
    });

    it('lets an unidentified klant be changed', async () => {
      const url = urlIn(await gateway.post(leastKlant));
      expect((await gateway.patch(url, { functie: 'inkoper' })).status).to.equal(200);
      expect((await gateway.put(url, leastKlant)).status).to.equal(200);
    });
  });

  describe('switched on', () => {
    const gateway = runningGateway({ config: { rules: { 'subject-required': 'on' } } });

    /** The URL of a klant that is only there to be somebody's subject. */
    let subject = '';

    before(async () => {
      subject = urlIn(await gateway.post({ ...leastKlant, ...identified }));
    });

    it('holds for a klant with a subject', async () => {
      expect((await gateway.post({ ...leastKlant, subject })).status).to.equal(201);
    });

    it('holds for a klant with a subjectIdentificatie', async () => {
      expect((await gateway.post({ ...leastKlant, ...identified })).status).to.equal(201);
    });

    it('holds for a klant with both', async () => {
      expect((await gateway.post({ ...leastKlant, ...identified, subject })).status).to.equal(201);
    });

    const broken: Readonly<Record<string, JsonObject>> = {
      'neither of them': {},
      'a blank subject': { subject: '' },
      'a subjectType alone': { subjectType: 'vestiging' },
      'an empty subjectIdentificatie': { subjectType: 'vestiging', subjectIdentificatie: {} },
      'a subjectIdentificatie that nothing says the type of': {
        subjectIdentificatie: { inpBsn: '154760924' },
      },
    };
    for (const [what, body] of Object.entries(broken)) {
      it(`is broken by a create with ${what}`, async () => {
        await gateway.crm.forget();
        const answer = await gateway.post({ ...leastKlant, ...body });
        expect(answer.status, answer.text).to.equal(400);
        expect(complaints(answer)).to.deep.equal(refusal);
        expect(await gateway.crm.counts()).not.to.include.keys('POST /relbeheer/relaties');
      });
    }

    it('comes after uniqueness: both broken, only that is reported', async () => {
      const { body } = await gateway.post({ ...leastKlant, ...identified });
      const answer = await gateway.post({ ...leastKlant, klantnummer: body.klantnummer ?? '' });
      expect(complaints(answer)).to.deep.equal(['nonFieldErrors unique']);
    });

    describe('on a klant of whom the CRM knows neither', () => {
      let place = '';

      before(async () => {
        place = klantPath(await gateway.crm.add({ NAAM: 'Onbekend' }));
      });

      it('is broken by a PATCH and by a PUT that supply neither', async () => {
        const attempts = [
          await gateway.patch(place, { functie: 'inkoper' }),
          await gateway.put(place, leastKlant),
        ];
        expect(attempts.map(({ status }) => status)).to.deep.equal([400, 400]);
        expect(attempts.map(complaints)).to.deep.equal([refusal, refusal]);
      });

      it('holds for a PATCH that supplies one', async () => {
        expect((await gateway.patch(place, { subject })).status).to.equal(200);
      });
    });

    it('counts what is stored: the only subject of a klant may be emptied (contract section 3.4)', async () => {
      const url = urlIn(await gateway.post({ ...leastKlant, subject }));
      const answer = await gateway.patch(url, { subject: '' });
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body.subject).to.equal('');
    });

    it('counts what is stored: a PUT may leave out the subjectIdentificatie', async () => {
      const url = urlIn(await gateway.post({ ...leastKlant, ...identified }));
      expect((await gateway.put(url, leastKlant)).status).to.equal(200);
    });
  });
});

const identified = {
  subjectType: 'natuurlijk_persoon',
  subjectIdentificatie: { inpBsn: '154760924' },
} as const;

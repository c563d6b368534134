import { expect } from 'chai';
import { contactmomentenOf, leastContactmoment, nobody } from '../contactmomenten/contactmomenten.ts';
import { complaints, runningGateway } from '../kit/gateway.ts';

const list = 'http://klantbrug.test/contactmomenten/api/v1/contactmomenten';

describe('cm-001: valideren attribuut vorigContactmoment', () => {
  const gateway = runningGateway();
  const contactmomenten = contactmomentenOf(gateway);

  async function removed(): Promise<string> {
    const url = await contactmomenten.add();
    expect((await gateway.delete(url)).status).to.equal(204);
    return url;
  }

  it('holds for a contactmoment that exists', async () => {
    const vorigContactmoment = await contactmomenten.add();
    const answer = await contactmomenten.create({ vorigContactmoment });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body.vorigContactmoment).to.equal(vorigContactmoment);
  });

  it('is not asked for null, blank or nothing', async () => {
    for (const fields of [{ vorigContactmoment: null }, { vorigContactmoment: '' }, {}]) {
      const answer = await contactmomenten.create(fields);
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.vorigContactmoment).to.equal(null);
    }
  });

  describe('is broken', () => {
    it('by a contactmoment that never was', async () => {
      const answer = await contactmomenten.create({ vorigContactmoment: `${list}/${nobody}` });
      expect(answer.status, answer.text).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['vorigContactmoment does_not_exist']);
    });

    it('by a contactmoment that is no more', async () => {
      const answer = await contactmomenten.create({ vorigContactmoment: await removed() });
      expect(answer.status, answer.text).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['vorigContactmoment does_not_exist']);
    });

    it('by a PATCH and a PUT too, which then change nothing', async () => {
      const url = await contactmomenten.add({ tekst: 'eerst' });
      const wrong = { vorigContactmoment: await removed(), tekst: 'daarna' };
      for (const answer of [
        await gateway.patch(url, wrong),
        await gateway.put(url, { ...leastContactmoment, ...wrong }),
      ]) {
        expect(answer.status, answer.text).to.equal(400);
        expect(complaints(answer)).to.deep.equal(['vorigContactmoment does_not_exist']);
      }
      expect((await gateway.get(url)).body).to.include({ tekst: 'eerst', vorigContactmoment: null });
    });

    it('together with other fields: all complaints of the phase are reported at once', async () => {
      const answer = await contactmomenten.create({
        vorigContactmoment: `${list}/${nobody}`,
        bronorganisatie: '123456789',
        voorkeurstaal: 'dutch',
      });
      expect(complaints(answer)).to.deep.equal([
        'vorigContactmoment does_not_exist',
        'bronorganisatie invalid',
        'voorkeurstaal max_length',
      ]);
    });
  });

  describe('cannot be asked when the CRM', () => {
    const faults = {
      'is slow': { soort: 'traag' },
      'answers 500': { soort: 'fout' },
      'answers HTML': { soort: 'html' },
      'hangs up': { soort: 'verbreek' },
      'refuses us': { soort: 'sleutel' },
    };
    for (const [what, fault] of Object.entries(faults)) {
      it(`${what}: that is our failure, not the client's, and nothing is written`, async () => {
        const vorigContactmoment = await contactmomenten.add();
        // Only the read: the search that cm-002 asks for works, so that it cannot be what fails.
        await gateway.crm.fault({ ...fault, methode: 'GET', pad: '/relbeheer/activiteiten/' });
        await gateway.crm.forget();
        const answer = await contactmomenten.create({ vorigContactmoment });
        expect(answer.status, answer.text).to.be.within(500, 504);
        expect(await gateway.crm.counts()).not.to.include.keys('POST /relbeheer/activiteiten');
      });
    }
  });
});

describe('cm-001, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-001': 'off' } } });
  const contactmomenten = contactmomentenOf(gateway);

  it('takes a contactmoment that is no more', async () => {
    const gone = await contactmomenten.add();
    await gateway.delete(gone);
    const answer = await contactmomenten.create({ vorigContactmoment: gone });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body.vorigContactmoment).to.equal(gone);
  });

  it('still refuses what is no contactmoment at all', async () => {
    const answer = await contactmomenten.create({ vorigContactmoment: 'https://elders.example/404' });
    expect(complaints(answer)).to.deep.equal(['vorigContactmoment no_match']);
  });
});

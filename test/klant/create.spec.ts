import { expect } from 'chai';
import { canonical, api, leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import {
  adres,
  completeKlant,
  nextKlantnummer,
  sparseKlant,
  subjectTypes,
  unsetAdres,
  unsetIdentifications,
} from './samples.ts';

describe('klant_create: contract section 2.1', () => {
  const gateway = runningGateway();

  for (const subjectType of subjectTypes) {
    it(`keeps everything of a ${subjectType}, keys in the standard's order`, async () => {
      const sent = completeKlant(subjectType, `${gateway.crm.url}/gba/personen/1`);

      const answer = await gateway.post(sent);

      expect(answer.status, answer.text).to.equal(201);
      // As text, because the order of the keys counts too.
      expect(answer.text).to.equal(JSON.stringify({ url: urlIn(answer), ...sent }));
      expect((await gateway.get(urlIn(answer))).text).to.equal(answer.text);
    });

    it(`keeps everything of a ${subjectType} whose body has its keys in reverse`, async () => {
      const sent = completeKlant(subjectType, '');

      const answer = await gateway.post(Object.fromEntries(Object.entries(sent).reverse()));

      expect(answer.text).to.equal(JSON.stringify({ url: urlIn(answer), ...sent }));
    });

    it(`shows a ${subjectType} of which only the type is known without an identification`, async () => {
      const klantnummer = nextKlantnummer();

      const answer = await gateway.post({ ...leastKlant, klantnummer, subjectType });

      const expected = sparseKlant(urlIn(answer), { klantnummer, subjectType, subjectIdentificatie: null });
      expect(answer.text).to.equal(JSON.stringify(expected));
    });
  }

  it('shows all keys of an identification of which only one is known', async () => {
    const given = { anpIdentificatie: 'PAS-2' };
    const answer = await gateway.post({
      ...leastKlant,
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: given,
    });
    expect(answer.body.subjectIdentificatie).to.deep.equal({
      ...unsetIdentifications.natuurlijk_persoon,
      ...given,
    });
  });

  it('renders the minimal klant of section 2.1 as it is printed there', async () => {
    const subject = `${gateway.crm.url}/gba/personen/2`;
    const klantnummer = nextKlantnummer();

    const answer = await gateway.post({
      ...leastKlant,
      klantnummer,
      subject,
      subjectType: 'natuurlijk_persoon',
    });

    const expected = {
      klantnummer,
      subject,
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: null,
    };
    expect(answer.text).to.equal(JSON.stringify(sparseKlant(urlIn(answer), expected)));
  });

  it('registers an unidentified klant without conditions (ruling R3)', async () => {
    const answer = await gateway.post(leastKlant);

    expect(answer.status).to.equal(201);
    expect(answer.body).to.deep.equal(
      sparseKlant(urlIn(answer), { klantnummer: answer.body.klantnummer ?? '' }),
    );
    expect(answer.body).not.to.have.property('subjectIdentificatie');
  });

  for (const subjectType of [null, '']) {
    it(`takes subjectType ${JSON.stringify(subjectType)} for the same as leaving it out`, async () => {
      const klantnummer = nextKlantnummer();
      const answer = await gateway.post({ ...leastKlant, klantnummer, subjectType });
      expect(answer.text).to.equal(JSON.stringify(sparseKlant(urlIn(answer), { klantnummer })));
    });
  }

  it('shows all keys of an adres of which only one is known', async () => {
    const answer = await gateway.post({ ...leastKlant, adres: { huisletter: 'x' } });
    expect(answer.body.adres).to.deep.equal({ ...unsetAdres, huisletter: 'x' });
  });

  for (const nothing of [null, {}]) {
    it(`takes an adres of ${JSON.stringify(nothing)} for no adres`, async () => {
      const answer = await gateway.post({ ...leastKlant, adres: nothing });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.adres).to.equal(null);
    });

    it(`takes a subjectIdentificatie of ${JSON.stringify(nothing)} for none`, async () => {
      const answer = await gateway.post({
        ...leastKlant,
        subjectType: 'vestiging',
        subjectIdentificatie: nothing,
      });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.subjectIdentificatie).to.equal(null);
    });
  }

  it('accepts null for the objects within an identification', async () => {
    const answer = await gateway.post({
      ...leastKlant,
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: { geslachtsnaam: 'Dürr', verblijfsadres: null, subVerblijfBuitenland: null },
    });
    expect(answer.status, answer.text).to.equal(201);
  });

  it('keeps an adres abroad and house number zero', async () => {
    const abroad = { ...adres, huisnummer: 0, postcode: 'SW1A1AA', landcode: '6039' };
    const answer = await gateway.post({ ...leastKlant, adres: abroad });
    expect(answer.body.adres).to.deep.equal(abroad);
  });

  it('tells where the new klant is, under the canonical base URL', async () => {
    const answer = await gateway.post(leastKlant);
    expect(answer.headers.get('Location')).to.equal(urlIn(answer));
    expect(urlIn(answer)).to.match(new RegExp(`^${canonical}${api}/klanten/[0-9a-f-]{36}$`));
  });
});

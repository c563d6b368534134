import { expect } from 'chai';
import { complaints, leastKlant, runningGateway } from '../kit/gateway.ts';

describe('Bodies in the ways that clients write them (contract, section 0)', () => {
  const gateway = runningGateway();

  it('may have keys in snake_case', async () => {
    const answer = await gateway.post({
      bronorganisatie: '123456782',
      website_url: 'https://www.gemeente.example',
      voorvoegsel_achternaam: 'van',
      subject_type: 'natuurlijk_persoon',
      subject_identificatie: { inp_a_nummer: '1234567890' },
    });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ voorvoegselAchternaam: 'van', subjectType: 'natuurlijk_persoon' });
    expect(answer.body.subjectIdentificatie).to.include({ inpANummer: '1234567890' });
  });

  it('may have keys that nobody knows, and those that are read-only', async () => {
    const url = 'https://elders.example/klanten/1';
    const answer = await gateway.post({ ...leastKlant, url, onbekend: { a: [1] }, klant: url });
    expect(answer.status).to.equal(201);
    expect(answer.body.url).not.to.equal(url);
    expect(answer.body).not.to.have.any.keys('onbekend', 'klant');
  });

  it('may have white space around a text, and a number for one', async () => {
    const answer = await gateway.post({ ...leastKlant, achternaam: ' \tPuntkomma\n ', functie: 42 });
    expect(answer.body).to.include({ achternaam: 'Puntkomma', functie: '42' });
  });

  it('may not have a boolean, a list or an object for a text', async () => {
    for (const achternaam of [true, false, [], {}, ['x']]) {
      expect(complaints(await gateway.post({ ...leastKlant, achternaam }))).to.deep.equal([
        'achternaam invalid',
      ]);
    }
  });

  it('are answered in camelCase, every key of the standard', async () => {
    const { body } = await gateway.post({ ...leastKlant, subjectType: 'vestiging' });
    const names =
      'url bronorganisatie klantnummer bedrijfsnaam functie websiteUrl voornaam voorvoegselAchternaam';
    const others = 'achternaam telefoonnummer emailadres adres subject subjectType subjectIdentificatie';
    expect(Object.keys(body)).to.deep.equal(`${names} ${others}`.split(' '));
  });
});

import { expect } from 'chai';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { mistakesIn, soundSet } from './set.ts';

const before = '    deviations:\n      # Of 21 characters';

describe('a field that the CRM takes when a record is made, and never again', () => {
  const copy = mappingCopy({
    'mapping.yaml': [
      [before, `    fixed: [functie, subjectIdentificatie.inpBsn, adres.postcode]\n${before}`],
    ],
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });
  const person = {
    ...leastKlant,
    functie: 'bakker',
    subjectType: 'natuurlijk_persoon',
    subjectIdentificatie: { inpBsn: '999990019' },
  };
  const writes = async () =>
    Object.keys(await gateway.crm.counts()).filter((call) => !call.startsWith('GET'));

  it('is kept of a new record', async () => {
    const created = await gateway.post(person);
    expect(created.status, created.text).to.equal(201);
    expect(created.body.functie).to.equal('bakker');
  });

  it('cannot change, nor be cleared: 501 that names it, and nothing is sent', async () => {
    const url = urlIn(await gateway.post(person));
    await gateway.crm.forget();
    for (const answer of [
      await gateway.patch(url, { functie: 'slager' }),
      await gateway.patch(url, { functie: '' }),
      await gateway.put(url, { ...person, functie: 'slager' }),
    ]) {
      expect(answer.status, answer.text).to.equal(501);
      expect(answer.body.detail).to.equal('Het achterliggende systeem kan dit niet wijzigen: functie.');
    }
    const both = await gateway.patch(url, {
      functie: 'slager',
      subjectIdentificatie: { inpBsn: '999990032' },
      achternaam: 'Anders',
    });
    expect(both.body.detail).to.include('functie, subjectIdentificatie.inpBsn.');
    expect(await writes()).to.deep.equal([]);
    expect((await gateway.get(url)).body).to.deep.include({ functie: 'bakker', achternaam: '' });
  });

  it('may be sent as it is, and beside it others change', async () => {
    const url = urlIn(await gateway.post(person));
    const answer = await gateway.put(url, { ...person, achternaam: 'Anders' });
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body).to.deep.include({ functie: 'bakker', achternaam: 'Anders' });
    expect((await gateway.patch(url, { functie: ' bakker ' })).status).to.equal(200);
  });

  it('that was not set stays so, whatever else its object gets', async () => {
    const url = urlIn(await gateway.post(person));
    const answer = await gateway.patch(url, { adres: { straatnaam: 'Laan', huisnummer: 1 } });
    expect(answer.status, answer.text).to.equal(200);
    expect((await gateway.patch(url, { adres: { postcode: '1234 AB' } })).status).to.equal(501);
  });

  it('has to be one of the standard', async () => {
    const piece = '    deviations: {';
    const text = soundSet['mapping.yaml'].replace(piece, `    fixed: [achternam]\n${piece}`);
    const [mistake] = await mistakesIn({ ...soundSet, 'mapping.yaml': text });
    expect(mistake?.problem).to.equal("unknown field 'achternam': did you mean 'achternaam'?");
  });
});

describe('a new record that a mapping has no place for', () => {
  const copy = mappingCopy({
    'mapping.yaml': [[before, `    accepts: klant.accepts.jsonata\n${before}`]],
    'klant.accepts.jsonata': 'achternaam = "Weg" ? "Alleen klanten met een naam." : achternaam != "Nee"',
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });

  it('is 501 with the reason that the mapping gives, and nothing is sent', async () => {
    await gateway.crm.forget();
    const answer = await gateway.post({ ...leastKlant, achternaam: 'Weg' });
    expect([answer.status, answer.body.detail]).to.deep.equal([501, 'Alleen klanten met een naam.']);
    const without = await gateway.post({ ...leastKlant, achternaam: 'Nee' });
    expect([without.status, without.body.detail]).to.deep.equal([
      501,
      'Het achterliggende systeem heeft hier geen plaats (meer) voor.',
    ]);
    const counts = Object.keys(await gateway.crm.counts());
    expect(counts.filter((call) => !call.startsWith('GET'))).to.deep.equal([]);
  });

  it('is made when it has', async () => {
    expect((await gateway.post({ ...leastKlant, achternaam: 'Ja' })).status).to.equal(201);
  });
});

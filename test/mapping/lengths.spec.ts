import { expect } from 'chai';
import { complaints, leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { mistakesIn, soundSet } from './set.ts';

describe('a text that is too long for the CRM', () => {
  const copy = mappingCopy({
    'mapping.yaml': [
      [
        '    deviations:\n      # Of 21 characters',
        '    lengths: { achternaam: 10, subjectIdentificatie.geslachtsnaam: 5 }\n    deviations:\n      # Of 21 characters',
      ],
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
  const person = { ...leastKlant, subjectType: 'natuurlijk_persoon' };

  it('is a 400 for a create, and nothing is sent', async () => {
    await gateway.crm.forget();
    const answer = await gateway.post({
      ...person,
      klantnummer: '98765432',
      achternaam: 'a'.repeat(11),
      subjectIdentificatie: { geslachtsnaam: 'a'.repeat(6) },
    });
    expect(answer.status).to.equal(400);
    expect(complaints(answer)).to.deep.equal([
      'achternaam max_length',
      'subjectIdentificatie.geslachtsnaam max_length',
    ]);
    expect(answer.text).to.include('niet meer dan 10 karakters');
    const counts = Object.keys(await gateway.crm.counts());
    expect(counts.filter((call) => !call.startsWith('GET'))).to.deep.equal([]);
  });

  it('is a 400 for an update, and nothing is sent', async () => {
    const created = await gateway.post({ ...person, achternaam: 'a'.repeat(10) });
    expect(created.status).to.equal(201);
    await gateway.crm.forget();
    for (const answer of [
      await gateway.patch(urlIn(created), { achternaam: 'b'.repeat(11) }),
      await gateway.put(urlIn(created), { ...person, achternaam: 'b'.repeat(11) }),
    ]) {
      expect(answer.status).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['achternaam max_length']);
    }
    const counts = Object.keys(await gateway.crm.counts());
    expect(counts.filter((call) => !call.startsWith('GET'))).to.deep.equal([]);
  });

  it('may stay what it is when it was stored already', async () => {
    const number = await gateway.crm.add({ SRT: 'P', ANAAM: 'a'.repeat(20) });
    const changed = await gateway.patch(klantPath(number), { functie: 'wethouder' });
    expect(changed.status).to.equal(200);
    expect(changed.body).to.include({ achternaam: 'a'.repeat(20), functie: 'wethouder' });
    const shorter = await gateway.patch(klantPath(number), { achternaam: 'a'.repeat(19) });
    expect(complaints(shorter)).to.deep.equal(['achternaam max_length']);
  });

  it('counts an emoji as two characters', async () => {
    expect((await gateway.post({ ...person, achternaam: '😀'.repeat(5) })).status).to.equal(201);
    expect(complaints(await gateway.post({ ...person, achternaam: '😀'.repeat(6) }))).to.deep.equal([
      'achternaam max_length',
    ]);
  });
});

describe('check, of lengths', () => {
  it('finds a field that there is not', async () => {
    const yaml = soundSet['mapping.yaml'].replace(
      '    deviations:',
      '    lengths: { achternam: 10 }\n    deviations:',
    );
    const [mistake, ...others] = await mistakesIn({ ...soundSet, 'mapping.yaml': yaml });
    expect(others).to.deep.equal([]);
    expect(mistake?.path).to.equal('resources.klant.lengths.achternam');
    expect(mistake?.problem).to.include("did you mean 'achternaam'?");
  });
});

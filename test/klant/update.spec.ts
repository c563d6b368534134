import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import {
  adres,
  completeKlant,
  expectRefused,
  identifications,
  nextKlantnummer,
  subjectTypes,
} from './samples.ts';

/** A new value for each of the plain fields of section 2.1. */
const newValues = {
  bronorganisatie: '423182687',
  bedrijfsnaam: 'De Tulp',
  functie: 'bloemist',
  websiteUrl: 'http://tulp.example',
  voornaam: 'Bob',
  voorvoegselAchternaam: "in 't",
  achternaam: 'Veld',
  telefoonnummer: '14070',
  emailadres: 'bob@tulp.example',
  subject: '',
} satisfies JsonObject;

/** The fields that take a blank: all but bronorganisatie and websiteUrl. */
const clearable = [
  'bedrijfsnaam',
  'functie',
  'voornaam',
  'voorvoegselAchternaam',
  'achternaam',
  'telefoonnummer',
  'emailadres',
  'subject',
];

describe('klant_update and klant_partial_update: contract section 2.0', () => {
  const gateway = runningGateway();
  const subject = () => `${gateway.crm.url}/gba/personen/3`;

  for (const subjectType of subjectTypes) {
    it(`PUT of the required fields of a ${subjectType} resets none of the others`, async () => {
      const sent = completeKlant(subjectType, subject());
      const url = urlIn(await gateway.post(sent));
      const required = { bronorganisatie: '123456782', websiteUrl: 'http://other.example' };

      const answer = await gateway.put(url, required);

      expect(answer.status, answer.text).to.equal(200);
      expect(answer.text).to.equal(JSON.stringify({ url, ...sent, ...required }));
      expect((await gateway.get(url)).text).to.equal(answer.text);
    });

    it(`PATCH of nothing changes nothing of a ${subjectType}`, async () => {
      const created = await gateway.post(completeKlant(subjectType, subject()));
      const answer = await gateway.patch(urlIn(created), {});
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.text).to.equal(created.text);
    });

    it(`PUT with other values replaces all of a ${subjectType}`, async () => {
      const url = urlIn(await gateway.post({ ...leastKlant, subjectType }));
      const sent = completeKlant(subjectType, subject());
      const answer = await gateway.put(url, sent);
      expect(answer.text).to.equal(JSON.stringify({ url, ...sent }));
    });
  }

  it('answers an update of an unidentified klant normally', async () => {
    const created = await gateway.post(leastKlant);
    for (const answer of [
      await gateway.put(urlIn(created), { ...leastKlant, functie: 'gids' }),
      await gateway.patch(urlIn(created), { functie: 'gids' }),
    ]) {
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body).to.deep.equal({ ...created.body, functie: 'gids' });
    }
  });

  for (const [name, value] of Object.entries(newValues)) {
    it(`PATCH of ${name} changes that and nothing else`, async () => {
      const sent = completeKlant('vestiging', subject());
      const url = urlIn(await gateway.post(sent));
      const answer = await gateway.patch(url, { [name]: value });
      expect(answer.text).to.equal(JSON.stringify({ url, ...sent, [name]: value }));
    });
  }

  it('PATCH of klantnummer changes that and nothing else', async () => {
    const created = await gateway.post(completeKlant('natuurlijk_persoon', ''));
    const klantnummer = nextKlantnummer();
    const answer = await gateway.patch(urlIn(created), { klantnummer });
    expect(answer.body).to.deep.equal({ ...created.body, klantnummer });
  });

  it('a blank clears a text', async () => {
    const created = await gateway.post(completeKlant('natuurlijk_persoon', subject()));
    const blanks = Object.fromEntries(clearable.map((name) => [name, '']));
    const answer = await gateway.patch(urlIn(created), blanks);
    expect(answer.body).to.deep.equal({ ...created.body, ...blanks });
  });

  for (const [how, given] of [
    ['left out', {}],
    ['blank', { klantnummer: '' }],
  ] as const) {
    it(`PUT with klantnummer ${how} keeps the stored one (kla-001)`, async () => {
      const created = await gateway.post(completeKlant('vestiging', ''));
      const answer = await gateway.put(urlIn(created), { ...leastKlant, ...given });
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body.klantnummer).to.equal(created.body.klantnummer);
    });
  }

  it('PUT requires the two required fields', async () => {
    const url = urlIn(await gateway.post(leastKlant));
    expectRefused(await gateway.put(url, { adres }), 'bronorganisatie required', 'websiteUrl required');
  });

  it('a refused update changes nothing', async () => {
    const created = await gateway.post(completeKlant('natuurlijk_persoon', ''));
    const url = urlIn(created);
    await gateway.patch(url, { voornaam: 'Bob', emailadres: 'no e-mail' });
    await gateway.patch(url, { voornaam: 'Bob', subjectIdentificatie: { inpBsn: '1' } });
    expect((await gateway.get(url)).text).to.equal(created.text);
  });

  it('a change of one klant leaves its neighbours alone', async () => {
    const [one, other] = [
      await gateway.post(completeKlant('vestiging', '')),
      await gateway.post(completeKlant('vestiging', '')),
    ];
    await gateway.patch(urlIn(one), { subjectIdentificatie: { vestigingsNummer: '9' } });
    expect((await gateway.get(urlIn(other))).body.subjectIdentificatie).to.deep.equal(
      identifications.vestiging,
    );
  });
});

import { expect } from 'chai';
import type { Json } from '../../src/json.ts';
import { leastKlant, runningGateway } from '../kit/gateway.ts';
import { atEach, bodyOf, identificationLimits, plainLimits } from './limits.ts';
import { expectRefused, subjectTypes } from './samples.ts';

/** What no text field takes, and the code that each of them earns (contract section 3.1, ruling R13). */
const wrongTexts: readonly (readonly [string, Json, string])[] = [
  ['null', null, 'null'],
  ['true', true, 'invalid'],
  ['false', false, 'invalid'],
  ['an object', { a: 1 }, 'invalid'],
  ['an empty object', {}, 'invalid'],
  ['a list', ['a'], 'invalid'],
  ['a NUL', '\0', 'null_characters_not_allowed'],
];

describe('text fields of a klant: contract sections 2.1 and 3.1', () => {
  const gateway = runningGateway();

  it('take as many characters as the standard says', async () => {
    const sent = bodyOf(atEach(plainLimits, (limit) => 'x'.repeat(limit)));
    const answer = await gateway.post({ ...leastKlant, ...sent });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.deep.include({ ...sent, adres: { ...(sent.adres as object), huisnummer: null } });
  });

  it('refuse one character more, all of them at once', async () => {
    const sent = bodyOf(atEach(plainLimits, (limit) => 'x'.repeat(limit + 1)));
    const wanted = Object.keys(plainLimits).map((path) => `${path} max_length`);
    expectRefused(await gateway.post({ ...leastKlant, ...sent }), ...wanted);
  });

  it('count a character outside the Basic Multilingual Plane as one', async () => {
    const answer = await gateway.post({ ...leastKlant, telefoonnummer: '🌷'.repeat(20) });
    expect(answer.status, answer.text).to.equal(201);
    expectRefused(
      await gateway.post({ ...leastKlant, telefoonnummer: '🌷'.repeat(21) }),
      'telefoonnummer max_length',
    );
  });

  for (const [what, value, code] of wrongTexts) {
    it(`refuse ${what} as ${code}`, async () => {
      const sent = bodyOf(atEach(plainLimits, () => value));
      const wanted = Object.keys(plainLimits).map((path) => `${path} ${code}`);
      expectRefused(await gateway.post({ ...leastKlant, ...sent }), ...wanted);
    });
  }

  it('take numbers as text (ruling R13)', async () => {
    const answer = await gateway.post({
      bronorganisatie: 950428139,
      websiteUrl: leastKlant.websiteUrl,
      telefoonnummer: 14070,
      functie: 1.5,
      adres: { landcode: 6030 },
    });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ bronorganisatie: '950428139', telefoonnummer: '14070', functie: '1.5' });
    expect(answer.body.adres).to.include({ landcode: '6030' });
  });

  it('lose the white space around them, which does not count for the length', async () => {
    const values = atEach(plainLimits, (limit) => 'x'.repeat(limit));
    const padded = atEach(plainLimits, (limit) => ` \t${'x'.repeat(limit)}\n `);
    await gateway.crm.forget();
    const first = await gateway.post({ ...leastKlant, ...bodyOf({ ...padded, klantnummer: ' trimmed ' }) });
    expect(first.status, first.text).to.equal(201);
    expect(first.body).to.deep.include({
      voorvoegselAchternaam: values.voorvoegselAchternaam,
      achternaam: values.achternaam,
      klantnummer: 'trimmed',
    });
    expect(first.body.adres).to.include({ huisletter: 'x', postcode: 'xxxxxxx' });
  });

  it('keep the white space within them', async () => {
    const answer = await gateway.post({ ...leastKlant, bedrijfsnaam: 'De  Tulp\t&\nCo' });
    expect(answer.body.bedrijfsnaam).to.equal('De  Tulp\t&\nCo');
  });

  it('are blank when they hold white space only', async () => {
    const answer = await gateway.post({ ...leastKlant, achternaam: ' \t ' });
    expect(answer.body.achternaam).to.equal('');
    expectRefused(await gateway.post({ ...leastKlant, websiteUrl: '   ' }), 'websiteUrl blank');
  });

  for (const subjectType of subjectTypes) {
    const limits = identificationLimits[subjectType];
    const named = (code: string) => Object.keys(limits).map((path) => `subjectIdentificatie.${path} ${code}`);

    it(`of a ${subjectType} take as many characters as the standard says`, async () => {
      const subjectIdentificatie = bodyOf(atEach(limits, (limit) => 'x'.repeat(limit)));
      const answer = await gateway.post({ ...leastKlant, subjectType, subjectIdentificatie });
      expect(answer.status, answer.text).to.equal(201);
      for (const [name, value] of Object.entries(subjectIdentificatie))
        if (typeof value === 'string') expect(answer.body.subjectIdentificatie).to.include({ [name]: value });
        else expect(answer.body.subjectIdentificatie).to.have.property(name).that.includes(value);
    });

    it(`of a ${subjectType} refuse one character more, all of them at once`, async () => {
      const subjectIdentificatie = bodyOf(atEach(limits, (limit) => 'x'.repeat(limit + 1)));
      const answer = await gateway.post({ ...leastKlant, subjectType, subjectIdentificatie });
      expectRefused(answer, ...named('max_length'));
    });

    for (const [what, value, code] of wrongTexts) {
      it(`of a ${subjectType} refuse ${what} as ${code}`, async () => {
        const subjectIdentificatie = bodyOf(atEach(limits, () => value));
        const answer = await gateway.post({ ...leastKlant, subjectType, subjectIdentificatie });
        expectRefused(answer, ...named(code));
      });
    }
  }
});

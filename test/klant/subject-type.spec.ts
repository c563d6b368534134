import { expect } from 'chai';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { completeKlant, expectRefused, identifications, subjectTypes } from './samples.ts';

describe('klant.subjectType: contract sections 2.1 and 3.5, ruling R4', () => {
  const gateway = runningGateway();

  for (const subjectType of subjectTypes) {
    for (const other of [...subjectTypes.filter((type) => type !== subjectType), null, '']) {
      it(`of a ${subjectType} cannot become ${JSON.stringify(other)}`, async () => {
        const created = await gateway.post(completeKlant(subjectType, ''));
        const url = urlIn(created);

        const answers = [
          await gateway.patch(url, { subjectType: other }),
          await gateway.put(url, { ...leastKlant, subjectType: other }),
        ];

        for (const answer of answers) expectRefused(answer, 'subjectType wijzigen-niet-toegelaten');
        expect((await gateway.get(url)).text).to.equal(created.text);
      });
    }

    it(`may be sent again for a ${subjectType}`, async () => {
      const created = await gateway.post(completeKlant(subjectType, ''));
      const answer = await gateway.patch(urlIn(created), { subjectType });
      expect(answer.text).to.equal(created.text);
    });

    it(`makes an unidentified klant a ${subjectType}, once and for all`, async () => {
      const created = await gateway.post(leastKlant);
      const url = urlIn(created);

      const identified = await gateway.patch(url, { subjectType });
      const back = await gateway.patch(url, { subjectType: null });

      expect(identified.status, identified.text).to.equal(200);
      expect(identified.body).to.deep.equal({ ...created.body, subjectType, subjectIdentificatie: null });
      expectRefused(back, 'subjectType wijzigen-niet-toegelaten');
    });

    it(`makes an unidentified klant a ${subjectType} together with its identification`, async () => {
      const url = urlIn(await gateway.post(leastKlant));
      const subjectIdentificatie = identifications[subjectType];
      const answer = await gateway.put(url, { ...leastKlant, subjectType, subjectIdentificatie });
      expect(answer.body.subjectIdentificatie).to.deep.equal(subjectIdentificatie);
    });

    it(`left out of an update is the stored ${subjectType}: nested data is checked by it`, async () => {
      const url = urlIn(await gateway.post({ ...leastKlant, subjectType }));
      const answer = await gateway.patch(url, { subjectIdentificatie: { subVerblijfBuitenland: 'x' } });
      expectRefused(answer, 'subjectIdentificatie.subVerblijfBuitenland.nonFieldErrors invalid');
    });
  }

  it('of an unidentified klant may stay null', async () => {
    const created = await gateway.post(leastKlant);
    const answer = await gateway.patch(urlIn(created), { subjectType: null });
    expect(answer.text).to.equal(created.text);
  });

  it('must be one of the words, and an unknown word is not also a change', async () => {
    const url = urlIn(await gateway.post(completeKlant('vestiging', '')));
    expectRefused(await gateway.patch(url, { subjectType: 'dier' }), 'subjectType invalid_choice');
    expectRefused(await gateway.post({ ...leastKlant, subjectType: 'dier' }), 'subjectType invalid_choice');
  });

  for (const [how, given] of [
    ['null', { subjectType: null }],
    ['blank', { subjectType: '' }],
    ['left out', {}],
  ] as const) {
    it(`${how}: subjectIdentificatie is ignored, however wrong`, async () => {
      for (const subjectIdentificatie of [{ inpBsn: 'no bsn', verblijfsadres: {} }, 'x', [1], 7]) {
        const answer = await gateway.post({ ...leastKlant, ...given, subjectIdentificatie });
        expect(answer.status, answer.text).to.equal(201);
        expect(answer.body).not.to.have.property('subjectIdentificatie');
      }
    });
  }

  it('null: subjectIdentificatie is ignored on an update as well', async () => {
    const created = await gateway.post(leastKlant);
    const answer = await gateway.patch(urlIn(created), {
      subjectIdentificatie: identifications.natuurlijk_persoon,
    });
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body).to.deep.equal(created.body);
  });
});

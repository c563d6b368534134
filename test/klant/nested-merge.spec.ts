import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import {
  adres,
  completeKlant,
  expectRefused,
  identifications,
  residence,
  type SubjectType,
  subVerblijfBuitenland,
  unsetAdres,
  unsetIdentifications,
  verblijfsadres,
} from './samples.ts';

const unsetResidence = {
  wplWoonplaatsNaam: '',
  aoaPostcode: '',
  aoaHuisnummer: null,
  aoaHuisletter: '',
  aoaHuisnummertoevoeging: '',
  inpLocatiebeschrijving: '',
};

const person = identifications.natuurlijk_persoon;

describe('nested objects are merged: contract section 2.0', () => {
  const gateway = runningGateway();

  /** The two kinds of update, each with just enough beside the nested object. */
  const updates = [
    ['PUT', (url: string, part: JsonObject) => gateway.put(url, { ...leastKlant, ...part })],
    ['PATCH', (url: string, part: JsonObject) => gateway.patch(url, part)],
  ] as const;

  async function created(subjectType: SubjectType): Promise<string> {
    return urlIn(await gateway.post(completeKlant(subjectType, '')));
  }

  async function createdWithout(subjectType: SubjectType): Promise<string> {
    return urlIn(await gateway.post({ ...leastKlant, subjectType }));
  }

  for (const [method, update] of updates) {
    it(`${method}: keys of adres overwrite, omitted ones stay`, async () => {
      const answer = await update(await created('vestiging'), {
        adres: { huisnummer: 5, huisletter: '' },
      });
      expect(answer.body.adres).to.deep.equal({ ...adres, huisnummer: 5, huisletter: '' });
      expect(Object.keys(answer.body.adres ?? {})).to.deep.equal(Object.keys(adres));
    });

    it(`${method}: huisnummer null clears the number only`, async () => {
      const answer = await update(await created('vestiging'), { adres: { huisnummer: null } });
      expect(answer.body.adres).to.deep.equal({ ...adres, huisnummer: null });
    });

    it(`${method}: adres is made where there was none`, async () => {
      const answer = await update(await createdWithout('vestiging'), { adres: { postcode: '1000AA' } });
      expect(answer.body.adres).to.deep.equal({ ...unsetAdres, postcode: '1000AA' });
    });

    it(`${method}: keys of a person overwrite, omitted ones stay`, async () => {
      const change = { voorletters: 'C.', geslachtsaanduiding: '', inpANummer: '' };
      const answer = await update(await created('natuurlijk_persoon'), { subjectIdentificatie: change });
      expect(answer.body.subjectIdentificatie).to.deep.equal({ ...person, ...change });
    });

    it(`${method}: keys of an organisation overwrite, omitted ones stay`, async () => {
      const change = { innRechtsvorm: 'stichting', bezoekadres: '' };
      const answer = await update(await created('niet_natuurlijk_persoon'), { subjectIdentificatie: change });
      const before = identifications.niet_natuurlijk_persoon;
      expect(answer.body.subjectIdentificatie).to.deep.equal({ ...before, ...change });
    });

    it(`${method}: a list is replaced, not merged`, async () => {
      const change = { handelsnaam: ['Alleen deze'] };
      const answer = await update(await created('vestiging'), { subjectIdentificatie: change });
      expect(answer.body.subjectIdentificatie).to.deep.equal({ ...identifications.vestiging, ...change });
    });

    it(`${method}: the objects within an identification are merged as well`, async () => {
      const abroad = { lndLandcode: '6039', lndLandnaam: 'UK', subAdresBuitenland3: '' };
      const answer = await update(await created('natuurlijk_persoon'), {
        subjectIdentificatie: {
          verblijfsadres: { ...residence, aoaHuisnummer: 9 },
          subVerblijfBuitenland: abroad,
        },
      });
      expect(answer.body.subjectIdentificatie).to.deep.equal({
        ...person,
        verblijfsadres: { ...verblijfsadres, ...residence, aoaHuisnummer: 9 },
        subVerblijfBuitenland: { ...subVerblijfBuitenland, ...abroad },
      });
    });

    it(`${method}: an identification is made where there was none, with what is within it`, async () => {
      const answer = await update(await createdWithout('natuurlijk_persoon'), {
        subjectIdentificatie: { verblijfsadres: residence },
      });
      const { subjectIdentificatie } = answer.body;
      expect(subjectIdentificatie).to.deep.equal({
        ...unsetIdentifications.natuurlijk_persoon,
        verblijfsadres: { ...unsetResidence, ...residence },
      });
    });

    it(`${method}: the object within is made where there was none`, async () => {
      const url = await createdWithout('vestiging');
      await gateway.patch(url, { subjectIdentificatie: { handelsnaam: ['A', 'B'] } });
      const abroad = { lndLandcode: '6039', lndLandnaam: 'UK' };

      const answer = await update(url, { subjectIdentificatie: { subVerblijfBuitenland: abroad } });

      expect(answer.body.subjectIdentificatie).to.deep.equal({
        ...unsetIdentifications.vestiging,
        handelsnaam: ['A', 'B'],
        subVerblijfBuitenland: {
          ...abroad,
          subAdresBuitenland1: '',
          subAdresBuitenland2: '',
          subAdresBuitenland3: '',
        },
      });
    });

    for (const nothing of [{}, null]) {
      const text = JSON.stringify(nothing);

      it(`${method}: ${text} clears neither adres nor subjectIdentificatie`, async () => {
        const url = await created('niet_natuurlijk_persoon');
        const answer = await update(url, { adres: nothing, subjectIdentificatie: nothing });
        expect(answer.status, answer.text).to.equal(200);
        expect(answer.body.adres).to.deep.equal(adres);
        expect(answer.body.subjectIdentificatie).to.deep.equal(identifications.niet_natuurlijk_persoon);
      });
    }

    it(`${method}: null clears no object within an identification`, async () => {
      const answer = await update(await created('natuurlijk_persoon'), {
        subjectIdentificatie: { verblijfsadres: null, subVerblijfBuitenland: null, voornamen: 'C' },
      });
      expect(answer.body.subjectIdentificatie).to.deep.equal({ ...person, voornamen: 'C' });
    });

    it(`${method}: what is required within an identification stays required, stored or not`, async () => {
      const answer = await update(await created('natuurlijk_persoon'), {
        subjectIdentificatie: {
          verblijfsadres: { aoaHuisnummer: 1 },
          subVerblijfBuitenland: { subAdresBuitenland1: 'x' },
        },
      });
      expectRefused(
        answer,
        'subjectIdentificatie.verblijfsadres.aoaIdentificatie required',
        'subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam required',
        'subjectIdentificatie.subVerblijfBuitenland.lndLandcode required',
        'subjectIdentificatie.subVerblijfBuitenland.lndLandnaam required',
      );
    });

    it(`${method}: an empty object within an identification lacks what is required`, async () => {
      const answer = await update(await created('vestiging'), {
        subjectIdentificatie: { verblijfsadres: {} },
      });
      expectRefused(
        answer,
        'subjectIdentificatie.verblijfsadres.aoaIdentificatie required',
        'subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam required',
      );
    });

    it(`${method}: keys of another subjectType's shape are ignored`, async () => {
      const url = await created('vestiging');
      const answer = await update(url, {
        subjectIdentificatie: { inpBsn: 'no bsn', innRechtsvorm: 'none', vestigingsNummer: '2' },
      });
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body.subjectIdentificatie).to.deep.equal({
        ...identifications.vestiging,
        vestigingsNummer: '2',
      });
    });
  }
});

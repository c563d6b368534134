import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/json.ts';
import { isInformatieobject, isZaak } from '../../src/rules/shapes.ts';

const zaak: JsonObject = {
  url: 'https://zaken.example/zaken/1',
  bronorganisatie: '123456782',
  zaaktype: 'https://catalogi.example/zaaktypen/1',
  verantwoordelijkeOrganisatie: '123456782',
  startdatum: '2025-01-01',
  einddatum: null,
};
const informatieobject: JsonObject = {
  url: 'https://documenten.example/enkelvoudiginformatieobjecten/1',
  bronorganisatie: '123456782',
  creatiedatum: '2025-01-01',
  titel: '',
  auteur: 'a',
  taal: 'nld',
  informatieobjecttype: 'https://catalogi.example/informatieobjecttypen/1',
  versie: 2,
};

for (const [what, isIt, whole, required] of [
  ['A zaak', isZaak, zaak, ['bronorganisatie', 'zaaktype', 'verantwoordelijkeOrganisatie', 'startdatum']],
  [
    'An informatieobject',
    isInformatieobject,
    informatieobject,
    ['bronorganisatie', 'creatiedatum', 'titel', 'auteur', 'taal', 'informatieobjecttype'],
  ],
] as const) {
  describe(`${what} (contract section 3.3)`, () => {
    it('is one with everything that a client must supply, and whatever else', () => {
      expect(isIt(whole)).to.equal(true);
      expect(isIt(Object.fromEntries(required.map((name) => [name, 'x'])))).to.equal(true);
    });

    for (const name of required) {
      it(`is none without ${name}, or with one that is no text`, () => {
        const rest = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));
        expect(isIt(rest)).to.equal(false);
        const others: readonly Json[] = [null, 1, true, [], {}];
        for (const wrong of others) {
          expect(isIt({ ...whole, [name]: wrong }), JSON.stringify(wrong)).to.equal(false);
        }
      });
    }

    it('is none when it is no object', () => {
      const others: readonly (Json | undefined)[] = [undefined, null, 'x', 1, [], [whole]];
      for (const other of others) expect(isIt(other)).to.equal(false);
    });
  });
}

describe('A zaak and an informatieobject', () => {
  it('are not each other', () => {
    expect(isZaak(informatieobject)).to.equal(false);
    expect(isInformatieobject(zaak)).to.equal(false);
  });
});

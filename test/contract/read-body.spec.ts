import { expect } from 'chai';
import { readFields, readVariant } from '../../src/contract/read-body.ts';
import type { Json } from '../../src/json.ts';
import { klant } from '../../src/resources/klant.ts';
import { leastKlant } from '../kit/gateway.ts';
import { adres, identifications } from '../klant/samples.ts';

const partly = (body: Json) => readFields(klant, body, { partial: true });
const asVestiging = (subjectIdentificatie: Json) =>
  readVariant(klant, { subjectIdentificatie }, { subjectType: 'vestiging' });

describe('reading a body', () => {
  it('yields what was supplied, and nothing else', () => {
    expect(partly({ adres, functie: ' gids ' })).to.deep.equal({
      change: { adres, functie: 'gids' },
      extra: {},
      complaints: [],
    });
  });

  for (const nothing of [null, {}, { onbekend: 1 }]) {
    const text = JSON.stringify(nothing);

    it(`takes an adres of ${text} for not supplied`, () => {
      expect(partly({ adres: nothing })).to.deep.equal({ change: {}, extra: {}, complaints: [] });
    });

    it(`takes a subjectIdentificatie of ${text} for not supplied`, () => {
      expect(asVestiging(nothing)).to.deep.equal({ change: {}, extra: {}, complaints: [] });
    });
  }

  for (const nothing of [null, undefined]) {
    it(`takes an object within of ${String(nothing)} for not supplied`, () => {
      const given = nothing === undefined ? {} : { verblijfsadres: nothing };
      expect(asVestiging({ vestigingsNummer: '1', ...given }).change).to.deep.equal({
        subjectIdentificatie: { vestigingsNummer: '1' },
      });
    });
  }

  it('keeps the difference between null and not supplied for a number', () => {
    expect(partly({ adres: { huisnummer: null } }).change).to.deep.equal({ adres: { huisnummer: null } });
  });

  it('carries what the standard does not know along for the mapping (ruling R13)', () => {
    const { extra } = partly({
      ...leastKlant,
      website_url: 'x',
      url: 'x',
      subject_identificatie: {},
      klant: 'a',
      klantWaarde: [1],
    });
    expect(extra).to.deep.equal({ klant: 'a', klantWaarde: [1] });
  });

  it('leaves the identification to the second phase', () => {
    const body = { ...leastKlant, subjectType: 'vestiging', subjectIdentificatie: 'wrong' };
    const { change, complaints } = readFields(klant, body, { partial: false });
    expect(complaints).to.deep.equal([]);
    expect(change).to.deep.equal({ ...leastKlant, subjectType: 'vestiging' });
  });

  it('reads no identification of a klant without subjectType', () => {
    const body = { subjectIdentificatie: identifications.vestiging };
    for (const subjectType of [null, ''])
      expect(readVariant(klant, body, { subjectType }).change).to.deep.equal({});
  });
});

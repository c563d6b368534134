import { expect } from 'chai';
import fc from 'fast-check';
import { merge } from '../../src/contract/merge.ts';
import { readFields, readVariant } from '../../src/contract/read-body.ts';
import { type Policies, render, Unrenderable } from '../../src/contract/render.ts';
import { fieldsOf } from '../../src/contract/resource.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { klant } from '../../src/resources/klant.ts';
import { adres, residence, subjectTypes, unsetIdentifications, verblijfsadres } from '../klant/samples.ts';

/** What a record needs to be shown at all. */
const least = { bronorganisatie: '123456782', klantnummer: 'K1', websiteUrl: 'https://a.example' };

/** What a mapping may make of a record: right values, empty ones, and whatever a CRM has lying around. */
const dirty: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>('', null, '  ', 'x', ' 7 ', 0, 'm', 'stichting', '123456782'),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json),
);

function dirtyObject(names: readonly string[], parts: Record<string, fc.Arbitrary<Json>> = {}) {
  const values = Object.fromEntries(names.map((name) => [name, dirty]));
  return fc.record<Record<string, Json>>({ ...values, ...parts }, { requiredKeys: [] });
}

const dirtyIdentification = fc.constantFrom(...subjectTypes).chain((type) => {
  const names = Object.keys(unsetIdentifications[type]);
  return dirtyObject(names, { verblijfsadres: fc.oneof(dirty, dirtyObject(Object.keys(verblijfsadres))) });
});

const mapped: fc.Arbitrary<JsonObject> = dirtyObject(
  [
    'bedrijfsnaam',
    'functie',
    'voornaam',
    'achternaam',
    'telefoonnummer',
    'emailadres',
    'subject',
    'onbekend',
  ],
  {
    adres: fc.oneof(dirty, dirtyObject(Object.keys(adres))),
    subjectType: fc.oneof(fc.constantFrom<Json>(...subjectTypes), dirty),
    subjectIdentificatie: fc.oneof(dirty, dirtyIdentification),
  },
).map((values) => ({ ...values, ...least }));

const shown = (record: JsonObject, policies: Policies = {}) =>
  render(klant, { ...least, ...record }, policies);

describe('rendering a record of a CRM', () => {
  it('rendering what was rendered changes nothing, and is no deviation', () => {
    fc.assert(
      fc.property(mapped, (record) => {
        const { representation } = render(klant, record, {});
        expect(render(klant, representation, {})).to.deep.equal({ representation, deviations: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('what was rendered could have come in as a body, and changes nothing then', () => {
    fc.assert(
      fc.property(mapped, (record) => {
        const { representation } = render(klant, record, {});
        const fields = readFields(klant, representation, { partial: false, stored: representation });
        const variant = readVariant(klant, representation, representation);
        expect([...fields.complaints, ...variant.complaints]).to.deep.equal([]);
        const whole = { url: 'https://a.example/1', ...representation };
        expect(merge(klant, whole, { ...fields.change, ...variant.change })).to.deep.equal(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('all keys are shown in their order, whatever the record holds', () => {
    fc.assert(
      fc.property(mapped, (record) => {
        const { representation } = render(klant, record, {});
        const names = Object.keys(fieldsOf(klant, representation)).filter((name) => name !== 'url');
        expect(Object.keys(representation)).to.deep.equal(names);
      }),
    );
  });

  for (const [text, nothing] of [
    ['""', ['']],
    ['null', [null]],
    ['no column', []],
    ['a column of blanks', ['   ']],
  ] as const) {
    const column = (name: string): JsonObject => Object.fromEntries(nothing.map((value) => [name, value]));

    it(`${text} is nothing: not set, and no deviation`, () => {
      const { representation, deviations } = shown({
        ...column('achternaam'),
        ...column('emailadres'),
        ...column('adres'),
        ...column('subjectType'),
      });
      expect(representation).to.include({ achternaam: '', emailadres: '', adres: null, subjectType: null });
      expect(deviations).to.deep.equal([]);
    });

    it(`${text} in a list of trade names is no trade name`, () => {
      const { representation } = shown({
        subjectType: 'vestiging',
        subjectIdentificatie: { vestigingsNummer: '1', ...column('handelsnaam') },
      });
      expect(representation.subjectIdentificatie).to.deep.include({ handelsnaam: [] });
    });

    it(`an object of which every part is ${text} is not shown`, () => {
      const { representation, deviations } = shown({
        subjectType: 'natuurlijk_persoon',
        adres: { ...column('straatnaam'), ...column('huisnummer') },
        subjectIdentificatie: { voorletters: 'Q.', verblijfsadres: column('aoaIdentificatie') },
      });
      expect(representation.adres).to.equal(null);
      expect(representation.subjectIdentificatie).to.include({ voorletters: 'Q.', verblijfsadres: null });
      expect(deviations).to.deep.equal([]);
    });

    for (const name of Object.keys(least)) {
      it(`${text} where ${name} should be cannot be shown`, () => {
        const others = Object.fromEntries(Object.entries(least).filter(([other]) => other !== name));
        expect(() => render(klant, { ...others, ...column(name) }, {}))
          .to.throw(Unrenderable)
          .that.includes({ field: name, code: 'required' });
      });
    }
  }

  it('house number zero is something', () => {
    expect(shown({ adres: { huisnummer: 0 } }).representation.adres).to.include({ huisnummer: 0 });
  });

  it('an object of which all was blanked is not shown either', () => {
    const { representation, deviations } = shown({ adres: { huisnummer: '12a' } });
    expect(representation.adres).to.equal(null);
    expect(deviations).to.deep.equal([{ field: 'adres.huisnummer', code: 'invalid', policy: 'blank' }]);
  });

  it('without a subjectType there is no identification, whatever the mapping made', () => {
    const { representation, deviations } = shown({ subjectIdentificatie: { inpBsn: 'x' } });
    expect(representation).not.to.have.property('subjectIdentificatie');
    expect(deviations).to.deep.equal([]);
  });

  it('an unknown subjectType is shown as none', () => {
    const { representation, deviations } = shown({ subjectType: 'dier', subjectIdentificatie: { a: 1 } });
    expect(representation.subjectType).to.equal(null);
    expect(deviations).to.deep.equal([{ field: 'subjectType', code: 'invalid_choice', policy: 'blank' }]);
  });

  for (const value of ['text', 7, [], null, undefined]) {
    it(`${String(value)} is no record`, () => {
      expect(() => render(klant, value, {})).to.throw(Unrenderable);
    });
  }

  it('an Unrenderable tells the field and the code, never the value', () => {
    const wrong = { ...least, websiteUrl: 'geheim' };
    expect(() => render(klant, wrong, {}))
      .to.throw(Unrenderable)
      .with.property('message')
      .not.includes('geheim');
  });

  describe('policies', () => {
    const withResidence = (part: JsonObject) => ({
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: { voorletters: 'Q.', verblijfsadres: part },
    });
    const place = 'subjectIdentificatie.verblijfsadres';

    it('blank never blanks what always has a value', () => {
      expect(() => shown({ websiteUrl: 'x' }, { websiteUrl: 'blank' })).to.throw(Unrenderable);
    });

    it('pass shows what always has a value as it is, or as nothing', () => {
      const policies = { websiteUrl: 'pass' } as const;
      expect(shown({ websiteUrl: 'x' }, policies).representation.websiteUrl).to.equal('x');
      expect(shown({ websiteUrl: null }, policies)).to.deep.include({
        deviations: [{ field: 'websiteUrl', code: 'required', policy: 'pass' }],
      });
    });

    for (const policies of [{}, { [`${place}.aoaIdentificatie`]: 'blank' }] as const)
      it(`an object without what it requires is not shown: ${JSON.stringify(policies)}`, () => {
        const { representation, deviations } = shown(
          withResidence({ gorOpenbareRuimteNaam: 'Dam' }),
          policies,
        );
        expect(representation.subjectIdentificatie).to.include({ voorletters: 'Q.', verblijfsadres: null });
        expect(deviations).to.deep.equal([
          { field: `${place}.aoaIdentificatie`, code: 'required', policy: 'blank' },
        ]);
      });

    for (const field of [place, `${place}.aoaIdentificatie`])
      it(`an object without what it requires refuses the record where ${field} says so`, () => {
        expect(() => shown(withResidence({ gorOpenbareRuimteNaam: 'Dam' }), { [field]: 'refuse' }))
          .to.throw(Unrenderable)
          .that.includes({ field: `${place}.aoaIdentificatie` });
      });

    it('pass of the part shows the object complete', () => {
      const policies = { [`${place}.aoaIdentificatie`]: 'pass' } as const;
      const { representation } = shown(withResidence({ gorOpenbareRuimteNaam: 'Dam' }), policies);
      expect(representation.subjectIdentificatie).to.deep.include({
        verblijfsadres: {
          ...residence,
          aoaIdentificatie: '',
          wplWoonplaatsNaam: '',
          aoaPostcode: '',
          aoaHuisnummer: null,
          aoaHuisletter: '',
          aoaHuisnummertoevoeging: '',
          inpLocatiebeschrijving: '',
        },
      });
    });
  });
});

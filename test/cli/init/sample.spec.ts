import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/json.ts';
import { made } from './made.ts';

/** A list as a Dutch CRM might give it. */
const dutch = {
  gegevens: [
    {
      relatienr: '4711',
      bsn: '999990093',
      voornaam: 'Zoë',
      tussenvoegsel: 'van den',
      achternaam: 'Verzonnenstein',
      geslacht: 'V',
      geboortedatum: '17-03-1961',
      contact: { email: 'zoe@verzonnen.test', telefoons: [{ telefoonnummer: '0687654321' }] },
      adres: {
        straat: 'Geheimpad',
        huisnummer: '97',
        toevoeging: 'zw',
        postcode: '9876 ZX',
        plaats: 'Nergensoord',
      },
      opmerking: 'Belt graag in de ochtend',
    },
  ],
  paginering: { totaal: 812 },
};

/** One record of an English-speaking one. */
const english = {
  guid: 'b6c1a1de-9f0b-4a55-8a6a-0a1b2c3d4e5f',
  company_name: 'Fictional Holdings',
  kvk_number: '76543210',
  'first-name': 'Alice',
  LastName: 'Imaginary',
  phone: '+31 20 765 4321',
  dateOfBirth: '1977-05-06T00:00:00Z',
  address: { street: 'Nowhere Lane', house_number: 8, zip: '8765AB', city: 'Utopia' },
};

/** Every text in a value that says something about somebody. */
function textsIn(value: Json): string[] {
  if (typeof value === 'string') return value.length > 3 ? [value] : [];
  if (typeof value === 'number') return value > 999 ? [String(value)] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('klantbrug init --sample', function () {
  this.timeout(200_000);

  it('recognises the envelope, the id and the fields of a list in Dutch', () =>
    made({ sample: dutch }, async ({ code, mapping, fromCrm, checked }) => {
      expect(code).to.equal(0);
      expect(mapping).to.contain('records: gegevens\n').and.contain('total: paginering.totaal\n');
      // It is a klantnummer by its name, and there is no better id.
      expect(fromCrm).to.contain('"klantnummer": relatienr');
      for (const line of [
        '"voornaam": voornaam',
        '"voorvoegselAchternaam": tussenvoegsel',
        '"achternaam": achternaam',
        '"emailadres": contact.email',
        '"telefoonnummer": contact.telefoons[0].telefoonnummer',
        '"straatnaam": adres.straat',
        '"huisnummer": adres.huisnummer',
        '"huisnummertoevoeging": adres.toevoeging',
        '"postcode": adres.postcode',
        '"woonplaatsnaam": adres.plaats',
        '"inpBsn": bsn',
        '"geslachtsaanduiding": $decode("geslacht", geslacht)',
        '"geboortedatum": geboortedatum ? $replace(geboortedatum',
      ]) {
        expect(fromCrm).to.contain(line);
      }
      expect(fromCrm).to.contain('Not used: opmerking');
      const { codes, check, test } = await checked();
      expect(codes, check + test).to.deep.equal([0, 0]);
      expect(test).to.match(/^7 examples of The CRM ours: all hold\n$/);
    }));

  it('recognises one record in English, with a UUID and a date with a time', () =>
    made({ sample: english }, async ({ code, mapping, fromCrm, checked }) => {
      expect(code).to.equal(0);
      expect(mapping).to.contain('id: { field: guid, form: uuid }');
      for (const line of [
        '"klantnummer": $substring($string(guid), -8)',
        '"bedrijfsnaam": company_name',
        '"voornaam": `first-name`',
        '"achternaam": LastName',
        '"geboortedatum": dateOfBirth ? $substring(dateOfBirth, 0, 10)',
        '"huisnummer": address.house_number',
        '"annIdentificatie": kvk_number',
        '"subjectType": $boolean(kvk_number) ? "niet_natuurlijk_persoon" : "natuurlijk_persoon"',
      ]) {
        expect(fromCrm).to.contain(line);
      }
      const { codes, check, test } = await checked();
      expect(codes, check + test).to.deep.equal([0, 0]);
    }));

  it('takes a list without anything around it, and a record in a wrapper', async () => {
    await made({ sample: [{ id: 'A1', name: 'Somebody' }] }, async ({ mapping, checked }) => {
      expect(mapping).to.contain('there is no `records` here');
      expect((await checked()).codes).to.deep.equal([0, 0]);
    });
    await made({ sample: { data: { id: 7, surname: 'Somebody' } } }, async ({ mapping, checked }) => {
      expect(mapping).to.contain('record: data\n').and.contain('form: integer');
      expect((await checked()).codes).to.deep.equal([0, 0]);
    });
  });

  it('puts nothing of anybody in the files that it makes, nor on the screen', async () => {
    for (const sample of [dutch, english]) {
      await made({ sample }, ({ out, error, files }) => {
        const written = [...files.values(), out, error].join('\n');
        for (const text of textsIn(sample)) expect(written).not.to.contain(text);
        return Promise.resolve();
      });
    }
  });

  it('never takes the number of a person, nor an address of one, for an id', () =>
    made(
      { sample: { bsnNr: 999990093, emailId: 'a@verzonnen.test', surname: 'X' } },
      async ({ mapping, checked }) => {
        expect(mapping).to.contain('No field was recognised as an id').and.contain('field: id,');
        expect((await checked()).codes).to.deep.equal([0, 0]);
      },
    ));

  it('makes a set that loads and whose examples play, whatever the sample is', async () => {
    const keys = fc.oneof(
      fc.constantFrom(
        ...[
          'id',
          'Id',
          'nr',
          'name',
          'email',
          'bsn',
          'and',
          'null',
          '__proto__',
          'constructor',
          'first name',
          'a.b',
        ],
        ...[
          'klantnummer',
          'gender',
          'birthdate',
          'items',
          'total',
          'next',
          'data',
          '*/',
          '`',
          '"',
          '\\',
          'kvk',
        ],
        ...['huisnummer', 'website', 'lastName', 'vestnr', 'phone', 'zip', '@odata.count', 'gebruikerId'],
      ),
      fc.string({ maxLength: 8 }),
    );
    const values = fc.oneof(
      fc.constantFrom<Json>(
        '',
        null,
        0,
        -1,
        1.5,
        7,
        'M',
        2,
        '01-02-1980',
        '1980-02-01',
        'x@y.nl',
        'www.x.nl',
        '00042',
      ),
      fc.uuid(),
      fc.string({ maxLength: 20 }),
      fc.boolean(),
    );
    const samples = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'medium' },
        values,
        fc.dictionary(keys, tie('value'), { maxKeys: 8 }),
        fc.array(tie('value'), { maxLength: 2 }),
      ),
    })).value;
    await fc.assert(
      fc.asyncProperty(samples, (sample) =>
        made({ sample }, async ({ code, error, out, checked }) => {
          if (code === 1) return void expect(error).to.contain('there is no record in it');
          expect(code, error).to.equal(0);
          const { codes, check, test } = await checked();
          expect(codes, check + test).to.deep.equal([0, 0]);
          const count = out.match(/^made .*examples\/klant\./gm)?.length ?? 0;
          expect(test).to.contain(count === 1 ? '1 example ' : `${count} examples`);
        }),
      ),
      // A quote begins and ends a name in a dotted path.
      { numRuns: 25, examples: [[{ '"': [{ id: {} }] }], [[{ '"id': 1, 'a"b': 'x' }]]] },
    );
  });
});

import { expect } from 'chai';
import { type JsonObject, valueAt } from '../../src/json.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

/** Required within their object, also by a PATCH (contract section 2.0). */
const residence = { aoaIdentificatie: '0518200000437093', gorOpenbareRuimteNaam: 'Lange Voorhout' };
const abroad = { lndLandcode: '5010', lndLandnaam: 'België' };

const person = {
  ...leastKlant,
  klantnummer: 'L1',
  subjectType: 'natuurlijk_persoon',
  subjectIdentificatie: { verblijfsadres: residence, subVerblijfBuitenland: abroad },
} satisfies JsonObject;

/** Every field of a natuurlijk_persoon that a PATCH can change by itself, with what it becomes. */
const changes: readonly (readonly [field: string, value: string | number])[] = [
  ['bronorganisatie', '950428139'],
  ['klantnummer', 'L2'],
  ['bedrijfsnaam', 'Bloemist'],
  ['functie', 'inkoper'],
  ['websiteUrl', 'https://bloemist.example/'],
  ['voornaam', 'Anna'],
  ['voorvoegselAchternaam', 'von der'],
  ['achternaam', 'Dürr'],
  ['telefoonnummer', '070-5550123'],
  ['emailadres', 'anna@bloemist.example'],
  ['adres.straatnaam', 'Markt'],
  ['adres.huisnummer', 1],
  ['adres.huisletter', 'B'],
  ['adres.huisnummertoevoeging', 'bis'],
  ['adres.postcode', '2611GP'],
  ['adres.woonplaatsnaam', 'Delft'],
  ['adres.landcode', '6030'],
  ['subjectIdentificatie.inpBsn', '154760924'],
  ['subjectIdentificatie.anpIdentificatie', 'PAS-1'],
  ['subjectIdentificatie.inpANummer', '1234567890'],
  ['subjectIdentificatie.geslachtsnaam', 'Dürr'],
  ['subjectIdentificatie.voorvoegselGeslachtsnaam', 'von der'],
  ['subjectIdentificatie.voorletters', 'A.B.'],
  ['subjectIdentificatie.voornamen', 'Anna Bertha'],
  ['subjectIdentificatie.geslachtsaanduiding', 'v'],
  ['subjectIdentificatie.geboortedatum', '1980-12-31'],
  ['subjectIdentificatie.verblijfsadres.wplWoonplaatsNaam', 'Delft'],
  ['subjectIdentificatie.verblijfsadres.aoaPostcode', '2611GP'],
  ['subjectIdentificatie.verblijfsadres.aoaHuisnummer', 7],
  ['subjectIdentificatie.verblijfsadres.aoaHuisletter', 'C'],
  ['subjectIdentificatie.verblijfsadres.aoaHuisnummertoevoeging', 'II'],
  ['subjectIdentificatie.verblijfsadres.inpLocatiebeschrijving', 'Achter het paleis'],
  ['subjectIdentificatie.subVerblijfBuitenland.subAdresBuitenland1', 'Rue de l’Église 12'],
  ['subjectIdentificatie.subVerblijfBuitenland.subAdresBuitenland2', '1000 Brussel'],
  ['subjectIdentificatie.subVerblijfBuitenland.subAdresBuitenland3', 'bus 3'],
];

/** With the changes there are not enough fields for fifty: some more PATCHes repeat one that is already on its way. */
const volley = [...changes, ...changes].slice(0, 50);

const sets = {
  'a CRM that takes the columns that change': {},
  // Such a CRM loses what was read too early, even when the fields differ.
  'a CRM that only takes whole records': {
    'klant.update.jsonata': '{ "method": "PUT", "path": ["relaties", id], "body": { "RELATIE": columns } }',
  },
};

for (const [what, edits] of Object.entries(sets)) {
  describe(`simultaneous updates of one klant, over ${what}`, () => {
    const mapping = mappingCopy(edits);
    const gateway = runningGateway({
      get config() {
        return { mapping: { folder: mapping.folder } };
      },
    });

    let url = '';

    beforeEach(async () => {
      url = urlIn(await gateway.post(person));
    });

    afterEach(() => gateway.delete(url));

    it('fifty PATCHes of different fields: all fifty changes are there', async () => {
      const answers = await Promise.all(
        volley.map(([field, value]) => gateway.patch(url, bodyOf(field, value))),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal(volley.map(() => 200));
      const { body } = await gateway.get(url);
      for (const [field, value] of changes) expect(valueAt(body, field), field).to.equal(value);
      for (const [index, [field, value]] of volley.entries())
        expect(valueAt(answers[index]?.body, field), `${field} in its own answer`).to.equal(value);
    });

    it('PUTs and PATCHes of different fields: nothing is lost', async () => {
      const fields = changes.slice(2, 17).filter(([field]) => field !== 'websiteUrl');
      const answers = await Promise.all(
        fields.map(([field, value], index) =>
          index % 2 === 0
            ? gateway.patch(url, bodyOf(field, value))
            : gateway.put(url, { ...leastKlant, ...bodyOf(field, value) }),
        ),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal(fields.map(() => 200));
      const { body } = await gateway.get(url);
      for (const [field, value] of fields) expect(valueAt(body, field), field).to.equal(value);
    });
  });
}

describe('simultaneous updates and deletes of one klant', () => {
  const gateway = runningGateway();

  it('leave no klant, and tell everybody after the delete that it is gone', async () => {
    const url = urlIn(await gateway.post(leastKlant));
    const answers = await Promise.all([
      gateway.patch(url, { functie: 'inkoper' }),
      gateway.delete(url),
      gateway.delete(url),
      gateway.patch(url, { functie: 'verkoper' }),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).to.have.length(1);
    for (const status of statuses) expect([200, 204, 404]).to.include(status);
    expect((await gateway.get(url)).status).to.equal(404);
  });
});

/** A body that changes one field: `adres.postcode` -> `{ adres: { postcode: … } }`, with what its object requires. */
function bodyOf(field: string, value: string | number): JsonObject {
  const [name = '', ...inner] = field.split('.');
  if (inner.length === 0) return { [name]: value };
  const required = { verblijfsadres: residence, subVerblijfBuitenland: abroad }[name] ?? {};
  return { [name]: { ...required, ...bodyOf(inner.join('.'), value) } };
}

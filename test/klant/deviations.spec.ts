import { expect } from 'chai';
import { awkward } from '../../src/demo/crm/seed.ts';
import { isObject, type Json, type JsonObject } from '../../src/json.ts';
import type { Event } from '../../src/observe/events.ts';
import { klantPath } from '../kit/klant-path.ts';
import { allLogLines } from '../kit/log.ts';
import { leastKlant, results, runningGateway } from '../kit/gateway.ts';

/** What a record of the CRM has in a column, what a client sees, and the deviation: field, code and policy. */
interface Deviating {
  readonly columns: JsonObject;
  readonly shown: JsonObject;
  readonly deviation: readonly [field: string, code: string, policy: string];
}

/** Values that the CRM takes and the standard does not, with the policies of mappings/demo-crm/mapping.yaml. */
const deviating: Readonly<Record<string, Deviating>> = {
  'a name of 201 characters': {
    columns: { NAAM: 'n'.repeat(201) },
    shown: { bedrijfsnaam: '' },
    deviation: ['bedrijfsnaam', 'max_length', 'blank'],
  },
  'a website that is no URL, in a field that always has a value': {
    columns: { WEB: 'http://' },
    shown: { websiteUrl: 'http://' },
    deviation: ['websiteUrl', 'invalid', 'pass'],
  },
  'a bronorganisatie that fails the elfproef': {
    columns: { VRIJ1: '123456789' },
    shown: { bronorganisatie: '123456789' },
    deviation: ['bronorganisatie', 'invalid', 'pass'],
  },
  'a postal code that is too long': {
    columns: { SRT: 'P', PC: '1000  AA-12', WPL: 'Delft' },
    shown: { adres: { postcode: '', woonplaatsnaam: 'Delft' } },
    deviation: ['adres.postcode', 'max_length', 'blank'],
  },
  'a house number beyond the limit': {
    columns: { HNR: '123456', WPL: 'Delft' },
    shown: { adres: { huisnummer: null, woonplaatsnaam: 'Delft' } },
    deviation: ['adres.huisnummer', 'max_value', 'blank'],
  },
  'a code for the gender that the table lacks': {
    columns: { SRT: 'P', GESL: '9', VOORL: 'Q.' },
    shown: { subjectIdentificatie: { geslachtsaanduiding: '', voorletters: 'Q.' } },
    deviation: ['subjectIdentificatie.geslachtsaanduiding', 'invalid_choice', 'blank'],
  },
  'a legal form that the table lacks': {
    columns: { SRT: 'O', RVORM: '99', STATNM: 'Q' },
    shown: { subjectIdentificatie: { innRechtsvorm: '', statutaireNaam: 'Q' } },
    deviation: ['subjectIdentificatie.innRechtsvorm', 'invalid_choice', 'blank'],
  },
  'an RSIN with letters': {
    columns: { SRT: 'O', RSIN: '12345678X', STATNM: 'Q' },
    shown: { subjectIdentificatie: { innNnpId: '', statutaireNaam: 'Q' } },
    deviation: ['subjectIdentificatie.innNnpId', 'only-digits', 'blank'],
  },
  'an A-nummer of nine digits': {
    columns: { SRT: 'P', ANR: '123456789', VOORL: 'Q.' },
    shown: { subjectIdentificatie: { inpANummer: '', voorletters: 'Q.' } },
    deviation: ['subjectIdentificatie.inpANummer', 'a-nummer-incorrect-format', 'blank'],
  },
  'one trade name of 626 characters among others': {
    columns: { SRT: 'F', VESTNR: '7', HNDNM: ['De Tulp', 'h'.repeat(626)] },
    shown: { subjectIdentificatie: { handelsnaam: [], vestigingsNummer: '7' } },
    deviation: ['subjectIdentificatie.handelsnaam', 'max_length', 'blank'],
  },
  'a residence without the name of its street': {
    columns: { SRT: 'P', VB_ID: 'X-77', VOORL: 'Q.' },
    shown: { subjectIdentificatie: { verblijfsadres: null, voorletters: 'Q.' } },
    deviation: ['subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam', 'required', 'blank'],
  },
  'a country of which only the code is known': {
    columns: { SRT: 'F', BL_LNDCD: '5010', VESTNR: '7' },
    shown: { subjectIdentificatie: { subVerblijfBuitenland: null, vestigingsNummer: '7' } },
    deviation: ['subjectIdentificatie.subVerblijfBuitenland.lndLandnaam', 'required', 'blank'],
  },
  'a NUL in a name': {
    columns: { ANAAM: 'a\0b' },
    shown: { achternaam: '' },
    deviation: ['achternaam', 'null_characters_not_allowed', 'blank'],
  },
};

/** Awkward seeds of which a value cannot be shown. */
const seededDeviations: Readonly<Record<number, readonly [JsonObject, string, string]>> = {
  [awkward.longTelephone]: [{ telefoonnummer: '' }, 'telefoonnummer', 'max_length'],
  [awkward.invalidEmail]: [{ emailadres: '' }, 'emailadres', 'invalid'],
  [awkward.dirtyHouseNumber]: [
    { adres: { huisnummer: null, huisletter: '' } },
    'adres.huisnummer',
    'invalid',
  ],
  [awkward.invalidBsn]: [{ subjectIdentificatie: { inpBsn: '' } }, 'subjectIdentificatie.inpBsn', 'invalid'],
};

/** Awkward seeds that can be shown after all, or need nothing but care. */
const harmless: Readonly<Record<number, JsonObject>> = {
  [awkward.apostrophe]: { achternaam: "O'Brien", voorvoegselAchternaam: '' },
  [awkward.oneLetter]: { achternaam: 'O' },
  [awkward.namedNull]: { achternaam: 'Null', subjectIdentificatie: { geslachtsnaam: 'Null' } },
  [awkward.withoutEmail]: { emailadres: '' },
  [awkward.withoutCustomerNumber]: { klantnummer: '100007' },
  [awkward.emoji]: { bedrijfsnaam: 'Bloemen & Zo "De Tulp" <Noord> 🌷' },
  [awkward.lowerCaseSurname]: { voorvoegselAchternaam: 'de', achternaam: 'vries' },
  [awkward.capitalPrefix]: { voorvoegselAchternaam: 'De', achternaam: 'Vries' },
  [awkward.ordinaryPrefix]: { voorvoegselAchternaam: 'de', achternaam: 'Vries' },
  [awkward.withoutDiacritic]: { achternaam: 'Muller' },
  [awkward.withDiacritic]: { achternaam: 'Müller' },
  [awkward.oneTradeName]: { subjectIdentificatie: { handelsnaam: ['Kapsalon Krul'] } },
  [awkward.threeTradeNames]: {
    subjectIdentificatie: { handelsnaam: ['Drukkerij Inktvlek', 'Inktvlek Online', 'D&I "Print"'] },
  },
  [awkward.leadingZeroRsin]: { subjectIdentificatie: { innNnpId: '001234560' } },
  [awkward.leadingZeroHouseNumber]: { adres: { huisnummer: 7 } },
  [awkward.websiteWithoutScheme]: { websiteUrl: 'https://www.example.nl' },
  [awkward.unknownKind]: { subjectType: null, bedrijfsnaam: 'De bewoner van de woonboot', emailadres: '' },
  [awkward.noTradeName]: { subjectIdentificatie: { handelsnaam: [] } },
};

describe('values that the standard does not allow: the policies of the demo CRM', () => {
  const gateway = runningGateway();

  /** What happened during some work, without the access log. */
  async function during<T>(work: () => Promise<T>): Promise<[T, Event[]]> {
    const before = gateway.events.length;
    const result = await work();
    return [result, gateway.events.slice(before).filter(({ event }) => event !== 'request')];
  }

  const read = (number: number) => during(() => gateway.get(klantPath(number)));

  function afwijking(field: string, code: string, policy: string, records = 1): Event {
    return { event: 'afwijking', resource: 'klant', field, code, policy, records };
  }

  for (const [number, [shown, field, code]] of Object.entries(seededDeviations)) {
    it(`${number}: ${field} is ${code}, shown as not set, and reported by its name`, async () => {
      const [answer, events] = await read(Number(number));
      expect(answer.status, answer.text).to.equal(200);
      expectShown(answer.body, shown);
      expect(events).to.deep.equal([afwijking(field, code, 'blank')]);
    });
  }

  for (const [number, shown] of Object.entries(harmless)) {
    it(`${number}: ${JSON.stringify(shown)} is shown without a word`, async () => {
      const [answer, events] = await read(Number(number));
      expect(answer.status, answer.text).to.equal(200);
      expectShown(answer.body, shown);
      expect(events).to.deep.equal([]);
    });
  }

  it('a klant of an unknown kind has no subjectIdentificatie', async () => {
    const [answer] = await read(awkward.unknownKind);
    expect(answer.body).not.to.have.property('subjectIdentificatie');
    expect(answer.body).to.include({ websiteUrl: leastKlant.websiteUrl, bronorganisatie: '123456782' });
  });

  for (const [what, { columns, shown, deviation }] of Object.entries(deviating)) {
    it(`${what}: ${deviation.join(' ')}`, async () => {
      const number = await gateway.crm.add(columns);
      const [answer, events] = await read(number);
      await gateway.crm.remove(number);
      expect(answer.status, answer.text).to.equal(200);
      expectShown(answer.body, shown);
      expect(events).to.deep.equal([afwijking(...deviation)]);
    });
  }

  it('several deviations of one klant are reported each', async () => {
    const number = await gateway.crm.add({ TEL1: 't'.repeat(21), EMAIL: 'x', HNR: 'x', WPL: 'Delft' });
    const [, events] = await read(number);
    await gateway.crm.remove(number);
    expect(events).to.deep.equal([
      afwijking('telefoonnummer', 'max_length', 'blank'),
      afwijking('emailadres', 'invalid', 'blank'),
      afwijking('adres.huisnummer', 'invalid', 'blank'),
    ]);
  });

  it('a list reports a field once, with the number of klanten, and leaves none of them out', async () => {
    const surname = 'Afwijkend';
    const numbers = [];
    for (const TEL1 of ['t'.repeat(21), '0'.repeat(30), '14070'])
      numbers.push(await gateway.crm.add({ ANAAM: surname, TEL1 }));

    const [answer, events] = await during(() => gateway.get(`/klanten?achternaam=${surname}`));

    expect(results(answer).map(({ telefoonnummer }) => telefoonnummer)).to.deep.equal(['', '', '14070']);
    expect(events).to.deep.equal([afwijking('telefoonnummer', 'max_length', 'blank', 2)]);
    for (const number of numbers) await gateway.crm.remove(number);
  });

  it('a value that is not shown is not found by it either', async () => {
    for (const query of [
      'telefoonnummer=%2B31%20(0)20%20-%20555%2001%2023',
      'emailadres=jan.de.boer@@example,nl',
    ])
      expect((await gateway.get(`/klanten?${query}`)).body.count).to.equal(0);
  });

  it('a value that is not shown can be replaced', async () => {
    const number = await gateway.crm.add({ TEL1: 't'.repeat(21) });
    const [answer, events] = await during(() =>
      gateway.patch(klantPath(number), { telefoonnummer: '14070' }),
    );
    expect(answer.body.telefoonnummer, answer.text).to.equal('14070');
    // Told when the stored klant was read, and no more once it is right.
    expect(events).to.deep.equal([afwijking('telefoonnummer', 'max_length', 'blank')]);
    await gateway.crm.remove(number);
  });

  it('no event and no line of the log holds such a value', () => {
    const told = JSON.stringify(gateway.events) + allLogLines.join('');
    for (const value of [
      '555 01 23',
      'jan.de.boer',
      '"12a"',
      '999990018',
      'a\\u0000b',
      'nnnn',
      'tttt',
      'X-77',
    ])
      expect(told).not.to.include(value);
  });
});

/** Demands that a klant has these values; of nested objects, at least these. */
function expectShown(klant: JsonObject, shown: JsonObject): void {
  for (const [name, wanted] of Object.entries(shown)) {
    const actual: Json = klant[name] ?? null;
    if (isObject(wanted)) expect(actual).to.deep.include(wanted);
    else expect(actual, name).to.deep.equal(wanted);
  }
}

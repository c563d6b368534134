import { expect } from 'chai';
import { awkward, seedRelations, type Relation } from '../../src/demo/crm/seed.ts';
import { seedActivities } from '../../src/demo/crm/tables/seed-activities.ts';
import { seedRequests } from '../../src/demo/crm/tables/seed-requests.ts';
import { personalDataIn, personalDataInLog, type PersonalKind } from '../kit/personal-data.ts';

const seeds = seedRelations();

/** A line as a gateway logs it, with something in it that does not belong there. */
function line(planted: unknown): string {
  return JSON.stringify({
    level: 30,
    time: '2024-02-29T12:30:15.007Z',
    requestId: '7f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c01',
    event: 'request',
    status: 200,
    durationMs: 12.3,
    planted,
  });
}

/** What is known of a relation, and not of what they asked. */
type KindOfRelation = Exclude<PersonalKind, 'what somebody asked' | 'number of a request'>;

/** What is planted of each record, by its kind; undefined where the record has no such thing. */
const plants: Readonly<Record<KindOfRelation, (seed: Relation) => string | undefined>> = {
  bsn: ({ BSNR }) => BSNR,
  rsin: ({ RSIN }) => RSIN,
  'other number': ({ ANR, VESTNR, VB_ID }) => ANR ?? VESTNR ?? VB_ID,
  klantnummer: ({ KLANTNR }) => KLANTNR,
  'telephone number': ({ TEL1 }) => TEL1,
  'e-mail address': ({ EMAIL }) => EMAIL,
  'postcode with house number': ({ PC, HNR }) => (PC === undefined ? undefined : `${PC} ${HNR ?? ''}`),
  'name of a person': ({ ANAAM }) => ((ANAAM ?? '').length >= 6 ? ANAAM : undefined),
  'name of an organisation': ({ SRT, NAAM }) => (SRT === 'O' || SRT === 'F' ? NAAM : undefined),
};

describe('the detector of personal data', () => {
  for (const [kind, plant] of Object.entries(plants) as [KindOfRelation, (typeof plants)[KindOfRelation]][]) {
    it(`finds every ${kind} of the demo CRM`, () => {
      const planted = seeds.flatMap((seed) => plant(seed) ?? []);
      expect(planted.length).to.be.above(50);
      for (const value of planted) {
        expect(personalDataIn(line(value)), value).to.include(kind);
        expect(
          personalDataIn(line({ inside: ['a text with ', `what (${value}), is this?`] })),
          value,
        ).to.include(kind);
        expect(personalDataIn(`?filter=${encodeURIComponent(value)}&page=2`), value).to.include(kind);
        expect(personalDataIn(value.toUpperCase()), value).to.include(kind);
      }
    });
  }

  it('finds what was said in every activity, and what every request asks', () => {
    const texts = [...seedActivities(), ...seedRequests()].flatMap(({ TEKST }) => TEKST ?? []).map(String);
    expect(texts.length).to.be.above(300);
    for (const text of texts) {
      expect(personalDataIn(line({ inside: text })), text).to.include('what somebody asked');
      expect(personalDataIn(`?tekst=${encodeURIComponent(text)}`), text).to.include('what somebody asked');
    }
  });

  it('finds the number of every request', () => {
    const numbers = seedRequests()
      .flatMap(({ KENM }) => KENM ?? [])
      .map(String);
    expect(numbers.length).to.be.above(50);
    for (const number of numbers) {
      expect(personalDataIn(line(`what (${number})`)), number).to.include('number of a request');
    }
  });

  for (const [what, text, kind] of [
    ['a telephone number in another notation', '0031-6-5500.0155 ', 'telephone number'],
    ['a telephone number without separators', '31655000155', 'telephone number'],
    [
      'a postcode and a house number in JSON',
      '{"postcode":"5231XK","huisnummer":85}',
      'postcode with house number',
    ],
    ['a name in a query', '/klanten?achternaam=O%27Brien', 'name of a person'],
    ['a name with a plus', 'q=jan+Vermeulen', 'name of a person'],
    ['a name in escapes of JSON', '"\\u00d6zdemir"', 'name of a person'],
    ['one half of a double name', 'mevrouw Kloosterman', 'name of a person'],
    ['an address that is no address', 'jan.de.boer@@example,nl', 'e-mail address'],
  ] as const) {
    it(`finds ${what}`, () => {
      expect(personalDataIn(text)).to.include(kind);
    });
  }

  for (const [what, text] of [
    ['an ordinary line', line('nothing')],
    ['a number inside a UUID', line('99999001-9999-4900-8190-999990019abc')],
    ['a number inside a longer number', line('19999900190')],
    ['a number inside a word', line('a999990019b')],
    ['a moment', line('2024-02-29T12:30:15.007Z')],
    ['a name inside a word', line('MeijersonVermeulenstraat')],
    ['a postcode without its house number', line('5231XK')],
    ['a postcode with the house number of somebody else', line('5231XK 9999')],
    ['a short name', line('Berg')],
    ['a place in our code', line(`at run (file://${process.cwd()}/src/mapping/expression.ts:88:41)`)],
    ['a port and an address', line('connect ECONNREFUSED 127.0.0.1:38081')],
  ] as const) {
    it(`lets pass ${what}`, () => {
      expect(personalDataIn(text)).to.deep.equal([]);
    });
  }

  it('tells the kind and the event, each once, and never the value', () => {
    const seed = seeds.find(({ RELNR }) => RELNR === awkward.withoutEmail);
    const lines = [
      line(seed?.BSNR),
      line(seed?.BSNR),
      line('nothing'),
      `Error: ${seed?.KLANTNR ?? ''}`,
      '42',
    ];
    expect(personalDataInLog(lines)).to.deep.equal([
      'bsn in request',
      'klantnummer in a line that is no event',
    ]);
  });
});

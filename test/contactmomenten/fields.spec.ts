import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/json.ts';
import { type Answer, complaints, runningGateway, urlIn } from '../kit/gateway.ts';
import { contactmomentenOf } from './contactmomenten.ts';

/** How long each text may be (contract section 2.2). */
const limits: Readonly<Record<string, number>> = {
  kanaal: 50,
  voorkeurskanaal: 50,
  voorkeurstaal: 3,
  'medewerkerIdentificatie.identificatie': 24,
  'medewerkerIdentificatie.achternaam': 200,
  'medewerkerIdentificatie.voorletters': 20,
  'medewerkerIdentificatie.voorvoegselAchternaam': 10,
};

/** The order in which clients see the fields. */
const keys = [
  'url',
  'vorigContactmoment',
  'volgendContactmoment',
  'bronorganisatie',
  'registratiedatum',
  'kanaal',
  'voorkeurskanaal',
  'voorkeurstaal',
  'tekst',
  'onderwerpLinks',
  'initiatiefnemer',
  'medewerker',
  'medewerkerIdentificatie',
];

const emptyMedewerker = { identificatie: '', achternaam: '', voorletters: '', voorvoegselAchternaam: '' };

describe('fields of a contactmoment: contract section 2.2', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-003': 'off' } } });
  const { create } = contactmomentenOf(gateway);

  const stored = async (fields: JsonObject): Promise<JsonObject> => {
    const answer = await create(fields);
    expect(answer.status, answer.text).to.equal(201);
    const read = await gateway.get(urlIn(answer));
    expect(read.text).to.equal(answer.text);
    return read.body;
  };

  async function refused(fields: JsonObject, ...expected: string[]): Promise<void> {
    expectRefused(await create(fields), ...expected);
  }

  it('what was never supplied is shown as unset, in the order of the standard', async () => {
    const answer = await create();
    expect(Object.keys(answer.body)).to.deep.equal(keys);
    const { url, registratiedatum, ...rest } = answer.body;
    expect(url).to.equal(answer.headers.get('Location'));
    expect(registratiedatum).to.be.a('string');
    expect(rest).to.deep.equal({
      vorigContactmoment: null,
      volgendContactmoment: null,
      bronorganisatie: '123456782',
      kanaal: '',
      voorkeurskanaal: '',
      voorkeurstaal: '',
      tekst: '',
      onderwerpLinks: [],
      initiatiefnemer: '',
      medewerker: '',
      medewerkerIdentificatie: { ...emptyMedewerker, identificatie: 'KCC-1' },
    });
  });

  it('only bronorganisatie is required', async () => {
    expectRefused(await gateway.create('contactmomenten', 'contactmomenten', {}), 'bronorganisatie required');
  });

  for (const [value, code] of [
    [null, 'null'],
    ['', 'blank'],
    ['12345678a', 'only-digits'],
    ['12345678', 'invalid-length'],
    ['123456789', 'invalid'],
    ['000099998', 'invalid'],
    [true, 'invalid'],
  ] as const) {
    it(`bronorganisatie ${JSON.stringify(value)} is ${code}`, () =>
      refused({ bronorganisatie: value }, `bronorganisatie ${code}`));
  }

  it('texts take as many characters as the standard says, of any kind', async () => {
    for (const character of ['x', '🌷']) {
      const sent = atEach(limits, (limit) => character.repeat(limit));
      expect(await stored(sent)).to.deep.include(sent);
    }
  });

  it('texts refuse one character more, all of them at once', () =>
    refused(
      atEach(limits, (limit) => 'x'.repeat(limit + 1)),
      ...Object.keys(limits).map((name) => `${name} max_length`),
    ));

  it('tekst has no limit', async () => {
    const tekst = 'Een lang verhaal. '.repeat(2000).trim();
    expect((await stored({ tekst })).tekst).to.equal(tekst);
  });

  const wrongTexts: readonly (readonly [what: string, value: Json, code: string])[] = [
    ['null', null, 'null'],
    ['a boolean', false, 'invalid'],
    ['an object', {}, 'invalid'],
    ['a list', ['x'], 'invalid'],
    ['a NUL', 'a\0b', 'null_characters_not_allowed'],
  ];
  for (const [what, value, code] of wrongTexts) {
    it(`texts refuse ${what} as ${code}`, () => {
      const fields = { ...limits, tekst: 0 };
      const order = ['kanaal', 'voorkeurskanaal', 'voorkeurstaal', 'tekst', ...Object.keys(limits).slice(3)];
      return refused(
        atEach(fields, () => value),
        ...order.map((name) => `${name} ${code}`),
      );
    });
  }

  it('texts may be blank', async () => {
    const sent = {
      kanaal: '',
      voorkeurskanaal: '',
      voorkeurstaal: '',
      tekst: '',
      initiatiefnemer: '',
      medewerker: '',
    };
    expect(await stored(sent)).to.deep.include(sent);
  });

  it('texts are trimmed, and numbers are taken as text', async () => {
    const sent = { kanaal: '  balie\n', tekst: '\t a  b ', voorkeurskanaal: 14070 };
    expect(await stored(sent)).to.include({ kanaal: 'balie', tekst: 'a  b', voorkeurskanaal: '14070' });
  });

  it('voorkeurstaal is not looked up: any three characters are a language', async () => {
    expect((await stored({ voorkeurstaal: 'qq7' })).voorkeurstaal).to.equal('qq7');
  });

  it('initiatiefnemer is one of two words', async () => {
    for (const initiatiefnemer of ['gemeente', 'klant']) {
      expect((await stored({ initiatiefnemer })).initiatiefnemer).to.equal(initiatiefnemer);
    }
    await refused({ initiatiefnemer: null }, 'initiatiefnemer null');
    for (const initiatiefnemer of ['Klant', 'burger', true, ['klant']]) {
      await refused({ initiatiefnemer }, 'initiatiefnemer invalid_choice');
    }
  });

  it('medewerker is a URL of a thousand characters at most', async () => {
    const start = 'https://medewerkers.example/';
    const medewerker = start + 'x'.repeat(1000 - start.length);
    expect((await stored({ medewerker })).medewerker).to.equal(medewerker);
    await refused({ medewerker: `${medewerker}x` }, 'medewerker max_length');
    await refused({ medewerker: null }, 'medewerker null');
    await refused({ medewerker: '/medewerkers/1' }, 'medewerker invalid');
  });

  it('unknown and read-only keys are ignored', async () => {
    const answer = await create({ klant: 'https://klanten.example/1', url: 'https://x.example', uuid: 1 });
    expect(answer.status, answer.text).to.equal(201);
    expect(Object.keys(answer.body)).to.deep.equal(keys);
    expect(urlIn(answer)).to.match(/^http:\/\/klantbrug\.test\/contactmomenten\/api\/v1\/contactmomenten\//);
  });

  it('medewerkerIdentificatie must be an object', async () => {
    for (const medewerkerIdentificatie of ['KCC-1', 1, true, ['KCC-1']]) {
      await refused({ medewerkerIdentificatie }, 'medewerkerIdentificatie.nonFieldErrors invalid');
    }
  });

  it('keys are taken in snake_case too', async () => {
    const answer = await gateway.create('contactmomenten', 'contactmomenten', {
      bronorganisatie: '123456782',
      medewerker_identificatie: { voorvoegsel_achternaam: 'van' },
      onderwerp_links: ['https://onderwerpen.example/1'],
    });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body.medewerkerIdentificatie).to.deep.equal({
      ...emptyMedewerker,
      voorvoegselAchternaam: 'van',
    });
    expect(answer.body.onderwerpLinks).to.deep.equal(['https://onderwerpen.example/1']);
  });

  it('any contactmoment that the standard allows is kept as it was sent, and can be PUT back', () =>
    fc.assert(
      fc.asyncProperty(anyContactmoment(), async (sent) => {
        const created = await gateway.create('contactmomenten', 'contactmomenten', sent);
        expect(created.status, created.text).to.equal(201);
        expect(created.body).to.deep.include(sent);
        expect((await gateway.get(urlIn(created))).text).to.equal(created.text);
        const put = await gateway.put(urlIn(created), created.text);
        expect(put.text).to.equal(created.text);
      }),
      { numRuns: 12 },
    ));

  it('no value was lost in the CRM without a word', () => {
    expect(gateway.events.filter(({ event }) => event === 'values-not-kept')).to.deep.equal([]);
  });
});

function expectRefused(answer: Answer, ...expected: string[]): void {
  expect(answer.status, answer.text).to.equal(400);
  expect(complaints(answer)).to.deep.equal(expected);
}

/** A body with a value at each place; a place may be in medewerkerIdentificatie. */
function atEach(places: Readonly<Record<string, number>>, valueOf: (limit: number) => Json): JsonObject {
  const body: JsonObject = {};
  const medewerkerIdentificatie: JsonObject = {};
  for (const [name, limit] of Object.entries(places)) {
    const [first = '', second] = name.split('.');
    if (second === undefined) body[first] = valueOf(limit);
    else medewerkerIdentificatie[second] = valueOf(limit);
  }
  return { ...body, medewerkerIdentificatie };
}

/** Text that is kept as it is: trimmed already, and no longer than so many characters. */
function anyText(limit: number): fc.Arbitrary<string> {
  return fc
    .string({ unit: 'binary', maxLength: 30 })
    .map((text) => Array.from(text.replaceAll('\0', '').trim()).slice(0, limit).join('').trim());
}

function anyContactmoment(): fc.Arbitrary<JsonObject> {
  const subject = fc.constantFrom(
    'https://onderwerpen.gemeente.example/afval',
    'https://onderwerpen.gemeente.example/zorg-en-ondersteuning',
    'https://onderwerpen.elders.example/1?a=b;c,d#e',
    'ftp://onderwerpen.elders.example/%20',
  );
  return fc.record({
    bronorganisatie: fc.constantFrom('123456782', '950428139', '000000000'),
    kanaal: anyText(50),
    voorkeurskanaal: anyText(50),
    voorkeurstaal: anyText(3),
    tekst: anyText(30),
    onderwerpLinks: fc.array(subject, { maxLength: 4 }),
    initiatiefnemer: fc.constantFrom('', 'gemeente', 'klant'),
    medewerker: fc.constantFrom('', 'https://medewerkers.example/1?naam=%C3%A9'),
    medewerkerIdentificatie: fc.record({
      identificatie: fc.constantFrom('KCC-1', '007'),
      achternaam: anyText(200),
      voorletters: anyText(20),
      voorvoegselAchternaam: anyText(10),
    }),
  });
}

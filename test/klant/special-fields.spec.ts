import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/json.ts';
import { leastKlant, runningGateway } from '../kit/gateway.ts';
import { expectRefused, residence } from './samples.ts';

/** A number of nine digits with its codes; `9 digits` that fail the elfproef, and so on (contract section 3.1). */
const wrongNines: readonly (readonly [Json, ...string[]])[] = [
  ['12345678a', 'only-digits'],
  ['1234 5678', 'only-digits'],
  ['-23456782', 'only-digits'],
  ['abc', 'only-digits'],
  ['１２３４５６７８２', 'only-digits'],
  ['12345678', 'invalid-length'],
  ['1', 'invalid-length'],
  ['1234567820', 'invalid-length', 'max_length'],
  ['abcdefghij', 'only-digits', 'max_length'],
  ['123456789', 'invalid'],
  ['000099998', 'invalid'],
  ['12345\x006782', 'only-digits', 'null_characters_not_allowed', 'max_length'],
  [true, 'invalid'],
  [null, 'null'],
  [[], 'invalid'],
];

const validNines = [
  '950428139',
  '423182687',
  '123456782',
  '314273268',
  '100000009',
  '154760924',
  '000000000',
];

describe('fields of a klant with a format: contract sections 2.1 and 3.1', () => {
  const gateway = runningGateway();
  const person = (inside: JsonObject) => ({
    ...leastKlant,
    subjectType: 'natuurlijk_persoon',
    subjectIdentificatie: inside,
  });
  const organisation = (inside: JsonObject) => ({
    ...leastKlant,
    subjectType: 'niet_natuurlijk_persoon',
    subjectIdentificatie: inside,
  });

  /** How to send a value of each kind of field, the field's name in errors, and the values with their codes. */
  const cases: readonly (readonly [
    string,
    (value: Json) => JsonObject,
    readonly (readonly [Json, ...string[]])[],
  ])[] = [
    [
      'bronorganisatie',
      (value) => ({ ...leastKlant, bronorganisatie: value }),
      [...wrongNines, ['', 'blank']],
    ],
    ['subjectIdentificatie.inpBsn', (inpBsn) => person({ inpBsn }), wrongNines],
    ['subjectIdentificatie.innNnpId', (innNnpId) => organisation({ innNnpId }), wrongNines],
    [
      'subjectIdentificatie.inpANummer',
      (inpANummer) => person({ inpANummer }),
      [
        ['0123456789', 'a-nummer-incorrect-format'],
        ['123456789', 'a-nummer-incorrect-format'],
        ['12345678a0', 'a-nummer-incorrect-format'],
        ['12345678901', 'a-nummer-incorrect-format', 'max_length'],
        [null, 'null'],
        [false, 'invalid'],
      ],
    ],
    [
      'subjectIdentificatie.geslachtsaanduiding',
      (geslachtsaanduiding) => person({ geslachtsaanduiding }),
      [
        ['M', 'invalid_choice'],
        ['man', 'invalid_choice'],
        [1, 'invalid_choice'],
        [true, 'invalid_choice'],
        [['m'], 'invalid_choice'],
        [null, 'null'],
      ],
    ],
    [
      'subjectIdentificatie.innRechtsvorm',
      (innRechtsvorm) => organisation({ innRechtsvorm }),
      [
        // The right spelling of a word that the standard misspells is a wrong word.
        ['europese_cooperatieve_vennootschap', 'invalid_choice'],
        ['01', 'invalid_choice'],
        [null, 'null'],
      ],
    ],
    [
      'websiteUrl',
      (websiteUrl) => ({ ...leastKlant, websiteUrl }),
      [
        ['www.example.nl', 'invalid'],
        ['/relative', 'invalid'],
        ['//example.nl', 'invalid'],
        ['http://', 'invalid'],
        ['http:/example.nl', 'invalid'],
        ['http://example.nl/a b', 'invalid'],
        ['mailto:a@example.nl', 'invalid'],
        ['javascript:alert(1)', 'invalid'],
        [`https://example.nl/${'a'.repeat(982)}`, 'max_length'],
        ['x'.repeat(1001), 'invalid', 'max_length'],
        ['', 'blank'],
        [null, 'null'],
        [true, 'invalid'],
      ],
    ],
    [
      'emailadres',
      (emailadres) => ({ ...leastKlant, emailadres }),
      [
        ['no e-mail', 'invalid'],
        ['jan@@example.nl', 'invalid'],
        ['jan@example,nl', 'invalid'],
        ['@example.nl', 'invalid'],
        ['jan@', 'invalid'],
        ['jan.@example.nl', 'invalid'],
        ['Jan <jan@example.nl>', 'invalid'],
        [`${'a'.repeat(244)}@example.nl`, 'max_length'],
        [null, 'null'],
        [true, 'invalid'],
      ],
    ],
    ['adres.huisnummer', (huisnummer) => ({ ...leastKlant, adres: { huisnummer } }), wrongHouseNumbers()],
    [
      'subjectIdentificatie.verblijfsadres.aoaHuisnummer',
      (aoaHuisnummer) => person({ verblijfsadres: { ...residence, aoaHuisnummer } }),
      wrongHouseNumbers(),
    ],
  ];

  for (const [name, bodyWith, wrong] of cases) {
    for (const [value, ...codes] of wrong) {
      it(`${name} ${JSON.stringify(value).slice(0, 40)} is ${codes.join(' and ')}`, async () => {
        expectRefused(await gateway.post(bodyWith(value)), ...codes.map((code) => `${name} ${code}`));
      });
    }
  }

  it('nine digits that pass the elfproef are taken', async () => {
    for (const number of validNines) {
      const answers = [
        await gateway.post({ ...person({ inpBsn: number }), bronorganisatie: number }),
        await gateway.post(organisation({ innNnpId: number })),
      ];
      for (const answer of answers) expect(answer.status, answer.text).to.equal(201);
      expect(answers[0]?.body.subjectIdentificatie).to.include({ inpBsn: number });
      expect(answers[1]?.body.subjectIdentificatie).to.include({ innNnpId: number });
    }
  });

  it('a blank BSN, RSIN, A-nummer, e-mail address and choice are taken', async () => {
    const ofPerson = { inpBsn: '', inpANummer: '', geslachtsaanduiding: '' };
    const ofOrganisation = { innNnpId: '', innRechtsvorm: '' };
    for (const body of [person(ofPerson), organisation(ofOrganisation), { ...leastKlant, emailadres: '' }])
      expect((await gateway.post(body)).status).to.equal(201);
  });

  for (const websiteUrl of [
    'http://localhost:8080',
    'https://user@xn--brgermeister-dlb.example/pad?x=%20#y',
    'https://bürgermeister.example',
    'ftp://files.example/a',
    'HTTPS://EXAMPLE.NL',
    'http://[::1]/',
    `https://example.nl/${'a'.repeat(981)}`,
  ]) {
    it(`websiteUrl ${websiteUrl.slice(0, 45)} is kept as it is`, async () => {
      const answer = await gateway.post({ ...leastKlant, websiteUrl });
      expect(answer.body.websiteUrl, answer.text).to.equal(websiteUrl);
    });
  }

  for (const emailadres of [
    "o'brien+x@example.nl",
    'a@sub.bürger.example',
    `${'a'.repeat(243)}@example.nl`,
  ]) {
    it(`emailadres ${emailadres.slice(0, 45)} is kept as it is`, async () => {
      const answer = await gateway.post({ ...leastKlant, emailadres });
      expect(answer.body.emailadres, answer.text).to.equal(emailadres);
    });
  }

  for (const [given, kept] of [
    [0, 0],
    [99999, 99999],
    ['117', 117],
    [' 007 ', 7],
    ['12.0', 12],
    [12.0, 12],
    [null, null],
  ] as const) {
    it(`huisnummer ${JSON.stringify(given)} is stored as ${String(kept)}`, async () => {
      const answer = await gateway.post({ ...leastKlant, adres: { huisnummer: given, huisletter: 'a' } });
      expect(answer.body.adres, answer.text).to.include({ huisnummer: kept });
    });
  }
});

function wrongHouseNumbers(): (readonly [Json, ...string[]])[] {
  return [
    [100000, 'max_value'],
    ['100000', 'max_value'],
    ['9'.repeat(20), 'max_value'],
    [-1, 'min_value'],
    ['-1', 'min_value'],
    ['12a', 'invalid'],
    ['', 'invalid'],
    [1.5, 'invalid'],
    ['1.5', 'invalid'],
    ['0x10', 'invalid'],
    ['1e3', 'invalid'],
    [true, 'invalid'],
    [[], 'invalid'],
    [{}, 'invalid'],
  ];
}

import { expect } from 'chai';
import { seedActivities } from '../../src/demo/crm/tables/seed-activities.ts';
import { seedInvolved, seedLinks, seedParticipants } from '../../src/demo/crm/tables/seed-links.ts';
import { seedRequests } from '../../src/demo/crm/tables/seed-requests.ts';
import { runningCrm } from './crm.ts';
import { tableOf } from './crm-tables.ts';
import type { Name } from './crm-tables.ts';

type Row = Readonly<Record<string, string | number | undefined>>;

const seeds: Readonly<Record<Exclude<Name, 'onderwerpen'>, readonly Row[]>> = {
  activiteiten: seedActivities(),
  deelnemers: seedParticipants(),
  aanvragen: seedRequests(),
  betrokkenen: seedInvolved(),
  koppelingen: seedLinks(),
};

/** A value that is really in a column: of the second record that has one. */
function some(table: keyof typeof seeds, column: string): string {
  const [, row] = seeds[table].filter((one) => one[column] !== undefined);
  return String(row?.[column]);
}

const text = (value: string | number | undefined) => String(value ?? '');

/** Searches that find a part of the records, and which part that is. */
const searches: readonly (readonly [keyof typeof seeds, Record<string, string>, (row: Row) => boolean])[] = [
  [
    'activiteiten',
    { ACTNR: '500003,500001, 500250,1,x' },
    ({ ACTNR }) => [500001, 500003, 500250].includes(Number(ACTNR)),
  ],
  ['activiteiten', { ACTNR: '500007' }, ({ ACTNR }) => ACTNR === 500007],
  ['activiteiten', { VORIGNR: '500005,500006' }, ({ VORIGNR }) => VORIGNR === 500005 || VORIGNR === 500006],
  [
    'activiteiten',
    { HOOFDREL: some('activiteiten', 'HOOFDREL') },
    ({ HOOFDREL }) => text(HOOFDREL) === some('activiteiten', 'HOOFDREL'),
  ],
  ['activiteiten', { HOOFDREL: '*' }, ({ HOOFDREL }) => text(HOOFDREL) !== ''],
  [
    'activiteiten',
    { HOOFDURL: some('activiteiten', 'HOOFDURL') },
    ({ HOOFDURL }) => HOOFDURL === some('activiteiten', 'HOOFDURL'),
  ],
  ['activiteiten', { BRON: '12345' }, ({ BRON }) => BRON === '12345'],
  ['activiteiten', { KAN: 'TELEfoon' }, ({ KAN }) => KAN === 'telefoon' || KAN === 'Telefoon'],
  ['activiteiten', { VKAN: 'e-Mail' }, ({ VKAN }) => VKAN === 'e-mail' || VKAN === 'E-MAIL'],
  ['activiteiten', { INIT: 'K' }, ({ INIT }) => INIT === 'K'],
  [
    'activiteiten',
    { MDWURL: some('activiteiten', 'MDWURL') },
    ({ MDWURL }) => MDWURL === some('activiteiten', 'MDWURL'),
  ],
  [
    'activiteiten',
    { TIJDVAN: some('activiteiten', 'TIJDST') },
    ({ TIJDST }) => text(TIJDST) >= some('activiteiten', 'TIJDST'),
  ],
  [
    'activiteiten',
    { TIJDTM: some('activiteiten', 'TIJDST') },
    ({ TIJDST }) => text(TIJDST) <= some('activiteiten', 'TIJDST'),
  ],
  ['activiteiten', { TIJDVAN: '2023', TIJDTM: '2024' }, ({ TIJDST }) => text(TIJDST).startsWith('2023')],
  ['activiteiten', { INIT: 'G', KAN: 'chat' }, ({ INIT, KAN }) => INIT === 'G' && KAN === 'chat'],

  ['deelnemers', { DLNNR: '700001,700003' }, ({ DLNNR }) => DLNNR === 700001 || DLNNR === 700003],
  ['deelnemers', { ACTNR: '500001,500003' }, ({ ACTNR }) => ACTNR === 500001 || ACTNR === 500003],
  [
    'deelnemers',
    { RELNR: some('deelnemers', 'RELNR') },
    ({ RELNR }) => text(RELNR) === some('deelnemers', 'RELNR'),
  ],
  [
    'deelnemers',
    { RELURL: some('deelnemers', 'RELURL') },
    ({ RELURL }) => RELURL === some('deelnemers', 'RELURL'),
  ],
  ['deelnemers', { ROL: 'G' }, ({ ROL }) => ROL === 'G'],

  ['aanvragen', { AANVNR: '900001,900150' }, ({ AANVNR }) => AANVNR === 900001 || AANVNR === 900150],
  ['aanvragen', { INTRNR: '900007' }, ({ AANVNR }) => AANVNR === 900008],
  ['aanvragen', { AANVNRVAN: '900009,900008' }, ({ AANVNR }) => AANVNR === 900010],
  [
    'aanvragen',
    { HOOFDREL: some('aanvragen', 'HOOFDREL') },
    ({ HOOFDREL }) => text(HOOFDREL) === some('aanvragen', 'HOOFDREL'),
  ],
  ['aanvragen', { HOOFDREL: '*' }, ({ HOOFDREL }) => text(HOOFDREL) !== ''],
  [
    'aanvragen',
    { HOOFDURL: some('aanvragen', 'HOOFDURL') },
    ({ HOOFDURL }) => HOOFDURL === some('aanvragen', 'HOOFDURL'),
  ],
  ['aanvragen', { KENM: some('aanvragen', 'KENM') }, ({ KENM }) => KENM === some('aanvragen', 'KENM')],
  ['aanvragen', { KENM: 'VERZOEK-2023-*' }, ({ KENM }) => text(KENM).startsWith('VERZOEK-2023-')],
  ['aanvragen', { KENM: '*' }, ({ KENM }) => KENM !== undefined],
  ['aanvragen', { BRON: '111222333' }, ({ BRON }) => BRON === '111222333'],
  [
    'aanvragen',
    { EXTKENM: some('aanvragen', 'EXTKENM') },
    ({ EXTKENM }) => EXTKENM === some('aanvragen', 'EXTKENM'),
  ],
  ['aanvragen', { VKAN: 'TELEFOON' }, ({ VKAN }) => VKAN === 'telefoon' || VKAN === 'Telefoon'],
  ['aanvragen', { STAT: '30' }, ({ STAT }) => STAT === '30'],
  [
    'aanvragen',
    { TIJDVAN: some('aanvragen', 'TIJDST') },
    ({ TIJDST }) => text(TIJDST) >= some('aanvragen', 'TIJDST'),
  ],
  [
    'aanvragen',
    { TIJDTM: some('aanvragen', 'TIJDST') },
    ({ TIJDST }) => text(TIJDST) <= some('aanvragen', 'TIJDST'),
  ],
  [
    'aanvragen',
    { PRODURL: some('aanvragen', 'PRODURL') },
    ({ PRODURL }) => PRODURL === some('aanvragen', 'PRODURL'),
  ],
  ['aanvragen', { PRODURL: '*' }, ({ PRODURL, PRODCD }) => PRODURL !== undefined || PRODCD !== undefined],
  ['aanvragen', { PRODCD: 'P-007' }, ({ PRODCD }) => PRODCD === 'P-007'],
  ['aanvragen', { DOC: '*' }, ({ NOTITIE }) => /^DOC /m.test(text(NOTITIE))],

  ['betrokkenen', { BTRNR: '950001,950080' }, ({ BTRNR }) => BTRNR === 950001 || BTRNR === 950080],
  ['betrokkenen', { AANVNR: '900001,900003' }, ({ AANVNR }) => AANVNR === 900001 || AANVNR === 900003],
  [
    'betrokkenen',
    { RELNR: some('betrokkenen', 'RELNR') },
    ({ RELNR }) => text(RELNR) === some('betrokkenen', 'RELNR'),
  ],
  [
    'betrokkenen',
    { RELURL: some('betrokkenen', 'RELURL') },
    ({ RELURL }) => RELURL === some('betrokkenen', 'RELURL'),
  ],
  ['betrokkenen', { ROL: 'M' }, ({ ROL }) => ROL === 'M'],

  ['koppelingen', { KOPNR: '970002,970004' }, ({ KOPNR }) => KOPNR === 970002 || KOPNR === 970004],
  ['koppelingen', { AANVNR: '900001,900004' }, ({ AANVNR }) => AANVNR === 900001 || AANVNR === 900004],
  [
    'koppelingen',
    { ACTNR: some('koppelingen', 'ACTNR') },
    ({ ACTNR }) => text(ACTNR) === some('koppelingen', 'ACTNR'),
  ],
  [
    'koppelingen',
    { ACTURL: some('koppelingen', 'ACTURL') },
    ({ ACTURL }) => ACTURL === some('koppelingen', 'ACTURL'),
  ],
];

describe('demo CRM: searching the other tables', () => {
  const crm = runningCrm();
  before(() => crm.control('POST', '/instellingen', { grootte: 1000 }));
  const found = async (name: Name, query: Record<string, string>) => {
    const table = tableOf(crm, name);
    const answer = await table.list({ AANTAL: '1000', ...query });
    expect(answer.body.TOTAAL).to.equal(table.keysOn(answer).length);
    return table.keysOn(answer);
  };

  for (const [name, query, matches] of searches) {
    it(`finds in ${name}: ${new URLSearchParams(query).toString()}`, async () => {
      const { key } = tableOf(crm, name);
      const expected = seeds[name].filter(matches).map((row) => row[key]);
      expect(expected.length).to.be.within(1, seeds[name].length - 1);
      expect(await found(name, query)).to.deep.equal(expected);
    });
  }

  for (const [name, query] of [
    ['activiteiten', { ACTNR: 'x' }],
    ['activiteiten', { ACTNR: ',' }],
    ['activiteiten', { ACTNR: '0500001' }],
    ['activiteiten', { VORIGNR: '*' }],
    ['activiteiten', { INIT: 'k' }],
    ['activiteiten', { KAN: 'tele' }],
    ['activiteiten', { HOOFDURL: 'https://klanten.elders.example' }],
    ['activiteiten', { TIJDVAN: '2030' }],
    ['activiteiten', { TIJDTM: '2020' }],
    ['deelnemers', { ROL: 'g' }],
    ['aanvragen', { KENM: 'VERZOEK-2023-' }],
    ['aanvragen', { KENM: 'verzoek-*' }],
    ['aanvragen', { STAT: '3' }],
    ['aanvragen', { PRODCD: '*' }],
    ['onderwerpen', { CODE: 'AFV,BEL' }],
  ] as const) {
    it(`finds nothing in ${name}: ${new URLSearchParams(query).toString()}`, async () => {
      expect(await found(name, query)).to.deep.equal([]);
    });
  }

  it('finds a request by the url of a document, when that has a line of its own', async () => {
    const one = 'https://documenten.example/een';
    const NOTITIE = `Vooraf\r\nDOC ${one}\r\nDOC https://documenten.example/twee\nZie DOC https://documenten.example/geen`;
    const number = await tableOf(crm, 'aanvragen').created({ NOTITIE });
    const without = await tableOf(crm, 'aanvragen').created({
      NOTITIE: 'Zie DOC https://documenten.example/geen',
    });
    expect(await found('aanvragen', { DOC: one })).to.deep.equal([number]);
    expect(await found('aanvragen', { DOC: 'https://documenten.example/twee' })).to.deep.equal([number]);
    expect(await found('aanvragen', { DOC: 'https://documenten.example/geen' })).to.deep.equal([]);
    expect(await found('aanvragen', { DOC: 'https://documenten.example' })).to.deep.equal([]);
    expect(await found('aanvragen', { DOC: '*' }))
      .to.include(number)
      .and.not.include(without);
  });

  it('finds nobody by a time or a reference that is not filled', async () => {
    const activities = tableOf(crm, 'activiteiten');
    const number = await activities.created({ TEKST: 'Leeg' });
    for (const query of [{ TIJDVAN: '0' }, { TIJDTM: '9' }, { HOOFDREL: '*' }]) {
      expect(await found('activiteiten', query)).not.to.include(number);
    }
    const request = await tableOf(crm, 'aanvragen').created({ TEKST: 'Leeg' });
    expect(await found('aanvragen', { KENM: '*' })).not.to.include(request);
    expect(await found('aanvragen', { PRODURL: '*' })).not.to.include(request);
  });

  it('counts all that was found, whatever the page', async () => {
    const { body } = await tableOf(crm, 'aanvragen').list({ STAT: '30', AANTAL: '2', VANAF: '1' });
    const done = seeds.aanvragen.filter(({ STAT }) => STAT === '30');
    expect(body).to.include({ TOTAAL: done.length, VANAF: 1, AANTAL: 2 });
    expect(body.AANVRAGEN).to.have.length(2);
    expect((body.AANVRAGEN as readonly Row[])[0]?.AANVNR).to.equal(done[1]?.AANVNR);
  });
});

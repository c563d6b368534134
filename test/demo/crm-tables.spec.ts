import { expect } from 'chai';
import { runningCrm } from './crm.ts';
import type { Columns } from './crm.ts';
import { tableOf } from './crm-tables.ts';
import type { Name } from './crm-tables.ts';

/** Per table: the number after the seed, all columns filled, and a change of one of them. */
const tables: Readonly<Record<Exclude<Name, 'onderwerpen'>, readonly [number, Columns, Columns]>> = {
  activiteiten: [
    500_301,
    {
      BRON: '123456782',
      TIJDST: '2024-03-01-13.45.10.123456',
      KAN: 'telefoon',
      VKAN: 'e-mail',
      TEKST: "O'Brien\nbelt \u{1F600}",
      INIT: 'K',
      MDWURL: 'https://medewerkers.gemeente.example/1',
      MDWID: 'M1',
      MDWNM: 'Dijk',
      MDWVL: 'A.',
      MDWVV: 'van',
      VORIGNR: 500_010,
      HOOFDREL: 100_023,
      HOOFDURL: 'https://klanten.elders.example/1',
      ONDCD: 'AFV;WMO',
      ONDURL: 'https://a.example\nhttps://b.example',
    },
    { TEKST: 'Anders' },
  ],
  deelnemers: [
    700_201,
    { ACTNR: 500_004, RELNR: 100_005, RELURL: 'https://klanten.elders.example/2', ROL: 'G' },
    { ROL: 'B' },
  ],
  aanvragen: [
    900_151,
    {
      KENM: 'VERZOEK-2024-1',
      BRON: '123456782',
      EXTKENM: 'X1',
      TIJDST: '2024-02-29-00.00.00.000000',
      VKAN: 'balie',
      TEKST: 'Graag een container',
      STAT: '10',
      INTRNR: 900_003,
      AANVNRVAN: 900_004,
      PRODURL: 'https://producten.gemeente.example/container',
      PRODCD: 'P-1',
      HOOFDREL: 100_030,
      HOOFDURL: 'https://klanten.elders.example/3',
      HOOFDMACHT: 'G',
      NOTITIE: 'Tekst\nDOC https://documenten.example/1',
    },
    { STAT: '20' },
  ],
  betrokkenen: [
    950_081,
    { AANVNR: 900_010, RELNR: 100_005, RELURL: 'https://klanten.elders.example/4', ROL: 'I', MACHT: 'M' },
    { MACHT: 'G' },
  ],
  koppelingen: [
    970_061,
    { AANVNR: 900_010, ACTNR: 500_020, ACTURL: 'https://contactmomenten.elders.example/5' },
    { ACTNR: 500_021 },
  ],
};

for (const [name, [number, columns, change]] of Object.entries(tables) as [
  Exclude<Name, 'onderwerpen'>,
  (typeof tables)['aanvragen'],
][]) {
  describe(`demo CRM: the table ${name}`, () => {
    const crm = runningCrm();
    const table = tableOf(crm, name);

    it('stores a new record under the next number, and answers nothing but that', async () => {
      const { status, body } = await table.post({ ...columns, [table.key]: 5, MUTNR: 9, KLEUR: 'rood' });
      expect(status).to.equal(200);
      expect(body).to.deep.equal({ STATUS: 'OK', [table.key]: number });
    });

    it('shows a record with all its columns, numbers as integers and the rest as text', async () => {
      expect(await table.record(number)).to.deep.equal({ [table.key]: number, MUTNR: 1, ...columns });
    });

    it('shows only the columns of VELDEN', async () => {
      const { STATUS, ...rest } = await table.read(number, `?VELDEN=mutnr,${table.key},BESTAATNIET`);
      expect(STATUS).to.equal('OK');
      expect(Object.values(rest)).to.deep.equal([{ [table.key]: number, MUTNR: 1 }]);
    });

    it('changes only the columns that were sent, and counts the changes', async () => {
      const { status, body } = await table.put(number, { ...change, MUTNR: 70, [table.key]: 7 });
      expect(status).to.equal(200);
      expect(body).to.deep.equal({ STATUS: 'OK', MUTNR: 2 });
      const expected = { [table.key]: number, MUTNR: 2, ...columns, ...change };
      expect(await table.record(number)).to.deep.equal(expected);
    });

    it('empties columns with "" and null, and shows them as "", null or nothing', async () => {
      const needed = ['deelnemers', 'betrokkenen', 'koppelingen'].includes(name) ? 1 : 0;
      const names = Object.keys(columns).slice(needed);
      const emptied = names.map((column, turn) => [column, turn % 2 === 0 ? '' : null]);
      expect((await table.put(number, Object.fromEntries(emptied) as Columns)).body.MUTNR).to.equal(3);
      const record = await table.record(number);
      const shown = names.map((column) => record[column]);
      expect(shown.filter(Boolean)).to.deep.equal([]);
      if (names.length > 2) expect([...new Set(shown)]).to.have.members(['', null, undefined]);
      expect(await table.record(number)).to.deep.equal(record);
    });

    it('takes digits for a number, and silently drops what is none', async () => {
      const needed = Object.entries(columns).find(([, value]) => typeof value === 'number');
      const [column = '', value] = needed ?? [];
      const digits = await table.created({ ...columns, [column]: String(value) });
      await table.put(digits, { [column]: 'tien' });
      await table.put(digits, { [column]: { a: 1 } });
      expect((await table.record(digits))[column]).to.equal(value);
    });

    it('removes a record', async () => {
      expect((await table.remove(number)).body).to.deep.equal({ STATUS: 'OK' });
      expect((await table.read(number)).FOUT?.CODE).to.equal('REL404');
    });

    it('answers 200 with REL404 to reading, changing or removing what is not there', async () => {
      for (const [method, body] of [['GET'], ['PUT', {}], ['DELETE']] as const) {
        for (const key of [number, '12', `0${number + 1}`, 'abc', '']) {
          const answer = await table.send(method, `/${key}`, body);
          expect(answer.status).to.equal(200);
          expect(answer.body.FOUT?.CODE).to.equal('REL404');
          expect(answer.body.FOUT?.TEKST).to.equal(`${table.title} ${key} niet gevonden`);
        }
      }
    });

    it('refuses a body without its record', async () => {
      const one = await table.created(columns);
      for (const body of ['{', '{}', '[]', '', { RELATIE: columns }]) {
        for (const [method, rest] of [
          ['POST', ''],
          ['PUT', `/${one}`],
        ] as const) {
          const answer = await table.send(method, rest, body);
          expect(answer.status).to.equal(400);
          expect(answer.body.FOUT?.CODE).to.equal('VLD000');
        }
      }
    });

    it('keeps everything when it stops and starts, and never gives a number out twice', async () => {
      const kept = await table.created(columns);
      const removed = await table.created(columns);
      await table.put(kept, change);
      await table.remove(removed);
      const total = (await table.list()).body.TOTAAL;
      await crm.close();
      await crm.start();
      expect(await table.record(kept)).to.deep.include({ [table.key]: kept, ...columns, ...change });
      expect((await table.list()).body.TOTAAL).to.equal(total);
      expect(await table.created(columns)).to.equal(removed + 1);
    });

    it('gives each of many new records at the same time its own number, and counts every change', async () => {
      const numbers = await Promise.all(Array.from({ length: 8 }, () => table.created(columns)));
      expect(new Set(numbers).size).to.equal(8);
      const answers = await Promise.all(Array.from({ length: 8 }, () => table.put(numbers[0], change)));
      expect(answers.map(({ body }) => body.MUTNR)).to.have.members([2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('gives pages in the order of the numbers, and silently no more than 50', async () => {
      const { body } = await table.list();
      expect(body).to.include({ STATUS: 'OK', VANAF: 0, AANTAL: 25 });
      expect(body[table.many]).to.have.length(25);
      expect((await table.list({ AANTAL: '500' })).body.AANTAL).to.equal(50);
      const starts = Array.from({ length: Math.ceil((body.TOTAAL ?? 0) / 50) }, (_, turn) => turn * 50);
      const pages = await Promise.all(starts.map((start) => table.list({ VANAF: `${start}`, AANTAL: '50' })));
      const keys = pages.flatMap((page) => table.keysOn(page) as number[]);
      expect(keys).to.have.length(body.TOTAAL ?? 0);
      expect(keys).to.deep.equal([...new Set(keys)].sort((one, other) => one - other));
      expect((await table.list({ VANAF: 'x' })).body.FOUT?.CODE).to.equal('VLD002');
    });

    it('ignores parameters that it does not know, and empty ones', async () => {
      const total = (await table.list()).body.TOTAAL;
      const query = Object.fromEntries(Object.keys(columns).map((column) => [column, '']));
      expect((await table.list({ ...query, BESTAATNIET: 'x', [table.key]: '' })).body.TOTAAL).to.equal(total);
    });

    it('has no other functions', async () => {
      expect((await table.send('PATCH', '')).status).to.equal(405);
      expect((await table.send('PUT', '')).body.FOUT?.CODE).to.equal('SYS405');
      expect((await table.send('POST', `/${number + 1}`)).status).to.equal(405);
      expect((await table.send('GET', 'x')).body.FOUT?.CODE).to.equal('SYS404');
    });
  });
}

describe('demo CRM: the table onderwerpen', () => {
  const crm = runningCrm();
  const table = tableOf(crm, 'onderwerpen');
  const waste = {
    CODE: 'AFV',
    MUTNR: 1,
    OMS: 'Afval en grondstoffen',
    URL: 'https://onderwerpen.gemeente.example/afval',
  };

  it('is a list of twelve, ordered by code', async () => {
    const answer = await table.list();
    expect(answer.body).to.include({ STATUS: 'OK', TOTAAL: 12, AANTAL: 12 });
    expect(table.keysOn(answer)[0]).to.equal('AFV');
    expect(table.keysOn(answer)).to.deep.equal([...table.keysOn(answer)].sort());
  });

  it('has one record of each code', async () => {
    expect(await table.record('AFV')).to.deep.equal(waste);
    expect(table.keysOn(await table.list({ CODE: 'AFV' }))).to.deep.equal(['AFV']);
    expect((await table.read('afv')).FOUT?.CODE).to.equal('REL404');
    expect(await table.read('AFV', '?VELDEN=URL')).to.deep.equal({
      STATUS: 'OK',
      ONDERWERP: { URL: waste.URL },
    });
  });

  it('cannot be written in', async () => {
    for (const answer of [
      await table.post({ CODE: 'NEW' }),
      await table.put('AFV', { OMS: 'x' }),
      await table.remove('AFV'),
    ]) {
      expect(answer.status).to.equal(405);
      expect(answer.body.FOUT?.CODE).to.equal('SYS405');
    }
    expect(await table.record('AFV')).to.deep.equal(waste);
  });
});

describe('demo CRM: what holds for all tables', () => {
  const crm = runningCrm();
  const activities = tableOf(crm, 'activiteiten');

  it('wants the key', async () => {
    for (const rest of ['', '/500001']) {
      const { status, body } = await activities.send('GET', rest, undefined, { 'X-API-SLEUTEL': 'x' });
      expect(status).to.equal(401);
      expect(body.FOUT?.CODE).to.equal('AUT001');
    }
  });

  it('gives an ETag after that is switched on', async () => {
    expect((await activities.send('GET', '/500001')).headers.has('ETag')).to.be.false;
    await crm.control('POST', '/instellingen', { etag: true });
    const etag = (await activities.send('GET', '/500001')).headers.get('ETag') ?? '';
    expect((await activities.send('GET', '/500001', undefined, { 'If-None-Match': etag })).status).to.equal(
      304,
    );
    await activities.put(500_001, { TEKST: 'x' });
    expect((await activities.send('GET', '/500001', undefined, { 'If-None-Match': etag })).status).to.equal(
      200,
    );
  });

  it('counts the calls per table', async () => {
    await crm.control('DELETE', '/tellers');
    await activities.list();
    await activities.read(500_001);
    await activities.read(500_002);
    await tableOf(crm, 'onderwerpen').read('AFV');
    await activities.send('GET', 'x');
    expect((await crm.control('GET', '/tellers')).body.perPad).to.deep.equal({
      'GET /relbeheer/activiteiten': 1,
      'GET /relbeheer/activiteiten/:nr': 2,
      'GET /relbeheer/onderwerpen/:nr': 1,
      'GET /relbeheer/*': 1,
    });
  });

  it('fails where a fault says so', async () => {
    await crm.control('POST', '/storing', { soort: 'fout', pad: '/relbeheer/aanvragen' });
    expect((await activities.list()).status).to.equal(200);
    expect((await tableOf(crm, 'aanvragen').list()).status).to.equal(500);
    await crm.control('DELETE', '/storing');
  });
});

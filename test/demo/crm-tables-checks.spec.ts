import { expect } from 'chai';
import { runningCrm } from './crm.ts';
import type { Columns } from './crm.ts';
import { tableOf } from './crm-tables.ts';
import type { Name } from './crm-tables.ts';

describe('demo CRM: what the other tables refuse', () => {
  const crm = runningCrm();

  /** Both a new record and a change of one that is there. */
  const refusals = async (name: Name, number: number, needed: Columns, columns: Columns) => {
    const table = tableOf(crm, name);
    const answers = [await table.post({ ...needed, ...columns }), await table.put(number, columns)];
    return answers.map(({ status, body }) => `${status} ${body.FOUT?.CODE ?? ''}`);
  };

  for (const [name, number, needed, column, code, wrong] of [
    ['activiteiten', 500_010, {}, 'INIT', 'VLD006', ['X', 'g', 'GK']],
    ['deelnemers', 700_001, { ACTNR: 500_001 }, 'ROL', 'VLD007', ['I', 'b']],
    ['betrokkenen', 950_001, { AANVNR: 900_001 }, 'ROL', 'VLD007', ['G', 'mede_initiator']],
    ['aanvragen', 900_010, {}, 'STAT', 'VLD008', ['11', '60', '1', 10.5]],
    ['aanvragen', 900_010, {}, 'HOOFDMACHT', 'VLD009', ['X', 'g']],
    ['betrokkenen', 950_001, { AANVNR: 900_001 }, 'MACHT', 'VLD009', ['X', 'B']],
    ['activiteiten', 500_010, {}, 'ONDCD', 'VLD010', ['XXX', 'AFV;XXX', 'afv', 'AFV,BEL']],
    ['deelnemers', 700_001, { ACTNR: 500_001 }, 'ACTNR', 'VLD005', ['', null, 500_999, 900_001]],
    ['betrokkenen', 950_001, { AANVNR: 900_001 }, 'AANVNR', 'VLD005', ['', null, 900_999]],
    ['koppelingen', 970_001, { AANVNR: 900_001 }, 'AANVNR', 'VLD005', ['', null, 500_001]],
  ] as const) {
    it(`${code} ${name}.${column}: ${wrong.map((value) => JSON.stringify(value)).join(', ')}`, async () => {
      const before = await tableOf(crm, name).record(number);
      const total = (await tableOf(crm, name).list()).body.TOTAAL;
      for (const value of wrong) {
        const expected = [`400 ${code}`, `400 ${code}`];
        expect(await refusals(name, number, needed, { [column]: value }), String(value)).to.deep.equal(
          expected,
        );
      }
      expect(await tableOf(crm, name).record(number)).to.deep.equal(before);
      expect((await tableOf(crm, name).list()).body.TOTAAL).to.equal(total);
    });
  }

  for (const [name, needed, column, right] of [
    ['activiteiten', {}, 'INIT', ['G', 'K', '']],
    ['deelnemers', { ACTNR: 500_001 }, 'ROL', ['B', 'G']],
    ['betrokkenen', { AANVNR: 900_001 }, 'ROL', ['B', 'I', 'M', '']],
    ['betrokkenen', { AANVNR: 900_001 }, 'MACHT', ['G', 'M', '']],
    ['aanvragen', {}, 'STAT', ['10', '20', '30', '40', '50']],
    ['aanvragen', {}, 'HOOFDMACHT', ['G', 'M', '']],
    ['activiteiten', {}, 'ONDCD', ['AFV', 'AFV;WMO;BEL', 'AFV; BEL;', '']],
  ] as const) {
    it(`takes in ${name}.${column}: ${right.join(', ')}`, async () => {
      const table = tableOf(crm, name);
      for (const value of right) {
        const number = await table.created({ ...needed, [column]: value });
        expect((await table.record(number))[column] ?? '').to.equal(value);
      }
    });
  }

  for (const name of ['activiteiten', 'aanvragen'] as const) {
    for (const wrong of [
      '2024-03-01T13:45:10.123456',
      '2024-03-01 13:45:10.123456',
      '2024-03-01-13.45.10.12345',
      '2024-03-01-13.45.10.1234567',
      '2024-03-01-13.45.10',
      '2024-03-01',
      '2024-02-30-13.45.10.123456',
      '2023-02-29-13.45.10.123456',
      '2024-13-01-13.45.10.123456',
      '2024-03-01-24.00.00.000000',
      '2024-03-01-13.60.10.123456',
      '2024-03-01-13.45.10.123456Z',
      'gisteren',
    ]) {
      it(`VLD004 ${name}.TIJDST: ${wrong}`, async () => {
        const number = name === 'activiteiten' ? 500_010 : 900_010;
        expect(await refusals(name, number, {}, { TIJDST: wrong })).to.deep.equal([
          '400 VLD004',
          '400 VLD004',
        ]);
      });
    }

    it(`takes a DB2 timestamp in ${name}.TIJDST, and gives it back whole`, async () => {
      const table = tableOf(crm, name);
      for (const right of ['2024-02-29-23.59.59.999999', '2024-03-01-00.00.00.000000']) {
        expect((await table.record(await table.created({ TIJDST: right }))).TIJDST).to.equal(right);
      }
    });
  }

  it('quotes the particulars in what it says', async () => {
    const { body } = await tableOf(crm, 'activiteiten').put(500_003, { INIT: 'X' });
    expect(body.FOUT?.TEKST).to.match(/^Activiteit 500003 \(.*O'Brien.*"X"$/s);
    const involved = await tableOf(crm, 'betrokkenen').post({ AANVNR: 5, RELNR: 100_001 });
    expect(involved.body.FOUT?.TEKST).to.equal(
      'Betrokkene (nieuw) (RELNR 100001) verwijst in AANVNR naar "5", dat niet in aanvragen staat',
    );
    const nobody = await tableOf(crm, 'koppelingen').post({});
    expect(nobody.body.FOUT?.TEKST).to.equal(
      'Koppeling (nieuw) (?) verwijst in AANVNR naar "", dat niet in aanvragen staat',
    );
  });

  it('checks no other reference, and nothing for uniqueness', async () => {
    const gone = { VORIGNR: 1, HOOFDREL: 2 };
    expect(await tableOf(crm, 'activiteiten').created(gone)).to.be.a('number');
    expect(await tableOf(crm, 'aanvragen').created({ INTRNR: 1, AANVNRVAN: 2, HOOFDREL: 3 })).to.be.a(
      'number',
    );
    const participant = { ACTNR: 500_001, RELNR: 3, ROL: 'B' };
    const participants = tableOf(crm, 'deelnemers');
    expect(await participants.created(participant)).to.be.below(await participants.created(participant));
    expect(await tableOf(crm, 'koppelingen').created({ AANVNR: 900_001, ACTNR: 1 })).to.be.a('number');
    const same = { KENM: 'VERZOEK-DUBBEL', BRON: '123456782' };
    const requests = tableOf(crm, 'aanvragen');
    expect(await requests.created(same)).to.be.below(await requests.created(same));
  });
});

describe('demo CRM: what goes with a record', () => {
  const crm = runningCrm();
  const table = (name: Name) => tableOf(crm, name);
  const totals = async () => {
    const names = ['activiteiten', 'deelnemers', 'aanvragen', 'betrokkenen', 'koppelingen'] as const;
    return Object.fromEntries(
      await Promise.all(
        names.map(async (name) => [name, (await table(name).list()).body.TOTAAL ?? 0] as const),
      ),
    ) as Record<Name, number>;
  };

  it('removes its own participants with an activity, and not its links', async () => {
    const ACTNR = await table('activiteiten').created({ TEKST: 'Weg' });
    const next = await table('activiteiten').created({ VORIGNR: ACTNR });
    const own = [1, 2].map(() => table('deelnemers').created({ ACTNR, RELNR: 100_001 }));
    const other = await table('deelnemers').created({ ACTNR: next, RELNR: 100_001 });
    const link = await table('koppelingen').created({ AANVNR: 900_001, ACTNR });
    const numbers = await Promise.all(own);
    const before = await totals();
    expect((await table('activiteiten').remove(ACTNR)).body).to.deep.equal({ STATUS: 'OK' });
    expect(await totals()).to.deep.equal({
      ...before,
      activiteiten: before.activiteiten - 1,
      deelnemers: before.deelnemers - 2,
    });
    for (const number of numbers)
      expect((await table('deelnemers').read(number)).FOUT?.CODE).to.equal('REL404');
    expect(await table('deelnemers').record(other)).to.include({ ACTNR: next });
    expect(await table('koppelingen').record(link)).to.include({ ACTNR });
    expect(await table('activiteiten').record(next)).to.include({ VORIGNR: ACTNR });
  });

  it('removes its own people and links with a request', async () => {
    const AANVNR = await table('aanvragen').created({ TEKST: 'Weg' });
    const next = await table('aanvragen').created({ INTRNR: AANVNR });
    const person = await table('betrokkenen').created({ AANVNR, RELNR: 100_001 });
    const link = await table('koppelingen').created({ AANVNR, ACTNR: 500_001 });
    await table('koppelingen').created({ AANVNR: next, ACTNR: 500_001 });
    const before = await totals();
    await table('aanvragen').remove(AANVNR);
    const after = { aanvragen: before.aanvragen - 1, betrokkenen: before.betrokkenen - 1 };
    expect(await totals()).to.deep.equal({ ...before, ...after, koppelingen: before.koppelingen - 1 });
    expect((await table('betrokkenen').read(person)).FOUT?.CODE).to.equal('REL404');
    expect((await table('koppelingen').read(link)).FOUT?.CODE).to.equal('REL404');
    await crm.close();
    await crm.start();
    expect(await totals()).to.deep.equal({ ...before, ...after, koppelingen: before.koppelingen - 1 });
  });

  it('removes nothing else with a relation', async () => {
    const activity = await table('activiteiten').created({ HOOFDREL: 100_050 });
    const participant = await table('deelnemers').created({ ACTNR: activity, RELNR: 100_050 });
    const before = await totals();
    expect((await crm.call('DELETE', '/relbeheer/relaties/100050')).body.STATUS).to.equal('OK');
    expect(await totals()).to.deep.equal(before);
    expect(await table('deelnemers').record(participant)).to.include({ RELNR: 100_050 });
  });

  it('removes nothing with a participant, a further person or a link', async () => {
    const before = await totals();
    await table('deelnemers').remove(700_001);
    await table('betrokkenen').remove(950_001);
    await table('koppelingen').remove(970_001);
    const one = { deelnemers: before.deelnemers - 1, betrokkenen: before.betrokkenen - 1 };
    expect(await totals()).to.deep.equal({ ...before, ...one, koppelingen: before.koppelingen - 1 });
  });

  it('leaves no participant behind that arrives at the same time', async () => {
    const ACTNR = await table('activiteiten').created({});
    const posts = Array.from({ length: 6 }, () => table('deelnemers').post({ ACTNR, RELNR: 100_002 }));
    await Promise.all([...posts.slice(0, 3), table('activiteiten').remove(ACTNR), ...posts.slice(3)]);
    expect((await table('deelnemers').list({ ACTNR: String(ACTNR) })).body.TOTAAL).to.equal(0);
  });
});

import { expect } from 'chai';
import { awkward, seedRelations } from '../../src/demo/crm/seed.ts';
import type { Relation } from '../../src/demo/crm/seed.ts';
import { numbersOf, runningCrm } from './crm.ts';

const seed = seedRelations();

function seeded(number: number): Relation {
  const relation = seed[number - 100_001];
  if (relation === undefined) throw new Error(`No record ${number} in the seed`);
  return relation;
}

function numbersWhere(matches: (relation: Relation) => boolean): number[] {
  return seed.filter(matches).map((relation) => relation.RELNR);
}

describe('demo CRM: searching', () => {
  const crm = runningCrm();
  const search = (query: Record<string, string>) =>
    crm.call('GET', `/relbeheer/relaties?${new URLSearchParams(query).toString()}`);
  before(() => crm.control('POST', '/instellingen', { grootte: 1000 }));
  const found = async (query: Record<string, string>) =>
    numbersOf(await search({ AANTAL: '1000', ...query }));

  it('finds surnames by their beginning, whatever their case and diacritics', async () => {
    const expected = numbersWhere(({ ANAAM }) => /^m[uü]ll/i.test(ANAAM ?? ''));
    expect(expected).to.include.members([awkward.withoutDiacritic, awkward.withDiacritic]);
    expect(await found({ ANAAM: 'MULL' })).to.deep.equal(expected);
    expect(await found({ ANAAM: 'müll' })).to.deep.equal(expected);
  });

  it('finds names that only differ in case together', async () => {
    expect(await found({ ANAAM: 'Vries' })).to.include.members([
      awkward.lowerCaseSurname,
      awkward.capitalPrefix,
      awkward.ordinaryPrefix,
    ]);
  });

  it('does not find surnames by a later part', async () => {
    expect(await found({ ANAAM: "'Brien" })).to.deep.equal([]);
    expect(await found({ ANAAM: "o'b" })).to.deep.equal([awkward.apostrophe]);
  });

  it('takes letters apart that Unicode does not', async () => {
    const expected = numbersWhere(({ ANAAM }) => ANAAM === 'Yılmaz');
    expect(expected).not.to.be.empty;
    expect(await found({ ANAAM: 'yilmaz' })).to.deep.equal(expected);
  });

  it('finds the other names by their beginning', async () => {
    expect(await found({ NAAM: 'bloemen & zo "de' })).to.deep.equal([awkward.emoji]);
    const cafes = numbersWhere(({ NAAM }) => NAAM?.startsWith('Café') ?? false);
    expect(cafes).not.to.be.empty;
    expect(await found({ NAAM: 'cafe' })).to.deep.equal(cafes);
  });

  it('takes ZOEKNR for a customer number in any case, or for a RELNR', async () => {
    expect(await found({ ZOEKNR: 'k0000101' })).to.deep.equal([100_001]);
    expect(await found({ ZOEKNR: '100007' })).to.deep.equal([awkward.withoutCustomerNumber]);
    expect(await found({ ZOEKNR: 'K00001' })).to.deep.equal([]);
  });

  it('compares e-mail addresses whole and in any case', async () => {
    const email = seeded(awkward.withDiacritic).EMAIL ?? '';
    expect(await found({ EMAIL: email.toUpperCase() })).to.deep.equal([awkward.withDiacritic]);
    expect(await found({ EMAIL: email.slice(0, -1) })).to.deep.equal([]);
  });

  it('compares only the digits of telephone numbers', async () => {
    expect(await found({ TEL1: '+310205550123' })).to.deep.equal([awkward.longTelephone]);
    expect(await found({ TEL1: 'geen' })).to.deep.equal([]);
  });

  for (const column of ['BSNR', 'RSIN', 'VESTNR', 'ANR'] as const) {
    it(`finds the one record with a ${column}`, async () => {
      const relation = seed.find((one) => one[column] !== undefined);
      const value = relation?.[column] ?? '';
      expect(await found({ [column]: value })).to.deep.equal([relation?.RELNR]);
      expect(await found({ [column]: value.slice(0, -1) })).to.deep.equal([]);
    });
  }

  it('compares the kind in any case', async () => {
    expect(await found({ SRT: 'f' })).to.deep.equal(numbersWhere(({ SRT }) => SRT === 'F'));
  });

  it('compares postal codes without spaces and in any case', async () => {
    const { PC = '' } = seeded(awkward.oneTradeName);
    const wanted = PC.replace(' ', '').toLowerCase();
    const expected = numbersWhere((one) => one.PC?.replace(' ', '').toLowerCase() === wanted);
    expect(expected).not.to.be.empty;
    expect(await found({ PC: wanted })).to.deep.equal(expected);
    expect(await found({ PC: `${wanted.slice(0, 4)} ${wanted.slice(4)}` })).to.deep.equal(expected);
  });

  it('finds towns and streets by their beginning', async () => {
    expect(await found({ WPL: 'ZUT' })).to.deep.equal(numbersWhere(({ WPL }) => WPL === 'Zutphen'));
    expect(await found({ STR: 'burgem' })).to.deep.equal(
      numbersWhere(({ STR }) => STR?.startsWith('Burgemeester') ?? false),
    );
  });

  it('wants all parameters to match', async () => {
    const both = numbersWhere(({ WPL, SRT }) => WPL === 'Zutphen' && SRT === 'O');
    expect(both).not.to.be.empty;
    expect(await found({ WPL: 'Zutphen', SRT: 'O' })).to.deep.equal(both);
  });

  it('ignores parameters that it does not know, and empty ones', async () => {
    expect((await search({ BESTAATNIET: 'x', ANAAM: '', SRT: '', EMAIL: '' })).body.TOTAAL).to.equal(1000);
  });
});

describe('demo CRM: pages', () => {
  const crm = runningCrm();
  const page = (query: string) => crm.call('GET', `/relbeheer/relaties${query}`);

  it('gives 25 records unless asked for another number', async () => {
    const { body } = await page('');
    expect(body).to.deep.include({ STATUS: 'OK', TOTAAL: 1000, VANAF: 0, AANTAL: 25 });
    expect(body.RELATIES).to.have.length(25);
    expect((await page('?AANTAL=3')).body.RELATIES).to.have.length(3);
    expect((await page('?AANTAL=0')).body.RELATIES).to.have.length(0);
    expect((await page('?AANTAL=veel')).body.RELATIES).to.have.length(25);
  });

  it('silently gives no more than 50', async () => {
    const { status, body } = await page('?AANTAL=500');
    expect(status).to.equal(200);
    expect(body.AANTAL).to.equal(50);
    expect(body.RELATIES).to.have.length(50);
  });

  it('gives another largest page after it was set', async () => {
    await crm.control('POST', '/instellingen', { grootte: 7 });
    expect((await page('?AANTAL=500')).body.RELATIES).to.have.length(7);
    expect((await crm.control('POST', '/instellingen', { grootte: 0 })).status).to.equal(400);
    await crm.control('POST', '/instellingen', { grootte: 50 });
  });

  it('goes through all records in the order of RELNR, each of them once', async () => {
    const starts = Array.from({ length: 20 }, (_, turn) => turn * 50);
    const pages = await Promise.all(starts.map((start) => page(`?VANAF=${start}&AANTAL=50`)));
    expect(pages.flatMap(numbersOf)).to.deep.equal(seed.map((relation) => relation.RELNR));
  });

  it('gives an empty page behind the last record', async () => {
    expect((await page('?VANAF=1000')).body).to.deep.equal({
      STATUS: 'OK',
      TOTAAL: 1000,
      VANAF: 1000,
      AANTAL: 0,
      RELATIES: [],
    });
  });

  for (const start of ['-1', 'x', '1.5', '']) {
    it(`refuses VANAF=${start}`, async () => {
      const { status, body } = await page(`?VANAF=${start}`);
      expect(status).to.equal(400);
      expect(body.FOUT?.CODE).to.equal('VLD002');
    });
  }
});

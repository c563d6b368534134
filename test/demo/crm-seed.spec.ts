import { expect } from 'chai';
import { passesElevenProof } from '../../src/demo/crm/random.ts';
import { textColumns } from '../../src/demo/crm/record.ts';
import { awkward, seedRelations } from '../../src/demo/crm/seed.ts';
import type { Relation } from '../../src/demo/crm/seed.ts';

const seed = seedRelations();

function seeded(name: keyof typeof awkward): Relation {
  const relation = seed.find(({ RELNR }) => RELNR === awkward[name]);
  if (relation === undefined) throw new Error(`No record for ${name}`);
  return relation;
}

function valuesOf(column: keyof Relation): string[] {
  return seed.map((relation) => relation[column]).filter((value) => typeof value === 'string');
}

describe('demo CRM: the seed', () => {
  it('is 1,000 records, numbered from 100001, and the same each time', () => {
    expect(seed.map(({ RELNR }) => RELNR)).to.deep.equal(Array.from({ length: 1000 }, (_, i) => 100_001 + i));
    expect(seedRelations()).to.deep.equal(seed);
  });

  it('has about the expected number of each kind', () => {
    const count = (kind: string) => seed.filter(({ SRT }) => (SRT ?? '') === kind).length;
    expect(count('P')).to.be.within(560, 640);
    expect(count('O')).to.be.within(170, 230);
    expect(count('F')).to.be.within(120, 180);
    expect(count('')).to.be.within(30, 70);
    expect(1000 - valuesOf('KLANTNR').length).to.be.within(15, 45);
  });

  it('has numbers that are never used twice', () => {
    for (const column of ['KLANTNR', 'BSNR', 'RSIN', 'VESTNR', 'ANR', 'VB_ID'] as const) {
      const values = valuesOf(column);
      expect(values, column).not.to.be.empty;
      expect(new Set(values).size, column).to.equal(values.length);
    }
  });

  it('has citizen numbers from the test range that pass the check, but for one', () => {
    for (const number of valuesOf('BSNR')) expect(number).to.match(/^99999\d{4}$/);
    const failing = seed.filter(({ BSNR }) => BSNR !== undefined && !passesElevenProof(BSNR));
    expect(failing.map(({ RELNR }) => RELNR)).to.deep.equal([awkward.invalidBsn]);
    expect(valuesOf('RSIN').every(passesElevenProof)).to.be.true;
  });

  it('checks numbers as the law does', () => {
    expect(passesElevenProof('111222333')).to.be.true;
    expect(passesElevenProof('111222334')).to.be.false;
    expect(passesElevenProof('11122233x')).to.be.false;
    expect(passesElevenProof('1112223333')).to.be.false;
  });

  const shapes: Readonly<Record<string, RegExp>> = {
    KLANTNR: /^K\d{7}$/,
    SRT: /^[POF]$/,
    ACTIEF: /^[JN]$/,
    INVDAT: /^\d\d-\d\d-\d{4}$/,
    GEBDAT: /^\d\d-\d\d-\d{4}$/,
    ANR: /^[1-9]\d{9}$/,
    GESL: /^[012]$/,
    RVORM: /^(0[1-9]|1\d)$/,
    VESTNR: /^\d{12}$/,
    VB_ID: /^\d{16}$/,
    PC: /^[1-9]\d{3} ?[A-Z]{2}$/,
    LND: /^\d{4}$/,
  };
  for (const column of textColumns) {
    const shape = shapes[column];
    if (shape === undefined) continue;
    it(`writes ${column} as ${String(shape)}`, () => {
      const values = valuesOf(column);
      expect(values).not.to.be.empty;
      for (const value of values) expect(value).to.match(shape);
    });
  }

  it('has one invalid e-mail address and one telephone number that is too long', () => {
    const invalid = seed.filter(({ EMAIL }) => EMAIL !== undefined && !/^[a-z0-9.-]+@[a-z.]+$/.test(EMAIL));
    expect(invalid.map(({ RELNR }) => RELNR)).to.deep.equal([awkward.invalidEmail]);
    const long = seed.filter(({ TEL1 }) => (TEL1 ?? '').length > 20);
    expect(long.map(({ RELNR }) => RELNR)).to.deep.equal([awkward.longTelephone]);
    expect(seeded('longTelephone').TEL1).to.have.length(21);
  });

  it('leaves the free columns empty', () => {
    expect([...valuesOf('VRIJ1'), ...valuesOf('VRIJ2'), ...valuesOf('SUBJURL')]).to.be.empty;
  });

  it('has the awkward ones where it says', () => {
    expect(seeded('apostrophe').ANAAM).to.equal("O'Brien");
    expect(seeded('oneLetter').ANAAM).to.have.length(1);
    expect(seeded('namedNull').ANAAM).to.equal('Null');
    expect(seeded('withoutEmail')).not.to.have.property('EMAIL');
    expect(seeded('withoutCustomerNumber')).not.to.have.property('KLANTNR');
    expect(seeded('emoji').NAAM).to.match(/&.*".*\p{Emoji_Presentation}/u);
    expect(seeded('lowerCaseSurname')).to.include({ VVGSL: 'de', ANAAM: 'vries' });
    expect(seeded('capitalPrefix')).to.include({ VVGSL: 'De', ANAAM: 'Vries' });
    expect(seeded('ordinaryPrefix')).to.include({ VVGSL: 'de', ANAAM: 'Vries' });
    expect(seeded('withoutDiacritic').ANAAM).to.equal('Muller');
    expect(seeded('withDiacritic').ANAAM).to.equal('Müller');
    expect(seeded('oneTradeName').HNDNM).to.be.a('string');
    expect(seeded('threeTradeNames').HNDNM).to.be.an('array').with.length(3);
    expect(seeded('noTradeName')).to.include({ SRT: 'F' }).and.not.to.have.property('HNDNM');
    expect(seeded('leadingZeroRsin').RSIN).to.match(/^0/);
    expect(seeded('leadingZeroHouseNumber').HNR).to.equal('007');
    expect(seeded('dirtyHouseNumber').HNR).to.equal('12a');
    expect(seeded('websiteWithoutScheme')).to.include({ SRT: 'O', WEB: 'www.example.nl' });
    expect(seeded('unknownKind')).to.have.property('NAAM');
    expect(seeded('unknownKind')).not.to.have.any.keys('SRT', 'EMAIL', 'ANAAM');
  });
});
